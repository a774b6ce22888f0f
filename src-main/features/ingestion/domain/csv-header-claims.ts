import { sidesBalance } from './csv-balance-equation.ts';
import { contentReason, contentShare, fits, holdsCurrencies, isMoney, share } from './csv-column-fit.ts';
import { type ColumnPlan, choose, rounded } from './csv-column-plan.ts';
import type { ColumnProfile } from './csv-column-profile.ts';
import {
  COLUMN_ROLES,
  type ColumnRole,
  type HeaderPart,
  headerEvidence,
  namesSideAmount,
} from './csv-header-lexicon.ts';

const PARTS: readonly HeaderPart[] = [
  'bookingDate',
  'valueDate',
  'amount',
  'debit',
  'credit',
  'balance',
  'indicator',
  'currency',
  'status',
  'fee',
  'account',
  'ledgerAccount',
  'ledgerAccountName',
  'entry',
  'counterparty',
  'payer',
  'payee',
  'counterpartyAccount',
  'payerAccount',
  'payeeAccount',
  'reference',
  'type',
  'category',
];
const LEDGER_PARTS: ReadonlySet<HeaderPart> = new Set(['ledgerAccount', 'ledgerAccountName', 'entry']);
/** A name that says its part plainly, and one that may mean it. */
const PLAIN = 0.89;
const USUAL = 0.74;
const WEAK = 0.59;
/** What an empty column loses against a filled one that claims the same part. */
const EMPTY_COLUMN = 0.25;
/** What a column named a currency loses where its content is none that is known, against one whose content is. */
const UNKNOWN_CURRENCIES = 0.5;
/** Distinct texts of a column whose name only begins or ends with that of a currency. */
const FEW_WORDS = 3;
/** Longest average of currency codes that no standard lists. */
const LONGEST_CODE = 5;
/** Longest average of the codes of a chart of accounts. */
const LONGEST_ACCOUNT_CODE = 6;

/** The role that a part is shown under. */
const ROLE_OF: Partial<Readonly<Record<HeaderPart, ColumnRole>>> = {
  payer: 'counterparty',
  payee: 'counterparty',
  payerAccount: 'counterpartyAccount',
  payeeAccount: 'counterpartyAccount',
  ledgerAccountName: 'ledgerAccount',
};

export const roleOf = (part: HeaderPart): ColumnRole =>
  ROLE_OF[part] ?? COLUMN_ROLES.find(role => role === part) ?? 'description';

/** Parts that only a whole name says: its first or last word alone would be too little. */
const WHOLE_NAME_PARTS: ReadonlySet<HeaderPart> = new Set([
  'account',
  'payer',
  'payee',
  'payerAccount',
  'payeeAccount',
  'ledgerAccountName',
  'entry',
  'status',
  'fee',
  'indicator',
  'type',
  'category',
]);

/** A header's evidence for a part; the beginning or end of a name says nothing where the whole describes. */
const partEvidence = (name: string, part: HeaderPart): number => {
  const evidence = headerEvidence(name, part);
  const side = namesSideAmount(name);
  if (part === 'currency' && side) return 0;
  if (evidence >= WEAK || (evidence > 0 && side)) return evidence;
  return WHOLE_NAME_PARTS.has(part) || headerEvidence(name, 'description') >= evidence ? 0 : evidence;
};

/** Known currencies, or texts as short as codes. */
const mayHoldCurrencies = (p: ColumnProfile): boolean =>
  p.filled > 0 && (holdsCurrencies(p) || (p.averageLength <= LONGEST_CODE && !isMoney(p)));

/** A word or two again and again, as the currency of an account is. */
const isFewWords = (p: ColumnProfile): boolean =>
  p.values.length > 0 && p.distinct <= FEW_WORDS && p.texts === p.filled;

/**
 * Gives parts to the columns whose names say them, the surest first; a column plays one part. What a ledger has
 * (ledger accounts, entries) is looked for only in a table that reads as one.
 */
