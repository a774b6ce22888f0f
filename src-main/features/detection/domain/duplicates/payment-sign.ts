import type { ParameterSpec } from '../forensic-test.ts';
import type { TransactionTable } from '../transaction-table.ts';

/** Which amounts of a table are payments. */
export const PAYMENT_SIGN: ParameterSpec = {
  name: 'sign',
  kind: 'choice',
  default: 'auto',
  choices: ['auto', 'signed', 'negative', 'positive'],
  meaning:
    'which amounts are payments; signed: the negative ones, or all where none is negative; auto: signed where rows have an account, else the sign of most amounts',
};

export interface PaymentSign {
  /** Units times it are positive for payments. */
  readonly sign: 1 | -1;
  /** How it was told, for the limits of a result; null where it was stated. */
  readonly told: string | null;
}

/**
 * The sign of payments. Rows of accounts are signed from the holder's side (money out negative), as flow tests read them and as
 * an examination asks for; one that has no negative amount at all is a list of payments. Elsewhere a list of payments with a few
 * credits and a list of receipts with a few payments look alike: the majority is taken and said.
 */
export const paymentSign = (table: TransactionTable, amounts: Float64Array, asked: string): PaymentSign => {
  if (asked === 'negative' || asked === 'positive') return { sign: asked === 'negative' ? -1 : 1, told: null };
  let positive = 0;
  let negative = 0;
  for (const units of amounts)
    if (units > 0) positive++;
    else if (units < 0) negative++;
  if (negative === 0) return { sign: 1, told: 'No amount is negative: all are taken for payments.' };
  if (asked === 'signed' || table.account !== null)
    return {
      sign: -1,
      told: 'Payments are the negative amounts, as on a statement: money out. In a list of payments with credits they are not: state sign.',
    };
  const sign = positive > negative ? 1 : -1;
  return {
    sign,
    told: `Payments are the ${sign === 1 ? 'positive' : 'negative'} amounts, for most are: nothing in the table says which they are. If they are not, state sign.`,
  };
};
