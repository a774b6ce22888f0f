import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Station } from '../../../engine/engine.fixture.ts';
import { utf8 } from '../../../platform/digest.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import { createCsvParser } from '../../ingestion/domain/csv-parser.ts';
import type { TableMapping } from '../../ingestion/domain/csv-table.ts';
import { analysisColumns, shareColumns } from '../../ingestion/domain/shared-columns.ts';
import { TransactionColumnBuilder } from '../../ingestion/domain/transaction-column-builder.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { partyKey } from '../../standardization/domain/party-key.ts';
import { TEST_CATALOGUE } from '../domain/test-catalogue.ts';
import { DetectionTable } from './detection-table.ts';
import { testFile } from './test-file.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2024, 0, 1);
const day = (offset: number): string => new Date(START + offset * DAY_MS).toISOString().slice(0, 10);

interface Payment {
  readonly date: string;
  readonly description: string;
  readonly amount: string;
}

/** 320 payments of a year: mostly every day, a silence from day 100 to 299, a burst and cash deposits in its last weeks. */
const PAYMENTS: readonly Payment[] = [
  ...Array.from({ length: 100 }, (_, i) => ({
    date: day(i),
    description: `PAYMENT ${i}`,
    amount: `-${20 + ((i * 37) % 180)}.${String(10 + ((i * 7) % 90))}`,
  })),
  ...Array.from({ length: 60 }, (_, i) => ({
    date: day(300 + i),
    description: `ORDER ${i}`,
    amount: `-${35 + ((i * 53) % 240)}.${String(10 + ((i * 11) % 90))}`,
  })),
  ...Array.from({ length: 150 }, (_, i) => ({
    date: day(350),
    description: `BATCH ${i}`,
    amount: `-${40 + ((i * 29) % 170)}.${String(10 + ((i * 13) % 90))}`,
  })),
  ...Array.from({ length: 9 }, (_, i) => ({
    date: day(322 + i),
    description: 'CASH DEPOSIT',
    amount: `${9100 + i * 50}.00`,
  })),
  { date: day(340), description: 'PAYMENT X', amount: '-88000.00' },
];

const csv = (header: string, lineOf: (payment: Payment, i: number) => string): string =>
  `${header}\n${PAYMENTS.map(lineOf).join('\n')}\n`;

const BARE = { date: 'Date', amount: 'Amount', description: 'Description' } as const satisfies TableMapping;
/** The same payments with ever more columns; a case must find in each what the same file as a plain table gives. */
const FILES: readonly { readonly name: string; readonly mapping: TableMapping; readonly text: string }[] = [
  {
    name: 'bare.csv',
    mapping: BARE,
    text: csv('Date,Description,Amount', ({ date, description, amount }) => `${date},${description},${amount}`),
  },
  {
    name: 'payee.csv',
    mapping: { ...BARE, party: 'Payee' },
    text: csv(
      'Date,Description,Payee,Amount',
      ({ date, description, amount }, i) => `${date},${description},PAYEE ${i % 7},${amount}`,
    ),
  },
  {
    name: 'account.csv',
    mapping: { ...BARE, account: 'Account', currency: 'Currency' },
    text: csv(
      'Date,Account,Description,Currency,Amount',
      ({ date, description, amount }, i) => `${date},DE0${1 + (i % 2)},${description},EUR,${amount}`,
    ),
  },
  {
    name: 'full.csv',
    mapping: { ...BARE, account: 'Account', currency: 'Currency', party: 'Payee', reference: 'Reference' },
    text: csv(
      'Date,Account,Description,Payee,Reference,Currency,Amount',
      ({ date, description, amount }, i) =>
        `${date},DE0${1 + (i % 2)},${description},PAYEE ${i % 7},INV-${1000 + i},${i % 9 === 0 ? 'USD' : 'EUR'},${amount}`,
    ),
  },
];

const sourceOf = async (name: string, lines: readonly string[], firstTransactionId: number): Promise<CaseSource> => {
  const builder = new TransactionColumnBuilder();
  const parser = createCsvParser(builder, codecFor, {});
  parser.write(utf8(`${[HEAD, ...lines].join('\n')}\n`));
  await parser.end();
  builder.finish();
  return {
    ordinal: firstTransactionId,
    id: name,
    name,
    sha256: '',
    side: 'bank',
    rejected: 0,
    controlsAgree: null,
    firstTransactionId,
    accounts: builder.statements().map(({ header }) => header.accountId),
    columns: shareColumns(
      firstTransactionId,
      analysisColumns(builder.columns()),
      builder.scale,
      dictionary => builder.values(dictionary),
      partyKey,
      utf8,
    ),
  };
};

