import { describe, expect, it } from 'vitest';
import { reconciliationProof } from './proof.ts';
import { reconcile } from './reconcile.ts';
import { parametersOf, sideOf } from './side.fixture.ts';

const bank = sideOf([
  { date: '2024-03-01', amount: '-100.00', currency: 'EUR', text: 'Acme' },
  { date: '2024-03-02', amount: '-40.00', currency: 'EUR', text: 'Beta' },
  { date: '2024-03-03', amount: '-7.50', currency: 'EUR', text: 'Bank fee' },
  { date: '2024-03-03', amount: '-1.00', currency: 'USD', text: 'Fee' },
]);
const ledger = sideOf(
  [
    { date: '2024-03-01', amount: '100.000', currency: 'EUR', text: 'Acme Ltd' },
    { date: '2024-03-02', amount: '40.000', currency: 'EUR', text: 'Gamma' },
    { date: '2024-03-09', amount: '12.345', currency: 'EUR', text: 'Unpaid' },
  ],
  3,
);

describe('reconciliationProof', () => {
  const result = reconcile(bank, ledger, parametersOf(), () => {});
  const proof = reconciliationProof(bank, ledger, result);

  // By hand, in thousandths: bank −147.50 = −100 (Acme) − 40 (proposed) − 7.50; ledger turned −152.345; difference 4.845.
  it('proves both totals from their parts, per currency, in the bank’s sign', () => {
    expect(proof.scale).toBe(3);
    expect(proof.currencies[0]).toEqual({
      currency: 'EUR',
      bank: {
        total: { units: -147500n, rows: 3 },
        confirmed: { units: -100000n, rows: 1 },
        proposed: { units: -40000n, rows: 1 },
        unmatched: { units: -7500n, rows: 1 },
        foots: true,
      },
      ledger: {
        total: { units: -152345n, rows: 3 },
        confirmed: { units: -100000n, rows: 1 },
        proposed: { units: -40000n, rows: 1 },
        unmatched: { units: -12345n, rows: 1 },
        foots: true,
      },
      difference: 4845n,
      explainedDifference: 4845n,
      foots: true,
    });
    expect(proof.currencies[1]).toMatchObject({ currency: 'USD', difference: -1000n, foots: true });
    expect(proof.foots).toBe(true);
  });

  it('does not foot when a row is lost, doubled, or swapped for one of the same amount', () => {
    const lost = { ...result, unmatchedBank: result.unmatchedBank.slice(1) };
    expect(reconciliationProof(bank, ledger, lost).foots).toBe(false);
    const doubled = { ...result, matches: [...result.matches, ...result.matches.slice(0, 1)] };
    expect(reconciliationProof(bank, ledger, doubled).foots).toBe(false);
    const twins = sideOf([
      { date: '2024-03-01', amount: '5.00' },
      { date: '2024-03-01', amount: '5.00' },
    ]);
    const none = sideOf([]);
    const honest = reconcile(twins, none, parametersOf(), () => {});
    expect(reconciliationProof(twins, none, honest).foots).toBe(true);
    const [first] = honest.unmatchedBank;
    const swapped = { ...honest, unmatchedBank: first === undefined ? [] : [first, first] };
    expect(reconciliationProof(twins, none, swapped)).toMatchObject({ everyRowOnce: false, foots: false });
  });
});
