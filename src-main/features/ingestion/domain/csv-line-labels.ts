import { normalizeHeader } from './csv-header-lexicon.ts';

const OPENING = `opening balance|beginning balance|initial balance|previous balance|starting balance|balance brought forward|brought forward|balance b f|balance forward|old balance|opening ledger balance|anfangssaldo|anfangsstand|eroffnungssaldo|alter saldo|alter kontostand|kontostand alt|saldovortrag|saldo vortrag|saldoubertrag|solde initial|solde precedent|solde d ouverture|ancien solde|solde anterieur|solde debut|report a nouveau|report solde|saldo anterior|saldo inicial|saldo de apertura|saldo iniziale|saldo precedente|saldo di apertura|saldo do dia anterior|saldo anterieur|beginsaldo|openingssaldo|vorig saldo|oud saldo|startsaldo|ingaende saldo|ingaende balans|inngaende saldo|primo saldo|saldo primo|alkusaldo|edellinen saldo|saldo poczatkowe|saldo poczatkowy|saldo otwarcia|pocatecni zustatek|predchozi zustatek|pociatocny zostatok|pociatocny stav|nyito egyenleg|nyito konyvelt egyenleg|elozo egyenleg|входящий остаток|начальный остаток|остаток на начало|acilis bakiyesi|devir|devreden bakiye|onceki bakiye|sold initial|sold precedent|likutis pradzioje|pradinis likutis|algsaldo|sakuma atlikums`;
const CLOSING = `closing balance|ending balance|final balance|end balance|balance carried forward|carried forward|balance c f|new balance|closing ledger balance|statement balance|endsaldo|schlusssaldo|abschlusssaldo|neuer saldo|neuer kontostand|kontostand neu|endstand|solde final|nouveau solde|solde de cloture|solde fin|solde en fin de periode|saldo final|saldo finale|saldo di chiusura|saldo atual|saldo actual|saldo de cierre|nuevo saldo|eindsaldo|nieuw saldo|slotsaldo|utgaende saldo|utgaende balans|ultimo saldo|saldo ultimo|loppusaldo|saldo koncowe|saldo koncowy|saldo zamkniecia|konecny zustatek|konecny zostatok|konecny stav|zaro egyenleg|zaro konyvelt egyenleg|исходящий остаток|конечный остаток|остаток на конец|kapanis bakiyesi|son bakiye|sold final|likutis pabaigoje|galutinis likutis|loppsaldo|beigu atlikums`;
/** Balances that are one or the other by their date. */
const DATED = `balance|account balance|current balance|ledger balance|book balance|kontostand|saldo|kontosaldo|solde|solde comptable|saldo contabile|saldo contable|saldo disponivel e contabil|zustatek|zostatok|egyenleg|остаток|bakiye|sold|likutis|saldo konta|saldo ksiegowe|tilin saldo|saldo rachunku|saldo do dia|saldo del dia|s a l d o|saldo dia|ledger bal`;
const TURNOVER = `turnover|total|totals|sub total|subtotal|grand total|sum|page total|total debits|total credits|total debit|total credit|total withdrawals|total deposits|total payments|total receipts|totals for period|daily total|day total|month total|summe|summen|zwischensumme|gesamtsumme|gesamt|tagessumme|summe soll|summe haben|summe belastungen|summe gutschriften|umsatz gesamt|total des operations|total debit|total credit|sous total|somme|total mouvements|totaux|totales|suma|suma total|total cargos|total abonos|totale|totale dare|totale avere|totali|sub totale|subtotale|totaal|subtotaal|totaal af|totaal bij|summa|delsumma|totalt|sum inn|sum ut|total inn|total ut|yhteensa|valisumma|razem|suma obciazen|suma uznan|podsumowanie|celkem|mezisoucet|soucet|spolu|medzisucet|osszesen|reszosszeg|forgalom osszesen|итого|всего|подытог|обороты|итого оборот|оборот за период|toplam|ara toplam|genel toplam|total geral|total do dia|total general|apyvarta|kokku|kaive|kopa|apgrozijums`;

const labelSet = (list: string): ReadonlySet<string> => new Set(list.split('|').map(normalizeHeader));
const LABELS = {
  opening: labelSet(OPENING),
  closing: labelSet(CLOSING),
  dated: labelSet(DATED),
  turnover: labelSet(TURNOVER),
} as const;

export type LineLabel = keyof typeof LABELS;
/** Where several fit, the first: `neuer Kontostand` is a closing balance before it is a balance. */
const ORDER: readonly LineLabel[] = ['opening', 'closing', 'turnover', 'dated'];

/** What a whole cell says when it labels a balance or a total instead of a transaction; null otherwise. */
export const namesBalanceLine = (text: string): LineLabel | null => {
  const name = normalizeHeader(text);
  return ORDER.find(label => LABELS[label].has(name)) ?? null;
};

/** Words that label balances and totals and are as well what a payment is for, or a merchant's name. */
const PLAIN_WORDS = new Set(
  'balance|saldo|solde|sold|total|totals|totale|totaal|sum|summe|suma|summa|gesamt|razem|spolu|kopa'.split('|'),
);

/** True for a label that may as well be the text of a payment (`Total`, `Saldo`). */
export const isPlainWord = (name: string): boolean => PLAIN_WORDS.has(name);

