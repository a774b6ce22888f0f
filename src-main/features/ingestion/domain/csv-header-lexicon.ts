import { isKnownCurrency } from './csv-currency.ts';
import { COLUMN_ROLES, HEADER_NAMES, type HeaderPart } from './csv-header-names.ts';

export { COLUMN_ROLES, type ColumnRole, type HeaderPart } from './csv-header-names.ts';

/** Letters that no decomposition takes apart, as people write them without. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = { ß: 'ss', ł: 'l', ø: 'o', æ: 'ae', œ: 'oe', đ: 'd', ı: 'i' };

/** Names already brought to their form: a header is asked about once for each part. */
const normalized = new Map<string, string>([['', '']]);
const MOST_REMEMBERED = 10_000;

/** A header cell as the lexicon knows it: lower case, no accents, no brackets, words and numbers separated by one space. */
export const normalizeHeader = (header: string): string => normalizeWords(header.replace(/\([^)]*\)|\[[^\]]*\]/g, ' '));

/** The same with what stands in brackets. */
const normalizeWords = (header: string): string => {
  const known = normalized.get(header);
  if (known !== undefined) return known;
  const words = header
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{L})(\d)/gu, '$1 $2')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[ßłøæœđı]/g, letter => PLAIN_LETTERS[letter]!)
    .replace(/['’](?=\p{L})/gu, ' ')
    .replace(/[^\p{L}\p{N}+]+/gu, ' ')
    .trim();
  if (normalized.size < MOST_REMEMBERED) normalized.set(header, words);
  return words;
};

/** Surest first within each list: 1–0.9 a plain name, 0.85–0.75 a usual one, 0.7–0.6 one that may mean the part. */
const TIERS = [
  [1, 0.1],
  [0.85, 0.1],
  [0.7, 0.1],
] as const;

const RANKS: ReadonlyMap<HeaderPart, ReadonlyMap<string, number>> = new Map(
  (Object.keys(HEADER_NAMES) as HeaderPart[]).map(part => {
    const ranks = new Map<string, number>();
    HEADER_NAMES[part].forEach((list, tier) => {
      const names = list
        .split('|')
        .map(normalizeWords)
        .filter(name => name !== '');
      const [top, range] = TIERS[tier]!;
      for (const [index, name] of names.entries())
        if (!ranks.has(name)) ranks.set(name, top - (range * index) / names.length);
    });
    return [part, ranks] as const;
  }),
);

/** Words that say a column of money is not the booked amount: another currency, a fee, a rate, a tax. */
const SIDE_AMOUNT =
  /\b(orig\w*|oorspr\w*|foreign|fremd\w*|fee|fees|poplatek|rate|koers|kurs|wechselkurs|exchange|umrechnung\w*|tax|vat|btw|ust|mwst|tva|iva|puvodni|kosten|unit|shipping|insurance|discount|original\w*|etranger\w*|extranjer\w*|valuutta|utlandsk\w*|cashback|einzelbetrag|detail)\b/;
const SIDE_FACTOR = 0.5;
/** What a name that begins or ends with a known one is worth of it. */
const AFFIX_FACTOR = 0.55;
const SHORTEST_AFFIX = 4;
/** Names that may mean a part say nothing as a part of another name. */
const LEAST_AFFIX_RANK = 0.74;
const affixRank = (rank: number): number => (rank >= LEAST_AFFIX_RANK ? rank : 0);
const MONEY_PARTS: ReadonlySet<HeaderPart> = new Set(['amount', 'debit', 'credit', 'balance']);

/** The name without a currency at its end (`Gutschrift CHF`, `Betrag in EUR`). */
const withoutCurrency = (name: string): string => {
  const words = name.split(' ');
  if (words.length < 2 || !isKnownCurrency(words.at(-1)!.toUpperCase())) return name;
  words.pop();
  if (words.length > 1 && /^(?:in|en|i|w|v|em|di)$/.test(words.at(-1)!)) words.pop();
  return words.join(' ');
};

/**
 * How strongly a header names a part: 0.6–1 for a known name, up to 0.55 when it begins or ends with one
 * (`Betrag laut Auszug`), half of it for a column of money in another currency or beside the booked amount, 0 for no hint.
 */
export const headerEvidence = (header: string, part: HeaderPart): number => {
  const name = normalizeHeader(header);
  if (name === '') return 0;
  const evidence = nameEvidence(name, part);
  return evidence > 0 && MONEY_PARTS.has(part) && namesSideAmount(header) ? evidence * SIDE_FACTOR : evidence;
};

const nameEvidence = (name: string, part: HeaderPart): number => {
  const ranks = RANKS.get(part)!;
  const short = MONEY_PARTS.has(part) ? withoutCurrency(name) : name;
  const exact = ranks.get(name) ?? ranks.get(short);
  if (exact !== undefined) return exact;
  const words = short.split(' ');
  for (let length = Math.min(3, words.length - 1); length >= 1; length--) {
    let best = 0;
    for (const affix of [words.slice(0, length).join(' '), words.slice(-length).join(' ')])
      if (affix.length >= SHORTEST_AFFIX) best = Math.max(best, affixRank(ranks.get(affix) ?? 0));
    if (best > 0) return AFFIX_FACTOR * best;
  }
  return 0;
};

/** True for a column of money that is not the booked amount by its name. */
export const namesSideAmount = (header: string): boolean => SIDE_AMOUNT.test(normalizeWords(header));

/** Roles whose names tell a header from data: not those of who entered a record and when, which are words of any text. */
const TELLING_ROLES = COLUMN_ROLES.filter(role => role !== 'poster' && role !== 'entered' && role !== 'time');

/** Any role a header cell names, for telling header rows from data. */
export const namesAnyRole = (header: string): boolean => {
  const name = normalizeHeader(header);
  return name !== '' && TELLING_ROLES.some(role => nameEvidence(name, role) > 0.45);
};

/** Any role a header cell names by exactly a known name. */
export const namesRoleExactly = (header: string): boolean => {
  const name = normalizeHeader(header);
  return name !== '' && TELLING_ROLES.some(role => nameEvidence(name, role) >= 0.6);
};

/** Languages whose countries write day before month and a decimal comma, by header words that only they use. */
const DAY_FIRST_HEADER =
  /^(?:(?:buchung|verwendungszweck|valuta|rekening|szamla|konto|osszeg|wahrung)\p{L}*|betrag|waehrung|datum|montant|libelle|devise|fecha|importe|concepto|importo|causale|data|bedrag|omschrijving|naam|belopp|belob|belop|dato|kwota|castka|ciastka|saldo|solde|maara|pvm|valor|historico|rachunek|mena|ucet|uctu|egyenleg|дата|сумма|валюта|остаток|tarih|tutar|bakiye|aciklama)$/u;

/** True when the header is in a language of countries that write dmy and a decimal comma. */
export const isDayFirstHeader = (headers: readonly string[]): boolean =>
  headers.filter(header =>
    normalizeHeader(header)
      .split(' ')
      .some(word => DAY_FIRST_HEADER.test(word)),
  ).length >= 2;
