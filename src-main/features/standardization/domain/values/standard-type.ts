/** Kinds of transactions that are told apart whatever the bank calls them. */
export const STANDARD_TYPES = [
  'transfer',
  'direct-debit',
  'standing-order',
  'card',
  'cash',
  'cheque',
  'fee',
  'interest',
  'dividend',
  'tax',
  'salary',
  'refund',
  'reversal',
  'foreign-exchange',
  'securities',
  'loan',
  'opening',
  'other',
] as const;
export type StandardType = (typeof STANDARD_TYPES)[number];

/** Codes: OFX 2.3 TRNTYPE, SWIFT MT940 field 61 subfield 6, ISO 20022 bank transaction code families. */
const CODES: Readonly<Record<string, StandardType>> = {
  XFER: 'transfer',
  PAYMENT: 'transfer',
  DIRECTDEP: 'transfer',
  DIRECTDEBIT: 'direct-debit',
  REPEATPMT: 'standing-order',
  POS: 'card',
  ATM: 'cash',
  CASH: 'cash',
  CHECK: 'cheque',
  FEE: 'fee',
  SRVCHG: 'fee',
  INT: 'interest',
  DIV: 'dividend',
  NTRF: 'transfer',
  TRF: 'transfer',
  NDDT: 'direct-debit',
  DDT: 'direct-debit',
  NSTO: 'standing-order',
  STO: 'standing-order',
  NCHK: 'cheque',
  CHK: 'cheque',
  NCHG: 'fee',
  CHG: 'fee',
  NINT: 'interest',
  NDIV: 'dividend',
  NTCK: 'cheque',
  NSEC: 'securities',
  SEC: 'securities',
  NFEX: 'foreign-exchange',
  FEX: 'foreign-exchange',
  NRTI: 'reversal',
  RTI: 'reversal',
  NLDP: 'loan',
  LDP: 'loan',
  NCOM: 'fee',
  COM: 'fee',
  NBRF: 'fee',
  BRF: 'fee',
  RCDT: 'transfer',
  ICDT: 'transfer',
  RDDT: 'direct-debit',
  IDDT: 'direct-debit',
  RCHQ: 'cheque',
  ICHQ: 'cheque',
  CCRD: 'card',
  MCRD: 'card',
  CNTR: 'cash',
  RRCT: 'transfer',
  IRCT: 'transfer',
  VD: 'direct-debit',
  BG: 'transfer',
  DD: 'direct-debit',
  SO: 'standing-order',
  BP: 'transfer',
  BGC: 'transfer',
  TFR: 'transfer',
  CPT: 'cash',
  DEB: 'card',
  FPO: 'transfer',
  FPI: 'transfer',
  CHQ: 'cheque',
  SAL: 'salary',
  CSH: 'cash',
  CR: 'other',
  DR: 'other',
};

/** Words in the languages of the banks whose files are read, without diacritics. The first that occurs decides: the special before the general. */
const WORDS: readonly (readonly [pattern: RegExp, type: StandardType])[] = [
  [/\b(revers\w*|storno|ruckbuchung|ruckbuchung|returned|retour|chargeback|extourne|storniert)\b/, 'reversal'],
  [/\b(refund\w*|erstattung|gutschrift retoure|remboursement|reembolso|rimborso|terugbetaling)\b/, 'refund'],
  [
    /\b(direct debit|lastschrift|prelevement|domiciliacion|domiciliation|adeudo|addebito|incasso|autogiro|debito direto|debit order|inkasso)\b/,
    'direct-debit',
  ],
  [
    /\b(standing order|dauerauftrag|virement permanent|orden permanente|repeat payment|periodieke overboeking)\b/,
    'standing-order',
  ],
  [/\b(interest|zinsen|interets?|intereses|interessi|rente|ranta|juros)\b/, 'interest'],
  [/\b(dividend\w*|dividende|cedola)\b/, 'dividend'],
  [
    /\b(fees?|charges?|gebuhr\w*|entgelt\w*|frais|commissions?|comision(?:es)?|spese|commissioni|kosten|tarifa|avgift|gebyr|service charge)\b/,
    'fee',
  ],
  [
    /\b(atm|cash|bargeld\w*|barauszahlung|bareinzahlung|retrait|efectivo|prelievo|geldautomaat|bancomat|withdrawal|kontant)\b/,
    'cash',
  ],
  [
    /\b(card|pos|kartenzahlung|kreditkarte|carte|tarjeta|carta|betaalautomaat|girocard|visa|mastercard|maestro|debit card|contactless|kortkop)\b/,
    'card',
  ],
  [/\b(cheque|check|scheck|cheque|assegno|talon)\b/, 'cheque'],
  [/\b(salary|wages?|payroll|gehalt|lohn|salaire|nomina|stipendio|salaris|lon)\b/, 'salary'],
  [/\b(tax|steuer\w*|impots?|impuestos?|imposte|belasting|skatt|vat|tva|iva|mwst)\b/, 'tax'],
  [/\b(foreign exchange|fx|currency exchange|devisen\w*|change|divisas)\b/, 'foreign-exchange'],
  [/\b(loan|darlehen|kredit|pret|prestamo|mutuo|hypothek|mortgage|lening|hypotheek)\b/, 'loan'],
  [/\b(securities|wertpapier\w*|trade|buy|sell|titres|valores)\b/, 'securities'],
  [/\b(opening balance|balance brought forward|saldovortrag|solde initial|saldo inicial)\b/, 'opening'],
  [
    /\b(transfer\w*|uberweisung\w*|virement|transferencia|bonifico|overboeking|overforing|overforing|sepa|payment|zahlung|gutschrift|faster payments?|wire|ach|giro|przelew|atutalas|utalas|platba)\b/,
    'transfer',
  ],
];

/**
 * What a bank calls a transaction, as one of STANDARD_TYPES; null where the words say nothing of it. Codes are compared
 * whole, words anywhere in the text. `+` and other parts of a code (ISO 20022 `PMNT/RCDT/ESCT`) are looked at in turn.
 */
export const standardType = (written: string): StandardType | null => {
  const text = written.normalize('NFKC').trim();
  if (text === '') return null;
  for (const part of text.toUpperCase().split(/[\s/+:;,.\-_]+/)) {
    const type = CODES[part];
    if (type !== undefined) return type;
  }
  const lower = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  for (const [pattern, type] of WORDS) if (pattern.test(lower)) return type;
  return (STANDARD_TYPES as readonly string[]).includes(lower) ? (lower as StandardType) : null;
};