/** A label and what follows it: `Kontostand vom 02.03.2018`, `Opening balance as of 01/01/2024: 10.00`. */
export interface LabelledText {
  readonly label: LineLabel;
  /** The label as the lexicon knows it. */
  readonly name: string;
  /** Text behind the label. */
  readonly rest: string;
}

const LONGEST_LABEL_WORDS = 6;

const ALL_LABELS: ReadonlySet<string> = new Set(Object.values(LABELS).flatMap(labels => [...labels]));

const beginsWithLabel = (text: string): boolean => {
  const words = normalizeHeader(text.slice(0, 120)).split(' ');
  let name = '';
  for (const word of words.slice(0, LONGEST_LABEL_WORDS)) {
    name = name === '' ? word : `${name} ${word}`;
    if (ALL_LABELS.has(name)) return true;
  }
  return false;
};

/** The label a text begins with, the longest that fits. Case, accents and punctuation do not matter. */
export const leadingLabel = (text: string): LabelledText | null => {
  if (!beginsWithLabel(text)) return null;
  const words = [...text.slice(0, 120).matchAll(/[\p{L}\p{M}.'’/]+/gu)].slice(0, LONGEST_LABEL_WORDS);
  // Digits between the words end the label: `Saldo 31.12.2023 neu` begins with "Saldo".
  const limit = text.search(/\d/);
  for (let count = words.length; count > 0; count--) {
    const last = words[count - 1]!;
    const end = last.index + last[0].length;
    if (limit >= 0 && end > limit) continue;
    const label = namesBalanceLine(text.slice(0, end));
    if (label !== null) return { label, name: normalizeHeader(text.slice(0, end)), rest: text.slice(end) };
  }
  return null;
};

const TOTAL_WORDS =
  /(?:^|\s)(?:total|totals|subtotal|sub total|summe|zwischensumme|gesamt|endsaldo|anfangssaldo|saldo|solde|somme|totale|totali|totaal|subtotaal|suma|summa|sum|razem|yhteensa|celkem|mezisoucet|osszesen|итого|всего|toplam|balance|opening|closing|carried forward|brought forward|ubertrag)(?:\s|$)/u;

/** True for text that holds a word of total or balance lines. */
export const namesTotal = (text: string): boolean => TOTAL_WORDS.test(normalizeHeader(text));

const PREFIX_LETTERS = 6;
/** Longest text of a transaction that is looked at as the label of a balance. */
const MAX_LABEL_BYTES = 48;
/** Letters without accents of U+00C0 to U+00FF. */
const PLAIN_LATIN = 'aaaaaaaceeeeiiiidnooooo ouuuuypsaaaaaaaceeeeiiiidnooooo ouuuuypy';

const lowerCase = (byte: number): number => (byte >= 65 && byte <= 90 ? byte + 32 : byte);
const withLetter = (key: number, letter: number): number => (Math.imul(key, 31) + letter) | 0;

/** Beginnings of all labels, up to six letters long, each as a number. */
const LABEL_PREFIXES: ReadonlySet<number> = new Set(
  Object.values(LABELS).flatMap(labels =>
    [...labels].flatMap(label => {
      let key = 0;
      return Array.from(label.slice(0, PREFIX_LETTERS), letter => {
        key = withLetter(key, letter.charCodeAt(0));
        return key;
      });
    }),
  ),
);

/** For each two bytes whether a label may begin with them: 1 where it may, or where they are not both ASCII. */
const FIRST_PAIRS: Uint8Array = (() => {
  const pairs = new Uint8Array(1 << 16);
  for (let pair = 0; pair < pairs.length; pair++) {
    const first = pair >> 8;
    const second = pair & 0xff;
    const key = withLetter(withLetter(0, lowerCase(first)), lowerCase(second));
    if (first <= 32 || first >= 0x80 || second >= 0x80 || LABEL_PREFIXES.has(key)) pairs[pair] = 1;
  }
  return pairs;
})();

/** True unless the first two bytes of a text (not yet trimmed) rule out that it labels a balance or total. */
export const mayBeginLabel = (first: number, second: number): boolean => FIRST_PAIRS[(first << 8) | second] === 1;

/**
 * Tells most texts that cannot label a balance or total by their first letters (as far as they are Latin), at the cost
 * of one look-up.
 */
export const mayLabelBalance = (bytes: Uint8Array, start: number, end: number): boolean => {
  if (end - start > MAX_LABEL_BYTES || end - start < 3) return false;
  let key = 0;
  for (let p = start, letters = 0; letters < PREFIX_LETTERS && p < end; p++, letters++) {
    let byte = bytes[p]!;
    if (byte >= 0x80) {
      const next = bytes[p + 1] ?? 0;
      // Two bytes of UTF-8, or one of a Latin code page; anything else is left to the full comparison.
      if (byte === 0xc3 && next >= 0x80 && next < 0xc0) byte = PLAIN_LATIN.charCodeAt(bytes[++p]! - 0x80);
      else if (byte >= 0xc0 && next < 0x80) byte = PLAIN_LATIN.charCodeAt(byte - 0xc0);
      else return letters === 0 || LABEL_PREFIXES.has(key);
    }
    key = withLetter(key, lowerCase(byte));
  }
  return LABEL_PREFIXES.has(key);
};
