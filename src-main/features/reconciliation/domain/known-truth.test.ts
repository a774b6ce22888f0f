import { describe, expect, it } from 'vitest';
import { knownTruth, truthFigures, USD_EUR } from './known-truth.fixture.ts';
import { reconciliationProof } from './proof.ts';
import { reconcile } from './reconcile.ts';
import { type FixtureRow, parametersOf, sideOf } from './side.fixture.ts';

const RATES = { rates: `USD/EUR=${USD_EUR}` };
const run = (
  bank: readonly FixtureRow[],
  ledger: readonly FixtureRow[],
  set: Record<string, string> = RATES,
  scale = 2,
) => reconcile(sideOf(bank, scale), sideOf(ledger, scale), parametersOf(set), () => {});

// Generated sides; the truth is what the generator planted. The aims are those of the requirements.
describe('generated sides with batches, splits, fees, several to several, duplicates, currencies and missing rows', () => {
  it.each([1, 2, 3, 4, 5])('confirms rightly at least 995 of 1,000 and finds at least 97 of 100, seed %i', seed => {
    const known = knownTruth(seed, 3000);
    const result = run(known.bank, known.ledger);
    const { precision, recall, recallOf, confirmed } = truthFigures(known, result.matches);
    console.log(
      `seed ${seed}: precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, ${JSON.stringify(recallOf)}`,
    );
    expect(precision).toBeGreaterThanOrEqual(0.995);
    expect(recall).toBeGreaterThanOrEqual(0.97);
    // A matcher that confirms next to nothing would pass the two above.
    expect(confirmed).toBeGreaterThan(1500);
    expect(Object.keys(recallOf)).toHaveLength(7);
    for (const share of Object.values(recallOf)) {
      const [found = 0, all = 0] = share.split('/').map(Number);
      expect(found / all).toBeGreaterThan(0.9);
    }
    expect(reconciliationProof(sideOf(known.bank), sideOf(known.ledger), result).foots).toBe(true);
  });

  const known = knownTruth(7, 1500);
  const content = (rows: readonly FixtureRow[], indexes: readonly number[]): string[] =>
    indexes.map(index => JSON.stringify(rows[index])).sort();
  const outline = (bank: readonly FixtureRow[], ledger: readonly FixtureRow[], set = RATES, scale = 2): string[] =>
    run(bank, ledger, set, scale)
      .matches.map(match =>
        JSON.stringify([
          match.kind,
          match.status,
          match.score,
          content(bank, match.bank),
          content(ledger, match.ledger),
        ]),
      )
      .sort();
  const reference = outline(known.bank, known.ledger);

  it('makes the same matches of shuffled rows', () => {
    const turned = <T>(list: readonly T[]): T[] => [...list.slice(700), ...list.slice(0, 700)].reverse();
    expect(outline(turned(known.bank), turned(known.ledger))).toEqual(reference);
  });

  it('makes the same matches of a side that was split into two files and put together again', () => {
    const [even, odd] = [0, 1].map(rest => known.bank.filter((_, index) => index % 2 === rest));
    expect(outline([...(even ?? []), ...(odd ?? [])], known.ledger)).toEqual(reference);
  });

  it('makes the same matches where every party has another name', () => {
    const renamed = (rows: readonly FixtureRow[]): FixtureRow[] =>
      rows.map(line => ({
        ...line,
        text: (line.text ?? '').replace(/acme/giu, 'Zenith').replace(/vogel/giu, 'Quarto'),
      }));
    const [bank, ledger] = [renamed(known.bank), renamed(known.ledger)];
    const shape = (
      matches: readonly { bank: readonly number[]; ledger: readonly number[]; status: string }[],
    ): string[] => matches.map(match => `${match.bank.join()}|${match.ledger.join()}|${match.status}`);
    expect(shape(run(bank, ledger).matches)).toEqual(shape(run(known.bank, known.ledger).matches));
  });

  it('makes the same matches of amounts times 100 in a currency without minor unit', () => {
    const yen = (rows: readonly FixtureRow[]): FixtureRow[] =>
      rows
        .filter(({ currency }) => currency === 'EUR')
        .map(line => ({ ...line, amount: line.amount.replace('.', ''), currency: 'JPY' }));
    const euros = (rows: readonly FixtureRow[]): FixtureRow[] => rows.filter(({ currency }) => currency === 'EUR');
    const shape = (rows: ReturnType<typeof run>): string[] =>
      rows.matches.map(match => `${match.kind} ${match.status} ${match.bank.join()}|${match.ledger.join()}`);
    // The fixed part of a fee is stated in currency units, so it is scaled as the amounts are.
    const inYen = run(yen(known.bank), yen(known.ledger), { 'fee-amount': '100' }, 0);
    expect(shape(inYen)).toEqual(shape(run(euros(known.bank), euros(known.ledger), {})));
    expect(inYen.matches.length).toBeGreaterThan(1000);
  });

  it('matches nothing across currencies where no rate is given', () => {
    const { matches } = run(known.bank, known.ledger, {});
    for (const { ledger } of matches) for (const index of ledger) expect(known.ledger[index]?.currency).toBe('EUR');
  });

  it('stops at the limit of steps, says so in the notes and on the rows, and says the same again', () => {
    const limited = { ...RATES, 'search-steps': '500' };
    const result = run(known.bank, known.ledger, limited);
    expect(result.notes.at(-1)).toMatch(/^the search for combinations reached its limit of 500 steps/);
    expect(result.unmatchedBank.some(({ limits }) => limits.length > 0)).toBe(true);
    expect(outline(known.bank, known.ledger, limited)).toEqual(outline(known.bank, known.ledger, limited));
  });
});
