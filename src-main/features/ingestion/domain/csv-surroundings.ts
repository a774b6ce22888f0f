import { peelAmount } from './csv-amount.ts';
import { looksLikeAmount } from './csv-column-profile.ts';
import { currencyOf, isKnownCurrency } from './csv-currency.ts';

const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/;
const ACCOUNT =
  /(?:account|acct|konto|kontonr|kontonummer|compte|cuenta|conto|conta|rekening|tili|tilinumero|rachun\p{L}*|ucet|účt\p{L}*|szamla\p{L}*|számla\p{L}*|счет\p{L}*|счёт\p{L}*|hesap\p{L}*)[^:;,]*[:;,\s]+["=_]*((?:[A-Z]{2,4})?\d[\dA-Z /.-]{3,32}[\dA-Z])/iu;
const OWNER =
  /^(?:account holder|account owner|holder|account name|customer name|customer|name|kontoinhaber|inhaber|kunde|titulaire|titulaire du compte|titular|titular de la cuenta|intestatario|intestazione|intestato a|rekeninghouder|naam rekeninghouder|tilinomistaja|kontohavare|kontohaver|kontohaver navn|właściciel|posiadacz rachunku|wlasciciel|majitel účtu|název účtu|számlatulajdonos|владелец|hesap sahibi|cliente)\s*:?$/iu;
const CURRENCY =
  /^(?:currency|account currency|währung|waehrung|kontowährung|devise|divisa|moneda|valuta|waluta|měna|mena|měna účtu|devizanem|munt|ccy|moeda|валюта|para birimi|döviz cinsi|valuutta)\b/iu;

type Lines = readonly (readonly string[])[];

/** An account number that a line beside the transactions states: an IBAN, or one behind a word for it. */
export const accountIn = (lines: Lines): string | null => {
  for (const fields of lines) {
    const iban = IBAN.exec(fields.join(' '));
    if (iban && fields.length < 8) return iban[0].replaceAll(' ', '');
  }
  for (const fields of lines) {
    const labelled = ACCOUNT.exec(fields.filter(field => field !== '').join(';'));
    if (labelled) return labelled[1]!.trim();
  }
  return null;
};

/** The account holder's name that a line beside the transactions states. */
export const ownerIn = (lines: Lines): string | null => {
  for (const fields of lines) {
    const cells = fields.map(field => field.trim()).filter(field => field !== '');
    const value = cells[1];
    if (cells.length === 2 && OWNER.test(cells[0]!) && value !== undefined && /\p{L}{2}/u.test(value)) return value;
  }
  return null;
};

/** The currency that a line beside the transactions states, or the only one its amounts carry. */
const currencyIn = (lines: Lines): string | null => {
  const carried = new Set<string>();
  for (const fields of lines)
    for (const [index, field] of fields.entries()) {
      const text = field.trim();
      if (CURRENCY.test(text)) {
        const value = /([A-Z]{3})\s*$/.exec(text)?.[1] ?? fields[index + 1]?.trim() ?? '';
        if (isKnownCurrency(value)) return value;
      }
      const sign = looksLikeAmount(text) ? (peelAmount(text)?.currency ?? '') : '';
      const code = currencyOf(sign);
      if (code !== null && isKnownCurrency(code)) carried.add(code);
    }
  const [only] = carried;
  return carried.size === 1 ? only! : null;
};

/**
 * The currency of the amounts where no column states it: in the header of their column, as the only sign they carry, or
 * in a line above the table. `mixed`: they carry different ones from row to row. `shared`: the one sign they carry
 * where it is that of several currencies (`$`); then the currency is not known.
 */
export const currencyAround = (
  names: readonly string[] | null,
  amountColumns: readonly number[],
  rows: Lines,
  preamble: Lines,
): { readonly currency: string | null; readonly mixed: boolean; readonly shared: string | null } => {
  for (const column of amountColumns) {
    const name = names?.[column] ?? '';
    const code = [...name.matchAll(/(?:^|[^A-Za-z])([A-Z]{3})(?=[^A-Za-z]|$)/g)]
      .map(match => match[1]!)
      .find(isKnownCurrency);
    if (code !== undefined) return { currency: code, mixed: false, shared: null };
    const sign = /[€£₹₽₺]/.exec(name)?.[0];
    if (sign !== undefined) return { currency: currencyOf(sign), mixed: false, shared: null };
  }
  const signs = new Set<string>();
  for (const fields of rows)
    for (const column of amountColumns) {
      const text = fields[column] ?? '';
      const sign = looksLikeAmount(text) ? peelAmount(text)?.currency : '';
      if (sign) signs.add(sign);
    }
  const [only] = signs;
  if (only === undefined) return { currency: currencyIn(preamble), mixed: false, shared: null };
  const currency = signs.size === 1 ? currencyOf(only) : null;
  return { currency, mixed: signs.size > 1, shared: signs.size === 1 && currency === null ? only : null };
};
