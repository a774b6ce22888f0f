import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import { codecFor } from '../../../platform/text-codec.ts';
import { createMt940Parser, createMt942Parser } from './mt940-parser.ts';
import { sniffFormat } from './sniff-format.ts';
import type { StatedBalance } from './statement-sink.ts';
import { feed, RecordingSink, shortest, sumOf, sumOfUnits } from './testing/recording-sink.ts';

/** Files of the test-suite of wolph/mt940, with facts counted line by line and its own snapshots. */
const folder = new URL('../../../../../shared/data/statements/mt940/', import.meta.url);

interface BalanceFact {
  readonly date: string;
  readonly currency: string;
  readonly amount: string;
}
interface StatementFact {
  readonly ref: string;
  readonly account: string | null;
  readonly number: string | null;
  readonly opening: BalanceFact | null;
  readonly closing: BalanceFact | null;
  readonly transactions: number;
  readonly sum: string;
  readonly opening_plus_sum_equals_closing?: boolean;
}
interface Expected {
  readonly statements?: number;
  readonly transactions?: number;
  readonly sum?: string;
  readonly per_statement?: readonly StatementFact[];
  readonly transactions_in_snapshot?: number;
}

const files = readdirSync(folder).filter(name => !name.endsWith('.json'));
const factsOf = (file: string): readonly Expected[] =>
  (
    JSON.parse(readFileSync(new URL(`${file}.expected.json`, folder), 'utf8')) as { facts: { expected: Expected }[] }
  ).facts.map(each => each.expected);
const bytesOf = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(file, folder)));
const read = (file: string, format: string | null, chunk = 1000): RecordingSink => {
  const sink = new RecordingSink();
  const create = format === 'mt942' ? createMt942Parser : createMt940Parser;
  feed(create({ sink, codecFor }), bytesOf(file), chunk);
  return sink;
};

/** Fields outside any message; the peer makes transactions of unknown account and currency of them. */
const FRAGMENTS = files.filter(file => factsOf(file)[0]?.statements === 0);
/** Not even fields: nothing recognizes them as MT940, and the table reader refuses them. */
const UNRECOGNIZED = ['wolph_self-provided_invalid_statement.sta'];
/** The last of its two fields 25 is a field 86 with a wrong tag: the account is that of the first. */
const BROKEN_ACCOUNT = 'wolph_betterplace_sepa_snippet_broken.sta';
/** Their only entry has the value date 30 February: it is kept, with the value date not known. */
const FEBRUARY_30 = [
  'wolph_self-provided_february_30.sta',
  'wolph_self-provided_transaction_details_wrapped.sta',
  'wolph_self-provided_wrapped_timestamp.sta',
];

const amountOf = (balance: StatedBalance | null): string | null =>
  balance && shortest(formatUnits(balance.amount.units, balance.amount.scale));
const dayOf = (balance: StatedBalance | null): string | null =>
  balance && (isoDate(balance.date)?.replaceAll('-', '').slice(2) ?? null);