export const chooseByHeader = (plan: ColumnPlan, header: readonly string[], ledger: boolean | null): void => {
  const { profiles, taken } = plan;
  plan.ledger = ledger ?? readsAsLedger(plan, header);
  const claims: { part: HeaderPart; column: number; evidence: number; weight: number }[] = [];
  for (const part of PARTS) {
    const kept = plan.ledger ? part !== 'account' : !LEDGER_PARTS.has(part);
    for (const [column, name] of header.entries()) {
      const profile = profiles[column];
      if (!profile || !fits(part, profile, true)) continue;
      const evidence = partEvidence(name, part);
      if (
        evidence === 0 ||
        (part === 'currency' && evidence < WEAK && !mayHoldCurrencies(profile) && !isFewWords(profile))
      )
        continue;
      const confidence = evidence * (0.5 + 0.5 * contentShare(part, profile));
      const reason = `named "${name.trim()}"; ${contentReason(part, profile)}`;
      plan.claims.push({ role: roleOf(part), column, confidence: rounded(confidence), reason });
      // An empty column still plays its part, but the fuller one of two goes first.
      const empty = EMPTY_COLUMN * (1 - share(profile.filled, profile.rows));
      const unknown = part === 'currency' && !mayHoldCurrencies(profile) ? UNKNOWN_CURRENCIES : 0;
      if (kept) claims.push({ part, column, evidence, weight: evidence - empty - unknown });
    }
  }
  claims.sort((a, b) => b.weight - a.weight || a.column - b.column);
  const given = new Set<HeaderPart>();
  for (const { part, column, evidence } of claims) {
    if (given.has(part) || taken.has(column)) continue;
    given.add(part);
    const profile = profiles[column]!;
    const confidence = evidence * (0.5 + 0.5 * contentShare(part, profile));
    const reason = `named "${header[column]!.trim()}"; ${contentReason(part, profile)}`;
    const role = COLUMN_ROLES.find(known => known === part);
    if (role !== undefined) choose(plan, role, [column], confidence, reason);
    else {
      plan.parts[part] = { columns: [column], confidence: rounded(confidence), reason };
      taken.add(column);
    }
  }
  addAccountName(plan);
};

/** The name of a ledger account stands beside its number, or alone. */
const addAccountName = (plan: ColumnPlan): void => {
  const name = plan.parts.ledgerAccountName;
  if (name === undefined) return;
  const number = plan.choices.ledgerAccount;
  plan.choices.ledgerAccount =
    number === undefined
      ? name
      : {
          columns: [...number.columns, ...name.columns],
          confidence: number.confidence,
          reason: `${number.reason}; ${name.reason}`,
        };
};

/**
 * True for the postings of a ledger: a column that is plainly a ledger account beside entries or debits and credits, or
 * a column of accounts beside journal entries, or with names of accounts or sides that balance, and no bank's numbers.
 */
const readsAsLedger = (plan: ColumnPlan, header: readonly string[]): boolean => {
  const { profiles, rows } = plan;
  const best = (part: HeaderPart): { readonly column: number; readonly evidence: number } =>
    header.reduce(
      (found, name, column) => {
        const profile = profiles[column];
        const evidence = profile && fits(part, profile, true) && profile.filled > 0 ? headerEvidence(name, part) : 0;
        return evidence > found.evidence ? { column, evidence } : found;
      },
      { column: -1, evidence: 0 },
    );
  const account = best('ledgerAccount');
  if (account.evidence < WEAK) return false;
  const debit = best('debit');
  const credit = best('credit');
  const sides = debit.evidence >= USUAL && credit.evidence >= USUAL && debit.column !== credit.column;
  const entry = best('entry').evidence >= PLAIN;
  if (account.evidence >= PLAIN) return entry || sides || best('amount').evidence >= USUAL;
  const profile = profiles[account.column]!;
  // Numbers of bank accounts are longer than the codes of a chart of accounts, and are no words.
  const code = profile.ibans === 0 && profile.averageLength <= LONGEST_ACCOUNT_CODE;
  const words = profile.ibans === 0 && share(profile.texts, profile.filled) >= 0.5;
  if (!code && !words) return false;
  if (entry && (sides || code)) return true;
  const named = best('ledgerAccountName').evidence >= PLAIN;
  return sides && profile.distinct >= 2 && ((named && code) || sidesBalance(rows, debit.column, credit.column));
};
