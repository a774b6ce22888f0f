import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../../kernel/civil-date.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import { createCodaParser } from './coda-parser.ts';
import { sniffFormat } from './sniff-format.ts';
import { type RecordingSink, shortest, sumOfUnits } from './testing/recording-sink.ts';
import { hostCodec, readDocument } from './testing/xml-document.ts';

/** Samples of wimverstuyf/php-coda-parser (LGPL-3.0), anonymised and shortened by hand: most no longer add up. */
const folder = new URL('../../../../../shared/data/statements/coda/', import.meta.url);

interface Facts {
  readonly asserted: Readonly<Record<string, unknown>>;
  readonly read: {
    readonly lines: number;
    readonly record_21: number;
    readonly amounts_21: readonly string[];
    readonly old_balance: string;
    readonly new_balance: string;
  };
}
const factsOf = (file: string): Facts => {
  const { facts } = JSON.parse(readFileSync(new URL(`${file}.expected.json`, folder), 'utf8')) as {
    facts: { how: string; expected: Record<string, unknown> }[];
  };
  const of = (how: string) => facts.find(each => each.how.startsWith(how))?.expected ?? {};
  return { asserted: of('asserted'), read: of('read by us') as unknown as Facts['read'] };
};
const bytesOf = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(file, folder)));
const read = (file: string, size = 113): RecordingSink => readDocument(createCodaParser, bytesOf(file), size).sink;
const amount = (value: { readonly units: number; readonly scale: number } | undefined): string | null =>
  value === undefined ? null : shortest(formatUnits(value.units, value.scale));

const files = readdirSync(folder).filter(name => name.endsWith('.cod'));

/**
 * Which of the file's records 2.1 are transactions, where not all: of sample 3 the movement with its two details (net
 * amount and charges), of sample 7 the three transfers that make up the collective order.
 */
const TRANSACTIONS: Readonly<Record<string, readonly number[]>> = {
  'coda_sample3.cod': [0],
  'coda_sample7.cod': [1, 2, 3],
};
/** What disagrees in the shortened samples. Sample 11 is whole, sample 1 only announces another file. */
const CONTROLS: Readonly<Record<string, readonly string[]>> = {
  'coda_sample1.cod': [],
  'coda_sample11.cod': [],
  'coda_sample3.cod': ['control.balance', 'control.count', 'control.total'],
  'coda_sample5.cod': ['control.balance', 'control.count', 'control.total'],
  'coda_sample7.cod': ['control.balance', 'control.count', 'control.total'],
  'coda_sample9.cod': ['control.balance', 'control.count', 'control.total'],
};

describe('real CODA files', () => {
  it('are all there', () => {
    expect(files.sort()).toEqual(Object.keys(CONTROLS).sort());
  });

  it.each(files)('%s agrees with a reading at the fixed positions', file => {
    const { read: facts } = factsOf(file);
    expect(sniffFormat(bytesOf(file), hostCodec).format).toBe('coda');
    const sink = read(file);
    expect(sink.headers.length).toBe(1);
    expect(sink.rejected).toEqual([]);
    const indexes = TRANSACTIONS[file] ?? facts.amounts_21.map((_, i) => i);
    expect(facts.amounts_21.length).toBe(facts.record_21);
    expect(sink.transactions.map(each => amount(each.amount))).toEqual(
      indexes.map(i => shortest(facts.amounts_21[i] ?? '')),
    );
    const [stated] = sink.stated;
    expect(amount(stated?.opening?.amount)).toBe(shortest(facts.old_balance));
    expect(amount(stated?.closing?.amount)).toBe(shortest(facts.new_balance));
    expect(sink.codes.filter(code => code.startsWith('control.')).sort()).toEqual(CONTROLS[file]);
    const lines = new TextDecoder().decode(bytesOf(file)).trimEnd().split('\n');
    expect(lines.length).toBe(facts.lines);
    // Every place begins at a record 2.1 and covers whole lines.
    for (const { place } of sink.transactions) expect(lines[place.row - 1]).toMatch(/^21/);
    // Opening plus transactions is closing exactly where no warning says otherwise.
    const units = (value: { units: number; scale: number } | undefined): bigint =>
      BigInt(value?.units ?? 0) * 10n ** BigInt(9 - (value?.scale ?? 0));
    const adds = units(stated?.opening?.amount) + sumOfUnits(sink.transactions) === units(stated?.closing?.amount);
    expect(adds).toBe(!sink.codes.includes('control.balance'));
  });

  it.each(files)('%s: bytes in pieces of any size give the same', file => {
    const whole = read(file, 1 << 20);
    for (const size of [1, 7, 128, 129]) expect(read(file, size)).toEqual(whole);
  });

  it('sample 1 agrees with what php-coda-parser asserts', () => {
    const { asserted } = factsOf('coda_sample1.cod');
    const sink = read('coda_sample1.cod');
    const first = asserted.first as Record<string, string>;
    expect(sink.transactions.length).toBe(asserted.transactions);
    expect(sink.transactions[0]).toMatchObject({
      counterparty: first.name,
      counterpartyAccount: first.account,
      // Its check digits are wrong (0000035051 modulo 97 is 34, not 58), so it stands as digits.
      description: first.structured,
    });
    expect(sink.codes).toContain('coda.communication-check');
    expect(amount(sink.transactions[0]?.amount)).toBe(first.amount);
    expect(isoDate(sink.stated[0]?.closing?.date ?? 0)).toBe(asserted.date);
    expect(amount(sink.stated[0]?.opening?.amount)).toBe(shortest(String(asserted.initial)));
    expect(amount(sink.stated[0]?.closing?.amount)).toBe(shortest(String(asserted.new)));
  });

  it('sample 3 joins the message of a movement and its details, as php-coda-parser asserts', () => {
    expect(read('coda_sample3.cod').transactions[0]?.description).toBe(
      factsOf('coda_sample3.cod').asserted.first_message,
    );
  });

  it('sample 5 agrees with what php-coda-parser asserts; its movements state another statement number', () => {
    const { asserted } = factsOf('coda_sample5.cod');
    const sink = read('coda_sample5.cod');
    expect(sink.headers.length).toBe(asserted.statements);
    expect(sink.transactions.length).toBe(asserted.transactions);
    // The peer reads the number of the first movement; the old balance says 155, and 255 for the coded statement.
    expect(sink.warnings.find(each => each.code === 'coda.statement-number')?.message).toContain(
      String(asserted.statement_sequence),
    );
    expect(sink.headers[0]?.statementId).toBe('255');
    expect(sink.codes).toContain('coda.separate-application');
  });

  it('sample 7 agrees with what php-coda-parser asserts: the details stand for the collective order', () => {
    const { asserted } = factsOf('coda_sample7.cod');
    const sink = read('coda_sample7.cod');
    const first = asserted.first as Record<string, string>;
    expect(sink.transactions.length).toBe(asserted.transactions);
    expect([sink.transactions[0]?.counterparty, amount(sink.transactions[0]?.amount)]).toEqual([
      first.name,
      first.amount,
    ]);
  });

  it('sample 9 gives the client reference that php-coda-parser asserts', () => {
    const { asserted } = factsOf('coda_sample9.cod');
    expect(read('coda_sample9.cod').transactions.map(each => each.reference)).toEqual([asserted.client_reference]);
  });
});
