import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { createNachaParser } from './nacha-parser.ts';
import { sniffFormat } from './sniff-format.ts';
import type { Dialect } from './statement-sink.ts';
import type { RecordingSink } from './testing/recording-sink.ts';
import { hostCodec, readDocument } from './testing/xml-document.ts';

/** Files of moov-io/ach's test data (Apache-2.0). */
const folder = new URL('../../../../../shared/data/payments/ach/', import.meta.url);

interface Facts {
  readonly records: Readonly<Record<string, number>>;
  readonly entries: number;
  readonly batches: number;
  readonly line_lengths: Readonly<Record<string, number>>;
  readonly debit_cents: number;
  readonly credit_cents: number;
  readonly file_control: Readonly<Record<'batches' | 'entries_addenda' | 'debit' | 'credit', string>> | null;
  readonly sec_codes: readonly string[];
}
const factsOf = (file: string): Facts =>
  (
    JSON.parse(readFileSync(new URL(`${file}.expected.json`, folder), 'utf8')) as {
      facts: { how: string; expected: Facts }[];
    }
  ).facts[0]?.expected ?? expect.fail();
const bytesOf = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(file, folder)));
const read = (file: string, size = 113): { sink: RecordingSink; dialect: Dialect } => {
  const { sink, parser } = readDocument(createNachaParser, bytesOf(file), size);
  return { sink, dialect: parser.dialect() };
};
const cents = (sink: RecordingSink, side: 1 | -1): number =>
  sink.transactions.reduce((sum, { amount }) => sum + Math.max(0, side * amount.units), 0);

const files = readdirSync(folder).filter(name => name.endsWith('.ach'));
const refused = 'moov_ppd-debit-fixedLengthInvalid.ach';
const readable = files.filter(name => name !== refused);

/** Facts that the plain reading at the positions of an ordinary entry does not see. */
const CORRECTED: Readonly<Record<string, Partial<Facts>>> = {
  // Automated accounting advices: amounts of 12 digits at 28–39, totals of 20 digits in the controls; 81 is a credit, 82 a debit.
  'moov_adv.ach': {
    debit_cents: 250_000,
    credit_cents: 50_000,
    file_control: { batches: '1', entries_addenda: '2', debit: '250000', credit: '50000' },
  },
  // The transaction codes of returns, 21 and 26, were not counted; the file's own totals are.
  'moov_return-WEB.ach': { debit_cents: 12_354, credit_cents: 4_565 },
  // Five records on one line.
  'moov_ppd-debit-fixedLength.ach': {
    entries: 1,
    batches: 1,
    debit_cents: 10_500,
    sec_codes: ['PPD'],
    file_control: { batches: '1', entries_addenda: '1', debit: '10500', credit: '0' },
  },
};

describe('real ACH files', () => {
  it('are all there', () => {
    expect(files.length).toBe(22);
  });

  it.each(readable)('%s agrees with a reading at the fixed positions', file => {
    const facts = { ...factsOf(file), ...CORRECTED[file] };
    expect(sniffFormat(bytesOf(file), hostCodec).format).toBe('nacha');
    const { sink, dialect } = read(file);
    expect(sink.rejected).toEqual([]);
    expect(sink.transactions.length).toBe(facts.entries);
    expect(sink.headers.length).toBe(facts.batches);
    expect(dialect.entryClasses).toEqual(facts.sec_codes);
    expect(cents(sink, -1)).toBe(facts.debit_cents);
    expect(cents(sink, 1)).toBe(facts.credit_cents);
    const lengths: Record<string, number> = {};
    for (const line of new TextDecoder().decode(bytesOf(file)).split('\n'))
      if (line !== '') lengths[line.length] = (lengths[line.length] ?? 0) + 1;
    expect(lengths).toEqual(facts.line_lengths);
    const addenda = facts.records['7'] ?? 0;
    const control = facts.file_control ?? expect.fail();
    const warned = (part: string): boolean =>
      sink.warnings.some(({ code, message }) => code.startsWith('control.') && message.includes(part));
    expect(warned('batches, there are')).toBe(Number(control.batches) !== facts.batches);
    expect(warned('file control states') && warned('entries and addenda')).toBe(
      Number(control.entries_addenda) !== facts.entries + addenda,
    );
    expect(warned('debit total')).toBe(Number(control.debit) !== facts.debit_cents);
    expect(warned('credit total')).toBe(Number(control.credit) !== facts.credit_cents);
  });

  it.each(files)('%s: bytes in pieces of any size give the same', file => {
    const outcome = (size: number): unknown => {
      try {
        return read(file, size);
      } catch (error) {
        return (error as Error).message;
      }
    };
    const whole = outcome(1 << 20);
    for (const size of [1, 7, 94, 95]) expect(outcome(size)).toEqual(whole);
  });

  it('reports that a file control states five batches where there are four (moov-io/ach must fail on BatchCount)', () => {
    const { sink } = read('moov_20110805A.ach');
    expect(sink.warnings).toEqual([
      { row: 93, code: 'control.count', message: 'The file control states 5 batches, there are 4' },
    ]);
  });

  it('refuses the file whose first record is a character too long', () => {
    expect(sniffFormat(bytesOf(refused), hostCodec).format).toBe('nacha');
    expect(() => read(refused)).toThrow(expect.objectContaining({ code: 'nacha.header' }));
  });

  it('reports the origin that is no number in the file called invalid', () => {
    expect(read('moov_ppd-mixedDebitCredit-invalid.ach').sink.codes).toEqual(['nacha.routing']);
  });

  it('reports the totals of a file of which one batch of 665 is left', () => {
    expect(read('moov_shr-credit.ach').sink.codes).toEqual(['control.count', 'control.hash', 'control.total']);
  });

  it('reads a run-together file, an international entry, a return and a notification of change', () => {
    expect(read('moov_ppd-debit-fixedLength.ach').sink.transactions[0]).toMatchObject({
      place: { row: 3, byteOffset: 188, byteLength: 94 },
      counterparty: 'Bachman Eric',
      counterpartyAccount: '053200019/12345',
      reference: '076401255655291',
    });
    const { sink: international } = read('moov_iat-debit.ach');
    expect(international.transactions[0]).toMatchObject({
      counterparty: 'BEK Enterprises',
      counterpartyAccount: '121042882/123456789',
      currency: 'USD',
      description: 'TRADEPAYMT ANN from BEK Solutions This is an international payment',
      type: 'IAT 27 checking debit',
    });
    expect(read('moov_return-WEB.ach').sink.transactions.map(each => each.type)).toEqual([
      'WEB 26 checking debit, return R01',
      'WEB 21 checking credit, return R03',
    ]);
    const [change] = read('moov_cor-example.ach').sink.transactions;
    expect(change).toMatchObject({
      amount: { units: 0, scale: 2 },
      bookingDate: UNKNOWN_DAY,
      type: 'COR 21 checking credit, notification C01',
    });
    expect(change?.description).toContain('corrected data 1918171614');
  });

  it('takes the effective entry date as stated', () => {
    expect(read('moov_web-debit.ach').sink.transactions.map(each => isoDate(each.bookingDate))).toEqual([
      '2015-03-05',
      '2015-03-05',
      '2015-03-05',
      '2015-03-05',
      '2015-03-16',
      '2015-03-06',
    ]);
  });
});
