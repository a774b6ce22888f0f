import { share } from './csv-column-fit.ts';
import { type ColumnChoice, type ColumnPlan, release } from './csv-column-plan.ts';
import { headerEvidence, normalizeHeader } from './csv-header-lexicon.ts';

/** Names for an account number that do not say whose. */
const ANY_ACCOUNT =
  /^(?:kontonummer|konto|iban|account number|account no|account|kontonr|cuenta|compte|conto|tilinumero|numer konta|numer rachunku|cislo uctu|rekeningnummer|numero de compte|numero de cuenta|numero conto|szamlaszam)$/;
/** What stands right behind a counterparty's account: its bank. */
const BANK_CODE = /^(?:blz|bankleitzahl|bic|swift|bic swift|bank code|bankcode|sort code|kod banku|kod banky)\b/;
/** Names of a party that do not say which. */
const ANY_NAME = /^(?:name|naam|nom|nombre|nome|navn|namn|nimi|nazwa|nazev|nazov|nev)$/;

/** Settles whose account and whose name the columns hold: the account's own, the other party's, payer's and payee's. */
export const settleParties = (plan: ColumnPlan): void => {
  settleParts(plan);
  settleNames(plan);
  settleAccount(plan);
};

/** Amounts in both directions: the other party is the payer of what comes in, and the payee of what goes out. */
const bothDirections = ({ choices, profiles }: ColumnPlan): boolean => {
  const amount = choices.amount && profiles[choices.amount.columns[0]!];
  if (choices.debit && choices.credit) return true;
  return amount !== undefined && (choices.indicator !== undefined || amount.negatives > 0);
};

const both = (payer: ColumnChoice, payee: ColumnChoice): ColumnChoice => ({
  columns: [...payer.columns, ...payee.columns],
  confidence: Math.min(payer.confidence, payee.confidence),
  reason: `${payer.reason} (of what comes in); ${payee.reason} (of what goes out)`,
});

const settleParts = (plan: ColumnPlan): void => {
  const { parts, choices, profiles } = plan;
  const directed = bothDirections(plan);
  const filled = (choice: ColumnChoice | undefined): boolean =>
    choice !== undefined && profiles[choice.columns[0]!]!.filled > 0;
  const { payer, payee, payerAccount, payeeAccount } = parts;
  if (!filled(choices.counterparty)) {
    const party = payer && payee && directed ? both(payer, payee) : (payee ?? payer);
    if (party) choices.counterparty = party;
  }
  if (payerAccount && payeeAccount && !directed) {
    // A list of transfers: each belongs to the account it leaves.
    choices.account ??= payerAccount;
    if (!filled(choices.counterpartyAccount)) choices.counterpartyAccount = payeeAccount;
  } else if (!filled(choices.counterpartyAccount)) {
    const account = payerAccount && payeeAccount ? both(payerAccount, payeeAccount) : (payeeAccount ?? payerAccount);
    if (account) choices.counterpartyAccount = account;
  }
};

/** A column that only says "counterparty" beside one of names is the counterparty's account. */
const settleNames = (plan: ColumnPlan): void => {
  const { header, choices, profiles, taken } = plan;
  const { counterparty } = choices;
  if (header === null || counterparty === undefined || counterparty.columns.length > 1) return;
  const column = counterparty.columns[0]!;
  const profile = profiles[column]!;
  if (choices.counterpartyAccount || headerEvidence(header[column]!, 'counterpartyAccount') === 0) return;
  const name = header.findIndex(
    (text, other) => other !== column && !taken.has(other) && ANY_NAME.test(normalizeHeader(text)),
  );
  if (name < 0 || profiles[name]!.filled === 0 || share(profile.texts, profile.filled) > 0.5) return;
  release(plan, 'counterparty');
  choices.counterpartyAccount = {
    ...counterparty,
    confidence: 0.7,
    reason: `${counterparty.reason}; the name stands in "${header[name]!.trim()}"`,
  };
  choices.counterparty = { columns: [name], confidence: 0.8, reason: `named "${header[name]!.trim()}"` };
  taken.add(column);
  taken.add(name);
};

/** An account number beside a counterparty is the counterparty's where its place says so or rows leave it empty. */
const settleAccount = (plan: ColumnPlan): void => {
  const { header, choices, profiles } = plan;
  const { account, counterparty } = choices;
  const other = choices.counterpartyAccount;
  if (header === null || !account || !counterparty) return;
  if (other?.columns.some(column => profiles[column]!.filled > 0)) return;
  const column = account.columns[0]!;
  if (!ANY_ACCOUNT.test(normalizeHeader(header[column]!))) return;
  const profile = profiles[column]!;
  const reasons = [
    ...(counterparty.columns.includes(column - 1) ? ["stands right after the counterparty's name"] : []),
    ...(BANK_CODE.test(normalizeHeader(header[column + 1] ?? '')) ? ['a bank code follows it'] : []),
    ...(profile.rows >= 2 && profile.filled < profile.rows ? ['is not filled in every row'] : []),
  ];
  if (reasons.length === 0) return;
  choices.counterpartyAccount = {
    ...account,
    confidence: 0.7,
    reason: `${account.reason}; ${reasons.join(', ')}`,
  };
  delete choices.account;
};
