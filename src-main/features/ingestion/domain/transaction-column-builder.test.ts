import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { hash53 } from '../../../kernel/hash.ts';
import { FileRefused, type ParsedTransaction } from './statement-sink.ts';
import { MAX_REJECTED, TransactionColumnBuilder } from './transaction-column-builder.ts';
import type { ColumnSlice } from './transaction-columns.ts';

const HEADER = { accountId: 'A', currency: 'EUR', institution: null, owner: null, statementId: null };

const transaction = (changes: Partial<ParsedTransaction> = {}): ParsedTransaction => ({
  place: { row: 1, byteOffset: 10, byteLength: 20 },
  statement: 0,
  bookingDate: 19000,
  valueDate: UNKNOWN_DAY,
  amount: { units: 1234, scale: 2 },
  currency: 'EUR',
  description: 'text',
  counterparty: 'Someone',
  reference: 'INV-00042',
  type: 'TRF',
  counterpartyAccount: '',
  ...changes,
});

const build = (transactions: readonly ParsedTransaction[], sliceRows = 25_000) => {
  const slices: ColumnSlice[] = [];
  const builder = new TransactionColumnBuilder({ sliceRows, onSlice: slice => slices.push(slice) });
  builder.statement(HEADER);
  for (const each of transactions) builder.transaction(each);
  builder.finish();
  return { builder, slices };
};

describe('TransactionColumnBuilder', () => {
  it('raises the scale for the whole import and keeps every slice at its own', () => {
    const { builder, slices } = build(
      [
        { units: 150, scale: 2 },
        { units: -3, scale: 0 },
        { units: 1125, scale: 3 },
        { units: 1_000_000, scale: 5 },
      ].map(amount => transaction({ amount })),
    );
    expect(builder.scale).toBe(3);
    expect([...builder.columns().amountUnits]).toEqual([1500, -3000, 1125, 10_000]);
    expect(slices.map(slice => [slice.first, slice.scale, [...slice.columns.amountUnits]])).toEqual([
      [0, 2, [150, -300]],
      [2, 3, [1125, 10_000]],
    ]);
    expect(builder.statements()[0]).toMatchObject({ scale: 3, credits: 12_625n, debits: 3000n, count: 4 });
  });

  it('rejects an amount that would not be exact and changes nothing', () => {
    const { builder } = build([
      transaction({ amount: { units: Number.MAX_SAFE_INTEGER, scale: 2 } }),
      transaction({ amount: { units: 1, scale: 3 } }),
      transaction({ amount: { units: Number.MAX_SAFE_INTEGER, scale: 1 } }),
    ]);
    expect(builder.count).toBe(1);
    expect(builder.scale).toBe(2);
    expect(builder.rejected).toHaveLength(2);
  });

  it('adds up beyond 2^53 exactly', () => {
    const { builder } = build(
      Array.from({ length: 5 }, () => transaction({ amount: { units: Number.MAX_SAFE_INTEGER, scale: 2 } })),
    );
    expect(builder.statements()[0]!.credits).toBe(5n * BigInt(Number.MAX_SAFE_INTEGER));
  });

  it('hashes references as hash53 does and splits them', () => {
    const references = ['INV-00042', 'Übertrag 7', 'no number', '', '1234567890123456', '007'];
    const { builder } = build(references.map(reference => transaction({ reference })));
    const columns = builder.columns();
    expect([...columns.referenceHash]).toEqual(references.map(text => (text === '' ? 0 : hash53(text))));
    expect(builder.values('series')).toEqual(['INV-', 'Übertrag ', '']);
    expect([...columns.series]).toEqual([0, 1, -1, -1, -1, 2]);
    expect([...columns.seriesNumber]).toEqual([42, 7, Number.NaN, Number.NaN, Number.NaN, 7]);
  });

  it('gives equal transactions equal record hashes and others different ones', () => {
    const { builder } = build([
      transaction(),
      transaction({ place: { row: 2, byteOffset: 30, byteLength: 20 } }),
      transaction({ description: 'texts', counterparty: 'omeone' }),
      transaction({ currency: null }),
    ]);
    const { recordHashHigh, recordHashLow } = builder.columns();
    const keys = Array.from(recordHashHigh, (high, i) => `${high} ${recordHashLow[i]}`);
    expect(keys[1]).toBe(keys[0]);
    expect(new Set(keys).size).toBe(3);
  });

  it('slices hold all text, values and columns, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            reference: fc.string({ unit: 'binary' }),
            description: fc.string(),
            counterparty: fc.constantFrom('', 'A', 'Bé', '🌳'),
          }),
        ),
        fc.integer({ min: 1, max: 5 }),
        (rows, sliceRows) => {
          const { slices, builder } = build(
            rows.map(row => transaction(row)),
            sliceRows,
          );
          const texts = slices.flatMap(slice => {
            let from = 0;
            return Array.from(slice.textEnds, end => {
              const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
                slice.text.subarray(from, end),
              );
              from = end;
              return text;
            });
          });
          expect(texts).toEqual(rows.flatMap(row => [row.reference.trim(), row.description.trim()]));
          const names = slices.flatMap(slice => slice.newValues.counterparty);
          const codes = slices.flatMap(slice => [...slice.columns.counterparty]);
          expect(codes.map(code => names[code] ?? '')).toEqual(rows.map(row => row.counterparty));
          expect(slices.reduce((sum, slice) => sum + slice.count, 0)).toBe(builder.count);
          expect(slices.every((slice, i) => slice.first === i * sliceRows)).toBe(true);
        },
      ),
    );
  });

  it('keeps first and last day, balances, and cuts raw text', () => {
    const { builder } = build([
      transaction({ bookingDate: 5 }),
      transaction({ bookingDate: UNKNOWN_DAY }),
      transaction({ bookingDate: -3 }),
    ]);
    const opening = { amount: { units: 1, scale: 2 }, date: 4 };
    builder.balances(0, { opening, closing: null });
    builder.reject({ place: { row: 1, byteOffset: 0, byteLength: 1 }, reason: 'r', raw: 'x'.repeat(5000) });
    expect(builder.statements()[0]).toMatchObject({ firstDay: -3, lastDay: 5, balances: { opening, closing: null } });
    expect(builder.rejected[0]!.raw).toHaveLength(2000);
  });

  it('refuses a file of which too much cannot be read', () => {
    const builder = new TransactionColumnBuilder();
    const record = { place: { row: 1, byteOffset: 0, byteLength: 1 }, reason: 'r', raw: 'x' };
    for (let i = 0; i < MAX_REJECTED; i++) builder.reject(record);
    expect(() => builder.reject(record)).toThrow(FileRefused);
  });
});