const station = new Station();
beforeAll(async () => {
  for (const { name, text } of FILES) writeFileSync(join(station.folder, name), text);
  await station.create();
}, 60_000);
afterAll(() => station.close());

const examined = async (names: readonly string[], title = names.join(' ')) => {
  const caseId = await station.createCase(title);
  await station.import(
    caseId,
    names.map(name => join(station.folder, name)),
  );
  const { tests } = await station.done('examinations.run', { caseId });
  const { findings } = await station.invoke('findings.export', { caseId });
  const reasonsOf = (test: string): string[] =>
    findings.filter(finding => finding.test === test).map(({ severity, reason }) => `${severity}: ${reason}`);
  return { caseId, tests, reasonsOf };
};

describe('a table of a case', () => {
  // Expected is what the same test answers on the same file read as a plain table, whose absent columns are null.
  it.each(FILES)(
    'gives every test what the plain table $name gives it',
    async ({ name, mapping }) => {
      const { tests, reasonsOf } = await examined([name]);
      const path = join(station.folder, name);
      for (const { id } of TEST_CATALOGUE.filter(test => test.side === 'bank')) {
        const run = tests.find(({ test }) => test === id)!;
        const plain = await testFile({
          task: 'test-file',
          path,
          name,
          test: id,
          columns: mapping,
          parameters: run.parameters,
        }).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
        if (typeof plain === 'string') {
          expect(run.notRunCode, `${id}: ${plain}`).toBe('column-missing');
          continue;
        }
        expect({ id, notRun: run.notRun, population: run.population, limits: run.limits }).toEqual({
          id,
          notRun: null,
          population: plain.population,
          limits: plain.limits.map(limit =>
            // A case looks the stored texts of equal records up, and says so.
            limit.startsWith('Equality is judged by')
              ? 'Every group was confirmed on the stored reference, description and value date.'
              : limit,
          ),
        });
        expect(reasonsOf(id).sort(), id).toEqual(
          plain.findings.map(({ severity, reason }) => `${severity}: ${reason}`).sort(),
        );
      }
    },
    120_000,
  );

  // By hand: each file has 320 rows; those of bare.csv state neither account nor currency.
  it('counts the rows of a file that states no account as left out, beside a file that does', async () => {
    const { tests } = await examined(['account.csv', 'bare.csv']);
    const runOf = (id: string) => tests.find(({ test }) => test === id)!;
    for (const id of ['velocity', 'period-end', 'activity-burst', 'dormant-account-reactivated'])
      expect([id, runOf(id).population]).toEqual([
        id,
        { rows: 640, used: 320, excluded: [{ reason: 'account is unknown', count: 320 }] },
      ]);
    // Peers are told apart by currency, and no currency is one more.
    expect(runOf('peer-group-outlier')).toMatchObject({
      population: { rows: 640, used: 640, excluded: [] },
      statistics: { groups: 2 },
    });
    expect(runOf('isolation-forest').population.used).toBe(640);
  }, 120_000);

  it('says what a case lacks before any test is run, and what was examined where neither account nor party is stated', async () => {
    const { caseId, tests } = await examined(['bare.csv'], 'What bare.csv lacks');
    const view = await station.invoke('tests.catalogue', { caseId });
    const missing = Object.fromEntries(view.tests.map(test => [test.id, test.missing]));
    expect(missing['same-same-different']).toEqual(['party', 'reference']);
    expect(missing['fan-out']).toEqual(['account']);
    for (const column of ['account', 'party', 'currency', 'reference', 'value-date'])
      expect([column, view.statedIn.bank[column]]).toEqual([column, []]);
    for (const column of ['amount', 'date', 'description'])
      expect([column, view.statedIn.bank[column]]).toEqual([column, ['bare.csv']]);
    const runOf = (id: string) => tests.find(({ test }) => test === id)!;
    expect(runOf('velocity').population.used).toBe(320);
    expect(runOf('velocity').limits).toContain('No account column: all rows were taken as one account.');
    expect(runOf('dormant-account-reactivated').population).toEqual({
      rows: 320,
      used: 0,
      excluded: [{ reason: 'neither account nor party is stated', count: 320 }],
    });
    expect(runOf('isolation-forest').statistics.features).toBe('log amount, day of the week, day of the month');
    // No account, no movement: the graph is empty, and asking for it is no fault.
    expect(await station.invoke('graphs.search', { caseId })).toMatchObject({ total: 0, movements: 0, nodes: [] });
  }, 120_000);
});

