import type { ComparableRows, ComparableSides } from './comparable-rows.ts';
import type { Forbidden } from './match-book.ts';
import { moneyText } from './match-reasons.ts';
import { dateAgreement, identityScore, referenceAgreement, sameByReference, WEIGHTS } from './match-score.ts';
import { orderedRows } from './ordered-rows.ts';
import type { ReconciliationMatch } from './reconciliation-match.ts';
import { FULL_SCORE, type ReconciliationParameters } from './reconciliation-parameters.ts';

/** Words by which banks and people call a movement between own accounts (English, German, French, Italian, Spanish, Dutch, Scandinavian). */
const TRANSFER_WORDS: ReadonlySet<string> = new Set(
  'TRANSFER TRANSFERS XFER TRF UMBUCHUNG UBERTRAG KONTOUBERTRAG VIREMENT GIROCONTO TRASFERIMENTO TRASPASO OVERBOEKING OVERFORING OVERFORSEL SWEEP'.split(
    ' ',
  ),
);
const SHORTEST_ACCOUNT = 4;
/** Rows of one amount that are tried for a partner. */
const MOST_PARTNERS = 32;

/** The row's text names the account: its whole key or its last four characters or more as a token. */
const namesAccount = (rows: ComparableRows, index: number, account: string): boolean => {
  const key = account.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
  if (key.length < SHORTEST_ACCOUNT) return false;
  const tokens = rows.text[index]?.tokens ?? [];
  if (tokens.join('').includes(key)) return true;
  return tokens.some(token => token.length >= SHORTEST_ACCOUNT && /\d/.test(token) && key.endsWith(token));
};

const saysTransfer = (rows: ComparableRows, index: number): boolean =>
  (rows.text[index]?.tokens ?? []).some(token => TRANSFER_WORDS.has(token));

interface Leg {
  readonly from: number;
  readonly to: number;
  readonly score: number;
  readonly tie: string | null;
  readonly days: number;
}

const tieBetween = (rows: ComparableRows, from: number, to: number): string | null => {
  const account = (index: number): string => rows.accounts[rows.account?.[index] ?? -1] ?? '';
  if (sameByReference(referenceAgreement(rows, from, rows, to))) return 'both rows carry one reference';
  if (namesAccount(rows, from, account(to)) || namesAccount(rows, to, account(from)))
    return 'one row names the other account';
  if (saysTransfer(rows, from) && saysTransfer(rows, to)) return 'both rows say that they are a transfer';
  return null;
};

const legsOf = (rows: ComparableRows, forbidden: Forbidden, { dayWindow }: ReconciliationParameters): Leg[] => {
  const { order } = orderedRows(rows);
  const incoming = new Map<string, number[]>();
  for (const index of order) {
    const amount = rows.amount[index] ?? 0;
    if (amount <= 0) continue;
    const key = `${rows.currency[index] ?? 0} ${amount}`;
    const list = incoming.get(key);
    if (list === undefined) incoming.set(key, [index]);
    else list.push(index);
  }
  const legs: Leg[] = [];
  for (const from of order) {
    const amount = rows.amount[from] ?? 0;
    if (amount >= 0) continue;
    const partners = incoming.get(`${rows.currency[from] ?? 0} ${-amount}`) ?? [];
    const day = rows.day[from] ?? 0;
    // The partners ascend by day: only those within the window are looked at.
    let low = 0;
    for (let high = partners.length; low < high; ) {
      const middle = (low + high) >>> 1;
      if ((rows.day[partners[middle] ?? 0] ?? 0) < day - dayWindow) low = middle + 1;
      else high = middle;
    }
    for (let at = low; at < partners.length; at++) {
      const to = partners[at] ?? 0;
      const days = Math.abs((rows.day[to] ?? 0) - day);
      if ((rows.day[to] ?? 0) > day + dayWindow || at - low >= MOST_PARTNERS) break;
      const [own, other] = [rows.account?.[from] ?? -1, rows.account?.[to] ?? -1];
      if (own < 0 || other < 0 || own === other || forbidden.ownPair(rows.name, from, to)) continue;
      const tie = tieBetween(rows, from, to);
      const identity = tie === null ? identityScore(rows, from, rows, to) : WEIGHTS.identity;
      const score = WEIGHTS.amount + Math.round(WEIGHTS.date * dateAgreement(days, dayWindow)) + identity;
      legs.push({ from, to, score, tie, days });
    }
  }
  return legs;
};

/**
 * Pairs money leaving one own account with the same amount reaching another within the window, on one side. It belongs to no
 * row of the other side, so without this both would be orphans. Confirmed only where one of them says so and no other fits.
 */
export const ownTransfers = (
  sides: ComparableSides,
  rows: ComparableRows,
  forbidden: Forbidden,
  parameters: ReconciliationParameters,
): ReconciliationMatch[] => {
  if (rows.account === null) return [];
  const legs = legsOf(rows, forbidden, parameters).sort((a, b) => b.score - a.score);
  const claims = new Map<number, number>();
  for (const { from, to } of legs) for (const row of [from, to]) claims.set(row, (claims.get(row) ?? 0) + 1);
  const taken = new Set<number>();
  const matches: ReconciliationMatch[] = [];
  for (const { from, to, score, tie, days } of legs) {
    if (taken.has(from) || taken.has(to) || score < parameters.proposeThreshold) continue;
    taken.add(from).add(to);
    const rivals = Math.max(claims.get(from) ?? 1, claims.get(to) ?? 1) - 1;
    const account = (index: number): string => rows.accounts[rows.account?.[index] ?? -1] ?? '';
    const pair = [from, to].sort((a, b) => a - b);
    const reasons = [
      `amount: ${moneyText(sides, rows.amount[to] ?? 0, rows.currency[to] ?? -1)} leaves account ${account(from)} and reaches account ${account(to)}`,
      days === 0 ? 'date: same day' : `date: ${days} day${days === 1 ? '' : 's'} apart`,
      tie === null ? 'text: nothing says that this is a transfer, so this is only proposed' : `text: ${tie}`,
    ];
    if (rivals > 0) reasons.push(`ambiguous: ${rivals} other pairings fit as well, so this is only proposed`);
    const below = score < parameters.confirmThreshold;
    if (below) reasons.push(`score ${score / FULL_SCORE} lies below the confirm threshold, so this is only proposed`);
    matches.push({
      bank: rows.name === 'bank' ? pair : [],
      ledger: rows.name === 'ledger' ? pair : [],
      kind: 'own-transfer',
      score: score / FULL_SCORE,
      status: tie !== null && rivals === 0 && !below ? 'confirmed' : 'proposed',
      reasons,
    });
  }
  return matches;
};
