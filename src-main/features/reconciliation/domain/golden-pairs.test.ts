import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reconciliationProof } from './proof.ts';
import { reconcile } from './reconcile.ts';
import { parametersOf, sideOf } from './side.fixture.ts';

// 18 invoice and payment pairs labelled by users of midday-ai/midday (real data set, see its .expected.json: 11 confirmed, 7 declined).
interface GoldenPair {
  readonly id: string;
  readonly inbox: {
    readonly displayName: string;
    readonly amount: number;
    readonly currency: string;
    readonly date: string;
  };
  readonly transaction: {
    readonly name: string;
    readonly amount: number;
    readonly currency: string;
    readonly date: string;
  };
  readonly userFeedback: 'confirmed' | 'declined';
  readonly matchType: string;
}

const pairs = JSON.parse(
  readFileSync(new URL('../../../../../shared/data/reconcile/midday_golden_pairs.json', import.meta.url), 'utf8'),
) as GoldenPair[];

const bank = sideOf(
  pairs.map(({ transaction }) => ({
    date: transaction.date,
    amount: String(transaction.amount),
    currency: transaction.currency,
    text: transaction.name,
  })),
);
const ledger = sideOf(
  pairs.map(({ inbox }) => ({
    date: inbox.date,
    amount: String(inbox.amount),
    currency: inbox.currency,
    text: inbox.displayName,
  })),
);

/** Labelled perfect although the amounts differ by 5 %, or amount and currency differ: out of reach by default. */
const OUT_OF_REACH = ['borderline-confidence', 'real-vercel-cross-currency'];

describe('midday golden pairs, all together as two sides', () => {
  const result = reconcile(bank, ledger, parametersOf(), () => {});
  const statusOf = (index: number): string | null => {
    const found = result.matches.find(match => match.bank[0] === index);
    return found !== undefined && found.ledger[0] === index ? found.status : null;
  };

  it('finds out that invoices are positive where the bank is negative', () => {
    expect(result.sign).toEqual({ used: 'opposite', decidedBy: 'data', exactWhenSame: 0, exactWhenOpposite: 7 });
  });

  it('confirms every perfect pair that has equal amounts in one currency, and no other pair', () => {
    const perfect = pairs.filter(
      ({ id, userFeedback, matchType }) =>
        userFeedback === 'confirmed' && matchType === 'perfect_match' && !OUT_OF_REACH.includes(id),
    );
    expect(perfect).toHaveLength(7);
    for (const pair of perfect) expect([pair.id, statusOf(pairs.indexOf(pair))]).toEqual([pair.id, 'confirmed']);
    expect(result.matches).toHaveLength(7);
  });

  it('says of the pair with 5 % difference what keeps it apart, and leaves both out of reach unmatched', () => {
    const index = pairs.findIndex(pair => pair.id === 'borderline-confidence');
    const row = result.unmatchedBank.find(unmatched => unmatched.index === index);
    expect(row?.candidates[0]).toEqual({ index, refusedBecause: ['amount differs by 5.00 USD'] });
    for (const id of OUT_OF_REACH) expect(statusOf(pairs.findIndex(pair => pair.id === id))).toBeNull();
  });

  it('matches no declined pair', () => {
    for (const [index, pair] of pairs.entries())
      if (pair.userFeedback === 'declined') expect([pair.id, statusOf(index)]).toEqual([pair.id, null]);
  });

  it('says that the declined late payment lies outside the window', () => {
    const index = pairs.findIndex(pair => pair.id === 'date-mismatch');
    const row = result.unmatchedBank.find(unmatched => unmatched.index === index);
    expect(row?.candidates[0]).toEqual({
      index,
      refusedBecause: ['date is 62 days away, outside the window of 5 days'],
    });
  });

  it('foots', () => {
    const proof = reconciliationProof(bank, ledger, result);
    expect(proof.foots).toBe(true);
    // Sum of the SEK payments in the file, by hand: -(599+15000+2570.78+54+500+20800+199+2570.78+149+12500+25000+5000).
    expect(proof.currencies.find(({ currency }) => currency === 'SEK')?.bank.total).toEqual({
      units: -8494256n,
      rows: 12,
    });
  });

  it('proposes, and never confirms, the 5 % difference when the tolerance allows it', () => {
    const tolerant = reconcile(bank, ledger, parametersOf({ 'amount-tolerance': '5' }), () => {});
    const index = pairs.findIndex(pair => pair.id === 'borderline-confidence');
    expect(tolerant.matches.find(match => match.bank[0] === index)?.status).toBe('proposed');
    for (const [declined, pair] of pairs.entries())
      if (pair.userFeedback === 'declined')
        expect(tolerant.matches.some(match => match.bank[0] === declined && match.status === 'confirmed')).toBe(false);
  });
});