describe('real MT940 and MT942 files', () => {
  it('are all there', () => {
    expect(files.length).toBe(54);
    expect(FRAGMENTS.length).toBe(17);
  });

  it.each(files.filter(file => !FRAGMENTS.includes(file)))('%s agrees with the counts of its lines', file => {
    const expected = factsOf(file)[0] ?? expect.fail();
    const sniffed = sniffFormat(bytesOf(file), codecFor).format;
    expect(sniffed).toBe(file.includes('mt942') ? 'mt942' : 'mt940');
    const sink = read(file, sniffed);
    expect(sink.headers.length).toBe(expected.statements);
    expect(sink.transactions.length).toBe(expected.transactions);
    expect(sink.rejected).toEqual([]);
    expect(sumOf(sink.transactions)).toBe(shortest(expected.sum ?? ''));
    expected.per_statement?.forEach((fact, i) => {
      const header = sink.headers[i] ?? expect.fail();
      expect(header.accountId).toBe(file === BROKEN_ACCOUNT ? '50880050/0194787400888' : fact.account);
      expect(header.statementId).toBe(fact.number ?? fact.ref);
      const stated = sink.stated[i] ?? expect.fail();
      for (const side of ['opening', 'closing'] as const) {
        expect(amountOf(stated[side])).toBe(fact[side] && shortest(fact[side].amount));
        expect(dayOf(stated[side])).toBe(fact[side]?.date ?? null);
        if (fact[side]) expect(header.currency).toBe(fact[side].currency);
      }
      const own = sink.transactions.filter(each => each.statement === i);
      expect(own.length).toBe(fact.transactions);
      expect(sumOf(own)).toBe(shortest(fact.sum));
      if (fact.opening_plus_sum_equals_closing !== undefined) {
        const nano = (text: string | null): bigint => BigInt(Math.round(Number(text) * 100)) * 10_000_000n;
        const closes = nano(amountOf(stated.opening)) + sumOfUnits(own) === nano(amountOf(stated.closing));
        expect(closes).toBe(fact.opening_plus_sum_equals_closing);
      }
    });
    const snapshot = factsOf(file)[1]?.transactions_in_snapshot;
    if (snapshot !== undefined) expect(sink.transactions.length).toBe(snapshot);
  });

  it.each(FRAGMENTS)('%s is refused: it holds no message', file => {
    const sniffed = sniffFormat(bytesOf(file), codecFor).format;
    expect(sniffed).toBe(UNRECOGNIZED.includes(file) ? 'csv' : 'mt940');
    expect(() => read(file, 'mt940')).toThrow(expect.objectContaining({ code: 'mt940.no-statement' }));
  });

  it('tells value dates that the calendar does not have', () => {
    for (const file of FEBRUARY_30) {
      const sink = read(file, 'mt940');
      expect(sink.codes).toContain('mt940.value-date');
      expect(sink.transactions.map(each => [isoDate(each.bookingDate), isoDate(each.valueDate)])).toEqual([
        ['2016-03-01', null],
      ]);
    }
  });

  it('reads counterparties, references and texts of the dialects', () => {
    const found = (file: string, at: number): readonly string[] => {
      const { description, counterparty, counterpartyAccount, reference, type } =
        read(file, 'mt940').transactions[at] ?? expect.fail();
      return [counterparty, counterpartyAccount, reference, type, description];
    };
    expect(found('wolph_ASNB_mt940.txt', 0)).toEqual([
      'hr gjlm paulissen',
      'NL47INGB9999999999',
      '',
      'NOVB',
      'Betaling sieraden',
    ]);
    expect(found('wolph_jejik_abnamro.sta', 9)).toEqual([
      'MYCOM DEN HAAG',
      '528939882',
      '',
      'N426',
      '52.89.39.882 MYCOM DEN HAAG',
    ]);
    expect(found('wolph_jejik_knab.sta', 1)).toEqual([
      'PICQER',
      'NL65INGB0123456789',
      'B4G29PGCVO7Q06US',
      'NTRF',
      'FACTUUR 201403110, 201403113',
    ]);
    expect(found('wolph_jejik_rabobank-iban.sta', 1)).toEqual([
      'JOHN DOE',
      'P001234567',
      '',
      'N154',
      'Reference 201301234',
    ]);
    expect(found('wolph_jejik_rabobank.sta', 0).slice(0, 2)).toEqual(['W.P. Jansen', '0121470966']);
    expect(found('wolph_jejik_triodos.sta', 1)).toEqual(['', '0133967858', '', '000', 'HUUR KANTOOR - FEB 2010']);
    expect(found('wolph_jejik_postfinance.sta', 0)[0]).toBe('JANE DOE EXAMPLESTRASSE 10 1234 XXXX');
    expect(found('wolph_mBank_with_newline_in_tnr.sta', 1)).toEqual([
      'AAAAA AAAAAAAAA UL.AAAAAAA AAAAAAAAAAAAA 22 31-000 AAAAAA',
      '00000000000000000000000000',
      'MB170201327968',
      '911 TRANSAKCJA COLLECT',
      'AAAAAA AA AAAAAAAA 911-TRANSAKCJA IPH ref. 179301073844398.000001',
    ]);
    expect(found('wolph_sberbank_171011_01234945.sta', 0).slice(0, 2)).toEqual([
      'ERGO Versicherung AG Fiokte lep',
      '0000004279070017',
    ]);
    expect(found('wolph_betterplace_sepa_snippet.sta', 0)).toEqual([
      'KARL KAUFMANN',
      'DE14508800500194785000',
      '0724710333343453',
      '166 GUTSCHRIFT',
      'Verw CTSc-01 BC-PPP TFNr 22 004 ref. EndToEndId TFNR 22 004 00001',
    ]);
  });

  it('tells where pages do not chain, totals disagree and balances cannot be read', () => {
    const codes = (file: string, format: string): readonly string[] => read(file, format).codes;
    expect(codes('wolph_jejik_abnamro.sta', 'mt940')).toEqual(['mt940.chain']);
    expect(codes('wolph_jejik_postfinance.sta', 'mt940')).toEqual([]);
    expect(codes('wolph_mBank_mt942.sta', 'mt942')).toEqual([]);
    expect(codes('wolph_self-provided_mt942.sta', 'mt942')).toEqual(['control.total']);
    expect(codes('wolph_jejik_ing.sta', 'mt940').slice(0, 2)).toEqual(['control.count', 'control.total']);
    expect(codes('wolph_self-provided_raphaelm.sta', 'mt940')).toContain('mt940.balance');
    expect(codes('wolph_self-provided_gv_codes.sta', 'mt940')).toContain('mt940.no-closing');
  });

  it('gives every entry the place of its lines', () => {
    for (const file of files.filter(each => !FRAGMENTS.includes(each))) {
      const bytes = Buffer.from(bytesOf(file));
      for (const { place } of read(file, 'mt940', 7).transactions)
        expect(bytes.subarray(place.byteOffset, place.byteOffset + 6).toString('latin1')).toMatch(/^:61:\d\d$/);
    }
  });
});
