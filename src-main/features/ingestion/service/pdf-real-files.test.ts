import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { civilDay, isoDate } from '../../../kernel/civil-date.ts';
import { formatUnits } from '../../../kernel/decimal.ts';
import { FileRefused } from '../domain/statement-sink.ts';
import { sumOf } from '../domain/testing/recording-sink.ts';
import { readPdf, refusalOf } from './pdf-reading.fixture.ts';

const DATA = new URL('../../../../../shared/data/', import.meta.url);
const AMEX = new URL('statements/pdf/pera_amex_dec_jan_2026.pdf', DATA);
const INVOICES = new URL('documents/invoices_pdf/', DATA);
const bytesOf = (url: URL): Uint8Array => new Uint8Array(readFileSync(url));

interface Planted {
  readonly day: number;
  readonly month: number;
  readonly year: number;
  readonly description: string;
  readonly amount: number;
  readonly is_credit?: boolean;
  readonly orphan?: boolean;
}
interface AmexFacts {
  readonly facts: readonly {
    readonly expected: {
      readonly transactions?: number;
      readonly account_starts?: string;
      readonly cardholder?: string;
      readonly period?: readonly string[];
      readonly list?: readonly Planted[];
      readonly pages?: number;
    };
  }[];
}

describe('American Express, Mexico, December to January', () => {
  const facts = JSON.parse(readFileSync(new URL(`${AMEX.pathname}.expected.json`, AMEX), 'utf8')) as AmexFacts;
  const asserted = facts.facts[0]!.expected;
  const planted = facts.facts[1]!.expected.list!;

  test('every fact of the peers', async () => {
    const { sink, dialect } = await readPdf(bytesOf(AMEX));
    expect(sink.transactions).toHaveLength(asserted.transactions!);
    expect(sink.headers).toHaveLength(1);
    expect(sink.headers[0]!.accountId).toMatch(new RegExp(`^${asserted.account_starts}`));
    expect(sink.headers[0]!.owner).toBe(asserted.cardholder);
    expect(dialect.periods).toEqual([asserted.period!.join('/')]);
    expect(dialect.pages).toBe(facts.facts[2]!.expected.pages);
  });

  test('the 61 transactions of the generator: day, amount and beginning of the text', async () => {
    const { sink } = await readPdf(bytesOf(AMEX));
    const read = sink.transactions.map(({ bookingDate, amount, description }) => ({
      date: isoDate(bookingDate),
      amount: formatUnits(amount.units, amount.scale),
      description,
    }));
    for (const { year, month, day, description, amount, is_credit, orphan } of planted) {
      // The page shows no date for the two orphans (the generator leaves it out): unknown, where the peer takes the line above's.
      const date = orphan === true ? null : isoDate(civilDay(year, month, day)!);
      const signed = `${is_credit === true ? '' : '-'}${amount.toFixed(2)}`;
      const at = read.findIndex(
        each => each.date === date && each.amount === signed && each.description.startsWith(description),
      );
      expect(at, `${date} ${signed} ${description}`).toBeGreaterThanOrEqual(0);
      read.splice(at, 1);
    }
    expect(read).toEqual([]);
  });

  test('the totals of both cardholders on the page agree: 29,999.54 + 9,296.70', async () => {
    const { sink, dialect, balances } = await readPdf(bytesOf(AMEX));
    expect(sumOf(sink.transactions)).toBe('-39296.24');
    expect(dialect.checks).toEqual({ runningBalances: 0, runningBalancesFailed: 0, totals: 2, totalsFailed: 0 });
    expect(balances).toEqual([['-50000.00 2025-12-09', null]]);
    expect(sink.rejected).toEqual([]);
    expect(sink.codes).toEqual(['pdf.no-date']);
  });
});

describe('invoices are no statements', () => {
  const names = readdirSync(INVOICES).filter(name => name.endsWith('.pdf'));
  test('there are six', () => {
    expect(names).toHaveLength(6);
  });
  for (const name of names)
    test(name, async () => {
      expect((await refusalOf(readPdf(bytesOf(new URL(name, INVOICES))))).code).toBe('pdf.no-table');
    });
});

/** Numerical Recipes’ linear congruential generator: the same 300 inputs every time. */
const randomFrom = (seed: number) => {
  let state = seed >>> 0;
  return (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

test('300 mutations of the statement are read or refused, and none hangs', { timeout: 120_000 }, async () => {
  const original = bytesOf(AMEX);
  const random = randomFrom(20260108);
  const outcomes = { read: 0, refused: 0 };
  for (let round = 0; round < 300; round++) {
    let bytes = original.slice();
    for (let changes = 1 + random(8); changes > 0; changes--) bytes[random(bytes.length)] = random(256);
    if (round % 5 === 1) bytes = bytes.slice(0, random(bytes.length));
    if (round % 5 === 2) {
      const [from, to, length] = [random(bytes.length), random(bytes.length), random(400)];
      bytes.copyWithin(to, from, from + length);
    }
    const started = performance.now();
    try {
      await readPdf(bytes);
      outcomes.read++;
    } catch (error) {
      expect(error, `round ${round}`).toBeInstanceOf(FileRefused);
      outcomes.refused++;
    }
    expect(performance.now() - started, `round ${round}`).toBeLessThan(10_000);
  }
  expect(outcomes.read + outcomes.refused).toBe(300);
  expect(outcomes.refused).toBeGreaterThan(50);
});
