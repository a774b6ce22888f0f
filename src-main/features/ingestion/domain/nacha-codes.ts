/** What the two digits of a transaction code say of an entry (Nacha Operating Rules, appendix three). */
export interface NachaTransactionCode {
  readonly sign: 1 | -1;
  /** `checking debit`, `savings credit prenote`, … */
  readonly name: string;
}

const ACCOUNTS: Readonly<Record<string, string>> = {
  '2': 'checking',
  '3': 'savings',
  '4': 'general ledger',
  '5': 'loan',
};

/** Second digit: sign and kind; 1 and 6 are returns and notifications. 0 and 5 are unused but for the loan's debit (55). */
const KINDS: Readonly<Record<string, readonly [1 | -1, string]>> = {
  '1': [1, 'credit'],
  '2': [1, 'credit'],
  '3': [1, 'credit prenote'],
  '4': [1, 'zero-dollar credit'],
  '6': [-1, 'debit'],
  '7': [-1, 'debit'],
  '8': [-1, 'debit prenote'],
  '9': [-1, 'zero-dollar debit'],
};

/** Automated accounting advices (ADV). */
const ADVICES: Readonly<Record<string, readonly [1 | -1, string]>> = {
  '81': [1, 'credit for debits originated'],
  '82': [-1, 'debit for credits originated'],
  '83': [1, 'credit for credits received'],
  '84': [-1, 'debit for debits received'],
  '85': [1, 'credit for credits in rejected batches'],
  '86': [-1, 'debit for debits in rejected batches'],
  '87': [1, 'summary credit'],
  '88': [-1, 'summary debit'],
};

/** Sign and name of a transaction code; null for one that the rules do not have. */
export const nachaTransactionCode = (code: string): NachaTransactionCode | null => {
  const advice = ADVICES[code];
  if (advice !== undefined) return { sign: advice[0], name: advice[1] };
  if (code === '55') return { sign: -1, name: 'loan debit (reversal)' };
  if (/^5[789]$/.test(code)) return null;
  const account = ACCOUNTS[code.slice(0, 1)];
  const kind = KINDS[code.slice(1)];
  return account === undefined || kind === undefined ? null : { sign: kind[0], name: `${account} ${kind[1]}` };
};

/** Reasons of returns and changes that are met often; the others stay as their code. */
const REASONS: Readonly<Record<string, string>> = {
  R01: 'insufficient funds',
  R02: 'account closed',
  R03: 'no account or unable to locate account',
  R04: 'invalid account number',
  R05: 'unauthorized debit to consumer account',
  R06: 'returned at the ODFI’s request',
  R07: 'authorization revoked',
  R08: 'payment stopped',
  R09: 'uncollected funds',
  R10: 'customer advises not authorized',
  R11: 'not in accordance with the authorization',
  R12: 'account sold to another institution',
  R13: 'invalid routing number',
  R14: 'representative payee deceased',
  R15: 'beneficiary or account holder deceased',
  R16: 'account frozen',
  R17: 'file record edit criteria',
  R20: 'non-transaction account',
  R21: 'invalid company identification',
  R22: 'invalid individual identification',
  R23: 'credit refused by receiver',
  R24: 'duplicate entry',
  R29: 'corporate customer advises not authorized',
  R31: 'permissible return entry',
  R61: 'misrouted return',
  R67: 'duplicate return',
  R68: 'untimely return',
  R69: 'field errors',
  R70: 'permissible return entry not accepted',
  C01: 'incorrect account number',
  C02: 'incorrect routing number',
  C03: 'incorrect routing and account number',
  C04: 'incorrect name',
  C05: 'incorrect transaction code',
  C06: 'incorrect account number and transaction code',
  C07: 'incorrect routing number, account number and transaction code',
  C08: 'incorrect receiving institution (IAT)',
  C09: 'incorrect individual identification',
  C13: 'addenda format error',
  C14: 'incorrect SEC code for outbound international payment',
};

/** `R03 no account or unable to locate account`. */
export const nachaReason = (code: string): string => {
  const reason = REASONS[code];
  return reason === undefined ? code : `${code} ${reason}`;
};

/** Whether the rules have a reason for a return (R01–R47, R50–R53, R61–R77, R80–R85) or a change (C01–C14, C61–C69). */
export const isNachaReason = (code: string): boolean =>
  /^(?:R(?:0[1-9]|[1-3]\d|4[0-7]|5[0-3]|6[1-9]|7[0-7]|8[0-5])|C(?:0[1-9]|1[0-4]|6[1-9]))$/.test(code);