/** 2^53 = 9,007,199,254,740,992: at the nine decimals of the rate, amounts of 9,007,199.26 and more have no exact units. */
const LARGE = Array.from(
  { length: 19 },
  (_, i) => `2024-01-${String(i + 1).padStart(2, '0')},P${1 + (i % 3)},${9_008_200 + i * 1000}.50,EUR`,
);
const RATE = ['2024-01-05,X,0.123456789,XBT', '2024-01-06,X,1.5,XBT'];
const HEAD = 'Date,Payee,Amount,Currency';

describe('amounts of other decimals in one case', () => {
  beforeAll(() => {
    writeFileSync(join(station.folder, 'large.csv'), `${[HEAD, ...LARGE].join('\n')}\n`);
    writeFileSync(join(station.folder, 'rate.csv'), `${[HEAD, ...RATE].join('\n')}\n`);
  });

  // By hand: of 21 amounts, one (0.123456789) has no exact units where the 19 large ones have them.
  it('are none of them called unknown, and one fine amount takes no large ones out of the tests', async () => {
    const { caseId, tests } = await examined(['large.csv', 'rate.csv'], 'Decimals');
    for (const { test, population, notRun } of tests)
      if (notRun === null)
        expect([test, population.excluded.filter(({ reason }) => /amount.* unknown/.test(reason))]).toEqual([test, []]);
    const runOf = (id: string) => tests.find(({ test }) => test === id)!;
    const why = 'amount has more digits than can be computed with exactly beside the others';
    for (const id of ['stratification', 'ageing'])
      expect([id, runOf(id).population]).toEqual([id, { rows: 21, used: 20, excluded: [{ reason: why, count: 1 }] }]);
    expect(runOf('relative-size-factor').population.excluded).toContainEqual({ reason: why, count: 1 });
    expect(runOf('stratification').limits.at(-1)).toBe(
      '1 amount cannot be computed with exactly beside the others at 2 decimals (2^53 units): 0.123456789 XBT. Only digits were tested of them; examine files of such amounts in a case of their own.',
    );
    // An examination tests digits from 10 on: 0.123456789 and 1.5 are below that, and known to be.
    expect(runOf('benford-first').population).toEqual({
      rows: 21,
      used: 19,
      excluded: [{ reason: 'amount is below the minimum', count: 2 }],
    });
    // The list of transactions compares and adds every amount as it stands in its own file.
    const page = (minimum: string) =>
      station.invoke('transactions.page', { caseId, filter: { minimum }, sort: 'amount', descending: true });
    const all = await page('0.123456789');
    expect(all.rows.map(({ amount }) => amount)).toEqual([
      ...LARGE.map(line => line.split(',')[2]!).reverse(),
      '1.50',
      '0.123456789',
    ]);
    // 19 × 9,008,200.50 + 1,000 × (0 + 1 + … + 18) and 1.5 + 0.123456789.
    expect(all.sums).toEqual([
      { currency: 'EUR', credits: '171326809.50', debits: '0.00' },
      { currency: 'XBT', credits: '1.623456789', debits: '0.00' },
    ]);
    expect((await page('0.12345679')).total).toBe(20);
  }, 120_000);

  it('keep their texts at the rows they have when rows before them are left out', async () => {
    const sources = [await sourceOf('large.csv', LARGE, 1), await sourceOf('rate.csv', RATE, 20)];
    const rows = (...without: number[]) =>
      new DetectionTable(sources, { nameOf: party => party, without: Uint32Array.from(without) });
    const whole = rows();
    expect([whole.table.amountScale, whole.table.amountUnits![18], whole.table.amountUnits![20]]).toEqual([
      2, 902_620_050, 150,
    ]);
    expect([...whole.table.offScaleAmounts]).toEqual([[19, '0.123456789']]);
    const fewer = rows(0, 7);
    expect([...fewer.table.offScaleAmounts]).toEqual([[17, '0.123456789']]);
    expect([fewer.table.amountUnits![17], fewer.placeOf(17)]).toEqual([Number.NaN, 'row 2 of rate.csv']);
  });
});
