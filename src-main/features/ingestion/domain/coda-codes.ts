/** Transaction families of CODA (standard 2.6, enclosure II). */
const FAMILIES: Readonly<Record<string, string>> = {
  '01': 'SEPA credit transfer',
  '02': 'Instant SEPA credit transfer',
  '03': 'Cheque',
  '04': 'Card',
  '05': 'Direct debit',
  '07': 'Domestic commercial paper',
  '09': 'Counter transaction',
  '11': 'Securities',
  '13': 'Credit',
  '30': 'Various transactions',
  '35': 'Closing',
  '41': 'International credit transfer',
  '43': 'Foreign cheque',
  '47': 'Foreign commercial paper',
  '80': 'Separately charged costs',
};

const TRANSFERS: Readonly<Record<string, string>> = {
  '01': 'individual order',
  '02': 'initiated by the bank',
  '03': 'standing order',
  '05': 'wages',
  '07': 'collective order',
  '13': 'from your account',
  '17': 'financial centralisation',
  '50': 'in your favour',
  '51': 'in your favour, initiated by the bank',
  '52': 'payment in your favour',
  '54': 'unexecutable order',
  '64': 'to your account',
  '66': 'financial centralisation',
};

/** Transactions of the common families; codes that all families share stand apart. */
const OPERATIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '01': TRANSFERS,
  '02': TRANSFERS,
  '03': { '01': 'payment of your cheque', '52': 'first credit', '58': 'credit after collection', '62': 'reversal' },
  '04': {
    '02': 'payment in the euro area',
    '03': 'settlement of credit cards',
    '04': 'cash withdrawal',
    '06': 'tank card',
    '08': 'payment outside the euro area',
    '50': 'credit after a payment at a terminal',
    '53': 'cash deposit',
  },
  '05': {
    '01': 'payment',
    '03': 'unpaid debt',
    '05': 'reimbursement',
    '50': 'credit after collection',
    '52': 'credit under usual reserve',
    '54': 'reimbursement',
    '58': 'reversal',
  },
  '09': { '01': 'cash withdrawal', '50': 'cash payment', '52': 'night safe' },
  '13': {
    '01': 'short-term loan',
    '02': 'long-term loan',
    '05': 'settlement of fixed advance',
    '07': 'repayment of instalment',
    '11': 'repayment of mortgage loan',
    '62': 'term loan',
  },
  '35': { '01': 'debit', '50': 'credit' },
  '41': TRANSFERS,
};

const SHARED_OPERATIONS: Readonly<Record<string, string>> = {
  '37': 'costs',
  '49': 'cancellation or correction',
  '87': 'reimbursement of costs',
  '99': 'cancellation or correction',
};

/** An eight-digit transaction code in words: `01-50 SEPA credit transfer: in your favour`; codes without a name stay codes. */
export const codaTransactionName = (code: string): string => {
  const family = code.slice(1, 3);
  const operation = code.slice(3, 5);
  const name = FAMILIES[family];
  const detail = OPERATIONS[family]?.[operation] ?? SHARED_OPERATIONS[operation];
  return `${family}-${operation}${name === undefined ? '' : ` ${name}${detail === undefined ? '' : `: ${detail}`}`}`;
};

/** Types of R-transaction (record 2.2, position 113). */
const R_TRANSACTIONS: Readonly<Record<string, string>> = {
  '1': 'reject',
  '2': 'return',
  '3': 'refund',
  '4': 'reversal',
  '5': 'cancellation',
};

/** `return AC04` of an R-transaction's type and ISO reason; '' where the record is none. */
export const codaReturnName = (type: string, reason: string): string => {
  const name = R_TRANSACTIONS[type];
  return name === undefined ? '' : `${name} ${reason}`.trim();
};
