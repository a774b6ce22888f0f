import { normalizeHeader } from './csv-header-lexicon.ts';
import { type LineLabel, leadingLabel } from './csv-line-labels.ts';

/** What a line beside the transactions states. `carried` is a balance or sum at the turn of a page. */
export type PdfLabel = LineLabel | 'carried';

/** Lines at the turn of a page, besides those the lexicon of balance lines has, in en de fr es it pt nl. */
const CARRIED =
  /^(?:(?:balance )?(?:carried|brought) (?:forward|down|over)|balance (?:b f|c f|b fwd|c fwd|fwd|forward)|(?:saldo ?)?(?:ubertrag|uebertrag|vortrag)|ubertrag (?:auf|von)|zwischensaldo|a reporter|report|solde a reporter|total a reporter|suma y sigue|suma anterior|saldo (?:a|da) (?:reportar|riportare)|a (?:reportar|riportare|transportar)|riporto|transporte?|over te brengen|transport)(?: |$)/;
const TOTAL =
  /^(?:sub ?total|total|totals|totale|totaal|totaux|totales|summe|zwischensumme|gesamt\p{L}*|suma|somme|sous total|umsatz\p{L}* gesamt|subtotal)(?: |$)/u;
const OPENING =
  /^(?:(?:your )?(?:previous|opening|beginning|starting|last|old) (?:statement |account |ledger |available )?balance|balance (?:at|on|from) (?:start|beginning|previous|last)|start balance|balance last statement|saldo (?:anterior|inicial|previo|iniziale|precedente)|(?:alter|letzter) (?:konto)?(?:saldo|stand)|saldo (?:letzter|der letzten) |kontostand (?:am )?(?:alt|anfang)|solde (?:precedent|anterieur|initial|crediteur au|debiteur au)|ancien solde|adeudo del periodo anterior|saldo al corte anterior|saldo de liquidacion inicial|vorig saldo|saldo em |valor da fatura anterior|total da fatura anterior)(?: |$)/;
const CLOSING =
  /^(?:(?:your )?(?:new|closing|ending|end|final|current) (?:statement |account |ledger |available )?balance|balance (?:at|on) (?:end|close)|total (?:new )?balance|statement balance|saldo (?:final|actual|atual|finale|nuevo|al corte|deudor total|de liquidacion final)|neuer (?:konto)?(?:saldo|stand)|nouveau solde|solde (?:final|nouveau|en fin)|nieuw saldo|total (?:da|desta) fatura|nuevo saldo|saldo nuevo)(?: |$)/;

/** The label a line's text begins with; null for any other. */
export const pdfLabel = (text: string): PdfLabel | null => {
  const name = normalizeHeader(text.slice(0, 80));
  if (name === '') return null;
  if (CARRIED.test(name)) return 'carried';
  if (OPENING.test(name)) return 'opening';
  if (CLOSING.test(name)) return 'closing';
  if (TOTAL.test(name)) return 'turnover';
  const lead = leadingLabel(text);
  if (lead === null) return null;
  const rest = lead.rest.replace(/[\d.,:/'’()%*-]+/g, ' ').trim();
  // `Saldo` or `Balance` with other words behind is the text of something else.
  return lead.label === 'dated' && /\p{L}{3}\s+\p{L}{3}\s+\p{L}{3}/u.test(rest) ? null : lead.label;
};

const CREDIT_SECTION =
  /\b(?:deposits?|additions?|credits?|payments? (?:and other credits|received|to your account)|money in|paid in|gutschriften?|eingange|zahlungseingange|versements|virements recus|credit|depositos|abonos|ingresos|entradas|creditos|accrediti|entrate|bijschrijvingen|payments)\b/;
const DEBIT_SECTION =
  /\b(?:withdrawals?|subtractions?|debits?|checks?(?: paid)?|cheques?|fees?|charges?|purchases?|cash advances?|money out|paid out|interest charged|belastungen|lastschriften|ausgange|prelevements|retraits|achats|retiros|cargos|compras|saidas|debitos|addebiti|uscite|afschrijvingen|electronic payments|card payments|transactions)\b/;

/** What a heading says of the amounts below it: 1 money in, -1 money out, 0 nothing. */
export const sectionDirection = (text: string): -1 | 0 | 1 => {
  const name = normalizeHeader(text.replace(/\(\s*(?:continued|cont\.?|fortsetzung|suite)\s*\)/i, ''));
  if (name === '' || name.split(' ').length > 8 || /\d{3}/.test(name)) return 0;
  const credit = CREDIT_SECTION.exec(name);
  const debit = DEBIT_SECTION.exec(name);
  if (credit !== null && debit !== null) {
    // "Payments and other credits", "ATM and debit card withdrawals": the last word decides, payments are bills paid.
    if (/^(?:electronic|card|bill|other) payments?/.test(name)) return -1;
    return credit.index + credit[0].length > debit.index + debit[0].length ? 1 : -1;
  }
  return credit !== null ? 1 : debit !== null ? -1 : 0;
};

/** Words that only card accounts use. */
const CARD =
  /\b(?:credit limit|credit line|minimum payment|payment due date|available credit|card(?:holder| ?member)|credit card|kreditkarten?\w*|karteninhaber|kartenabrechnung|carte de credit|carte bancaire n|tarjeta(?:habiente)?(?: de credito)?|pago minimo|limite de credito|fecha limite de pago|cartao de credito|fatura|pagamento minimo|carta di credito|creditcard|american express|minimum amount due|mastercard account)\b/;

export const namesCard = (text: string): boolean => CARD.test(normalizeHeader(text));

/** Words of what brings money to a card account. */
const PAYMENT =
  /\b(?:payments?|thank you|gracias por su pago|su pago|pago|pagos|abono|devolucion|refund|reversal|zahlung|gutschrift|einzahlung|ausgleich|merci|paiement|remboursement|versement|pagamento|estorno|credito|accredito|betaling|cashback|bonificacion)\b/;

export const namesPayment = (text: string): boolean => PAYMENT.test(normalizeHeader(text));

/** What foreign amounts and rates below a transaction say. */
const FOREIGN =
  /^(?:[A-Z]{3}|us ?\$|d[oó]lar\S*|d[oó]lares|euros?|foreign|montant|orig\S*|moneda|importe en)\b.*\d|exchange rate|conversion|tipo de cambio|\btc ?:|wechselkurs|umrechnungskurs|\bkurs\b|cours|taux de change|\bcambio\b|koers|@ ?\d/iu;

/** True for a line that states the foreign amount or the rate of the transaction above it. */
export const namesForeignAmount = (text: string): boolean => FOREIGN.test(text);
