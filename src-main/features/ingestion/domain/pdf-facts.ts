import { civilDay } from '../../../kernel/civil-date.ts';
import { currencyOf, isKnownCurrency } from './csv-currency.ts';
import type { DateOrder } from './csv-date.ts';
import { monthNamed } from './csv-month-names.ts';
import { dateAt, dayOf, type PdfDate, type StatementPeriod } from './pdf-date.ts';
import { namesCard } from './pdf-labels.ts';
import type { PdfLine, PdfWord } from './pdf-lines.ts';

const ACCOUNT =
  /(?:account\s*(?:number|no\.?|nr\.?|#)|acct\.?\s*(?:no\.?|#)|a\/c\s*(?:no\.?)?|card\s*(?:number|no\.?)|konto(?:nummer|[-\s]?nr\.?)|karten(?:nummer|[-\s]?nr\.?)|n(?:[uú]m[ée]ro|°|º|o\.?)\s*(?:de\s*)?(?:compte|carte|cuenta|tarjeta|conta|cart[aã]o)|compte\s*(?:n°|no\.?|num[ée]ro)|cuenta\s*(?:n[°º]|no\.?|num\.?|n[uú]mero)|conta(?:\s*corrente)?\s*(?:n[°º]|n[uú]mero)?|conto\s*(?:corrente)?\s*(?:n[°.]|numero)|rekening(?:nummer)?|c\/c\s*n?[°.]?)\s*[:.#]?\s*([0-9X*•x][0-9X*•x./ -]{3,33})/iu;
const IBAN = /\b([A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?)\b/;
const OWNER =
  /^(?:account (?:holder|name|owner)|cardholder|card ?member|kontoinhaber(?:in)?|karteninhaber(?:in)?|titulaire(?: du compte)?|titular(?: de la cuenta)?|tarjetahabiente|nome do titular|cliente|intestatario|rekeninghouder|name)\s*:?\s*(.*)$/iu;
const NUMBER =
  /(?:statement|konto)?(?:auszugs?)?\s?(?:statement (?:number|no\.?|#)|auszug(?:s?nummer|s?-?nr\.?| nr\.?)?|relev[ée] (?:n°|no\.?)|extracto (?:n[°º]|no\.?)|afschrift(?:nummer)?)\s*[:.]?\s*(\d{1,6}(?:\s?\/\s?\d{1,4})?)\b/iu;
const CURRENCY =
  /(?:currency|w[äa]hrung|devise|divisa|moneda|moeda|valuta)\s*[:.]?\s*\(?([A-Z]{3}|€|£|[A-Z]{0,2}\$)(?![A-Za-z])/iu;
const IN_CURRENCY =
  /(?:\(|\bin |\ben |\bem )(€|£|R\$|EUR|GBP|USD|CHF|MXN|BRL|CAD|AUD|SEK|NOK|DKK|PLN|CZK|INR|ZAR|SGD|HKD|NZD|JPY)\)?(?![A-Za-z])/;
/** True for an IBAN whose check digits agree (ISO 13616, ISO 7064 MOD 97-10). */
const isIban = (text: string): boolean => {
  const plain = text.replaceAll(' ', '');
  if (plain.length < 15 || plain.length > 34) return false;
  let rest = 0;
  for (const letter of plain.slice(4) + plain.slice(0, 4)) {
    const value = Number.parseInt(letter, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
};

/** The account a line names; null where it names none. */
export const accountIn = (text: string): string | null => {
  const plain = text.replaceAll('\t', ' ');
  for (let rest = plain, iban = IBAN.exec(rest); iban !== null; iban = IBAN.exec(rest)) {
    // What follows the IBAN may look like a part of it: drop words from its end until the check digits agree.
    for (let words = iban[1]!.split(' '); words.length > 0; words = words.slice(0, -1))
      if (isIban(words.join(''))) return words.join('');
    rest = rest.slice(iban.index + 4);
  }
  const account = ACCOUNT.exec(plain)?.[1]
    ?.trim()
    .replace(/[\s./-]+$/, '');
  return account !== undefined && /\d{3}/.test(account) ? account.replace(/\s+/g, ' ') : null;
};

export interface PdfStatementFacts {
  readonly account: string | null;
  readonly owner: string | null;
  readonly number: string | null;
  readonly currency: string | null;
  readonly isCard: boolean;
}

const ownerIn = (lines: readonly PdfLine[]): string | null => {
  for (const [index, line] of lines.entries()) {
    const match = OWNER.exec(line.text.replaceAll('\t', ' ').trim());
    if (match === null) continue;
    const own = match[1]!.trim();
    if (/^\p{L}[\p{L}.'’ -]{3,60}$/u.test(own)) return own;
    const below = lines[index + 1];
    if (!/^[\d\s*X-]*$/.test(own) || below === undefined || below.page !== line.page) continue;
    const name = below.text.replaceAll('\t', ' ').trim();
    if (/^\p{L}[\p{L}.'’ -]{4,60}$/u.test(name)) return name;
  }
  return null;
};

const currencyIn = (lines: readonly PdfLine[]): string | null => {
  for (const pattern of [CURRENCY, IN_CURRENCY])
    for (const line of lines) {
      const found = pattern.exec(line.text)?.[1];
      const code = found === undefined ? null : currencyOf(found);
      if (code !== null && isKnownCurrency(code)) return code;
    }
  const signs = new Map<string, number>();
  for (const line of lines)
    for (const match of line.text.matchAll(
      /(€|£|R\$|₹|₺|zł|Kč)|(?<![A-Z])(EUR|GBP|CHF|USD|MXN|BRL|SEK|NOK|DKK|PLN)(?![A-Z])/g,
    )) {
      const code = currencyOf(match[0]);
      if (code !== null) signs.set(code, (signs.get(code) ?? 0) + 1);
    }
  // A code or sign that stands alone in the whole document; several are amounts of other currencies.
  return signs.size === 1 ? [...signs.keys()][0]! : null;
};

/** What the text beside the transactions says of the statement. */
export const factsOf = (lines: readonly PdfLine[]): PdfStatementFacts => {
  let account: string | null = null;
  let number: string | null = null;
  for (const line of lines) {
    account ??= accountIn(line.text);
    number ??= NUMBER.exec(line.text.replaceAll('\t', ' '))?.[1]?.replaceAll(' ', '') ?? null;
    if (account !== null && number !== null) break;
  }
  return {
    account,
    owner: ownerIn(lines),
    number,
    currency: currencyIn(lines),
    isCard: lines.some(line => namesCard(line.text)),
  };
};

interface FoundDate {
  readonly date: PdfDate;
  /** Text between the date before and this one. */
  readonly between: string;
}

const foundIn = (words: readonly PdfWord[]): FoundDate[] => {
  const found: FoundDate[] = [];
  const plain = words.flatMap(word => splitClosedUp(word));
  let between: string[] = [];
  for (let i = 0; i < plain.length; ) {
    const date = dateAt(plain, i);
    if (date === null) between.push(plain[i]!.text);
    else {
      found.push({ date, between: between.join(' ') });
      between = [];
    }
    i += date?.words ?? 1;
  }
  return found;
};

/** Dates anywhere in a line. */
export const datesIn = (words: readonly PdfWord[]): PdfDate[] => foundIn(words).map(({ date }) => date);

/** `al8`, `01.03.2024-31.03.2024`, `(01/02/2024)` as the words they are. */
const splitClosedUp = (word: PdfWord): PdfWord[] =>
  word.text
    .replace(/^(al|del|de|au|du|bis|to)(?=\d)/i, '$1 ')
    .replace(/(\d{4})[-–—](?=\d{1,2}[./-])/g, '$1 – ')
    .replace(/[()]/g, ' ')
    .trim()
    .split(' ')
    .map(text => ({ ...word, text }));

/** What stands between the ends of a period. */
const CONNECTOR =
  /^(?:[-–—/|]|to|through|thru|until|and|bis(?: zum)?|au|à|al|a|até|hasta(?: el)?|t\/m|tot(?: en met)?|til|do|e|y|und|et)$/iu;

/** A period of two dates in one line; the first may leave the year to the second. */
const periodIn = (line: PdfLine, order: DateOrder): StatementPeriod | null => {
  const dates = foundIn(line.words);
  for (let i = 0; i + 1 < dates.length; i++) {
    const { date: first } = dates[i]!;
    const { date: second, between } = dates[i + 1]!;
    if (!second.hasYear || !CONNECTOR.test(between)) continue;
    const to = dayOf(second, order, null);
    if (to === null) continue;
    const from = first.hasYear ? dayOf(first, order, null) : dayOf(first, order, { from: to - 40, to });
    if (from !== null && from <= to && to - from <= 400) return { from, to };
  }
  return null;
};

const MONTH_YEAR = /^(\p{L}{3,12})\.?[\s/.-]*(\d{4})$/u;

/**
 * The period of the statement: two dates in one line; else the latest of the full dates; else a month with its year.
 * `lines` leave the transactions out.
 */
export const periodOf = (lines: readonly PdfLine[], order: DateOrder): StatementPeriod | null => {
  for (const line of lines) {
    const period = periodIn(line, order);
    if (period !== null) return period;
  }
  let latest: StatementPeriod | null = null;
  for (const line of lines.slice(0, 60))
    for (const date of datesIn(line.words)) {
      const day = date.hasYear ? dayOf(date, order, null) : null;
      if (day !== null && (latest === null || day > latest.to)) latest = { from: null, to: day };
    }
  if (latest !== null) return latest;
  for (const line of lines.slice(0, 60))
    for (let i = 0; i + 1 < line.words.length; i++) {
      const match = MONTH_YEAR.exec(`${line.words[i]!.text} ${line.words[i + 1]!.text}`);
      const month = match === null ? 0 : monthNamed(match[1]!);
      if (month === 0) continue;
      const year = Number(match![2]);
      const from = civilDay(year, month, 1);
      const next = month === 12 ? civilDay(year + 1, 1, 1) : civilDay(year, month + 1, 1);
      if (from !== null && next !== null) return { from, to: next - 1 };
    }
  return null;
};
