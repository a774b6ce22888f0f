/**
 * Text and references as the matcher compares them. Method: tokens of the compatibility-decomposed, upper-cased text
 * without marks; similarity is the overlap coefficient (Szymkiewicz–Simpson) of the tokens, docs/specs/reconciliation.md.
 */

/** Words that nearly every booking carries and that therefore tell two bookings apart no better than chance. */
const GENERIC_WORDS: ReadonlySet<string> = new Set(
  (
    'AB AG AS BV CO CORP GMBH INC KG LLC LTD LIMITED NV OY PLC SA SARL SAS SL SPA SRL UG ' +
    'AND DER DIE FOR FROM FUR THE TO UND VON ' +
    'ACH BACS CARD CREDIT DEBIT DIRECT INVOICE INV PAYMENT PAYMENTS PAYMT PMT POS PURCHASE REF REFERENCE SEPA TRANSFER TRF ' +
    'GUTSCHRIFT KARTENZAHLUNG LASTSCHRIFT RECHNUNG UBERWEISUNG ZAHLUNG FACTURE PAIEMENT VIREMENT'
  ).split(' '),
);

/** Tokens beyond this are ignored: a remittance text of many hundred words identifies nothing better. */
const MAX_TOKENS = 32;

export interface MatchText {
  /** All tokens, in order. */
  readonly tokens: readonly string[];
  /** Distinct words that can distinguish (no generic words unless there are no others), in order. */
  readonly words: readonly string[];
  /** Distinct numbers of at least three digits that are not years. */
  readonly numbers: readonly string[];
  /** The tokens joined: equal keys are equal texts. */
  readonly key: string;
}

const ASCII = /^[\x20-\x7e]*$/;

const tokensOf = (text: string): string[] => {
  const folded = (ASCII.test(text) ? text : text.normalize('NFKD').replace(/\p{M}+/gu, '')).toUpperCase();
  return folded.match(/[\p{L}\p{N}]+/gu) ?? [];
};

const isNumber = (token: string): boolean => /^\d+$/.test(token);
const isYear = (token: string): boolean => /^(19|20)\d\d$/.test(token);

/** Prepares a text for comparison. */
export const matchText = (text: string): MatchText => {
  const tokens = tokensOf(text);
  const words = new Set<string>();
  const generic = new Set<string>();
  const numbers = new Set<string>();
  for (let i = 0; i < tokens.length && i < MAX_TOKENS; i++) {
    const token = tokens[i] ?? '';
    if (isNumber(token)) {
      if (token.length >= 3 && !isYear(token)) numbers.add(token);
    } else if (GENERIC_WORDS.has(token)) generic.add(token);
    else if (token.length >= 2) words.add(token);
  }
  return {
    tokens,
    words: [...(words.size > 0 ? words : generic)],
    numbers: [...numbers],
    key: tokens.join(' '),
  };
};

export interface MatchReference {
  /** Letters and digits only, upper-case; '' when it does not identify anything (no digit, or fewer than three characters). */
  readonly key: string;
  /** The key before its trailing digits, '' where it has none. */
  readonly series: string;
  readonly tokens: readonly string[];
}

const NO_REFERENCE: MatchReference = { key: '', series: '', tokens: [] };

/** Prepares a reference for comparison. Placeholders such as NOTPROVIDED or NONREF carry no digit and identify nothing. */
export const matchReference = (reference: string): MatchReference => {
  const tokens = tokensOf(reference);
  const key = tokens.join('');
  if (key.length < 3 || !/\d/.test(key)) return tokens.length === 0 ? NO_REFERENCE : { key: '', series: '', tokens };
  const trailing = /\d+$/.exec(key)?.[0] ?? '';
  return { key, series: trailing === '' ? '' : key.slice(0, key.length - trailing.length), tokens };
};

/** The shortest reference that is looked for inside other text: a shorter one turns up by chance. */
const MIN_CONTAINED_LENGTH = 4;

/** The text of whole, consecutive tokens from `from` on that is exactly `length` characters long; null where tokens do not end there. */
const spelledFrom = (tokens: readonly string[], from: number, length: number): string | null => {
  let spelled = tokens[from] ?? '';
  for (let at = from + 1; spelled.length < length && at < tokens.length; at++) spelled += tokens[at] ?? '';
  return spelled.length === length ? spelled : null;
};

/**
 * What a text says of a reference: `this` whole, consecutive tokens spell it ("PAY INV 00042" holds INV-00042, "INV-000421"
 * does not); `another` they spell another number of its series only; `none` neither.
 */
export const referenceNamed = (
  tokens: readonly string[],
  { key, series }: MatchReference,
): 'this' | 'another' | 'none' => {
  if (key.length < MIN_CONTAINED_LENGTH) return 'none';
  const first = key.charCodeAt(0);
  let another = false;
  for (let from = 0; from < tokens.length; from++) {
    if ((tokens[from] ?? '').charCodeAt(0) !== first && series !== '') continue;
    const spelled = spelledFrom(tokens, from, key.length);
    if (spelled === key) return 'this';
    if (spelled !== null && series !== '' && spelled.startsWith(series) && isNumber(spelled.slice(series.length)))
      another = true;
  }
  return another ? 'another' : 'none';
};

/** True when one insertion, deletion or substitution at most turns one text into the other. */
const withinOneEdit = (a: string, b: string): boolean => {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  const rest = short.length === long.length ? short.slice(at + 1) : short.slice(at);
  return rest === long.slice(at + 1);
};

/** Same word, allowing for truncation (a prefix of four letters or more) and one typing error in five letters or more. */
const sameWord = (a: string, b: string): boolean => {
  if (a === b) return true;
  if (a.charCodeAt(0) !== b.charCodeAt(0) && (a.length < 5 || b.length < 5)) return false;
  if (a.length >= 4 && b.length >= 4 && (a.startsWith(b) || b.startsWith(a))) return true;
  return a.length >= 5 && b.length >= 5 && withinOneEdit(a, b);
};

const wordsFoundIn = (words: readonly string[], others: readonly string[]): number => {
  let found = 0;
  for (const word of words) if (others.some(other => sameWord(word, other))) found++;
  return found;
};

/** The lesser of both directions, so that the order of the sides does not matter. */
const sharedWords = (a: readonly string[], b: readonly string[]): number =>
  Math.min(wordsFoundIn(a, b), wordsFoundIn(b, a));

const UNSHARED_NUMBERS_FACTOR = 0.75;
const SHARED_NUMBER_ONLY = 0.8;

/**
 * How much two texts agree, 0 to 1; null where either says nothing. Shared words over the words of the shorter text;
 * a shared number halves what is missing to 1, numbers on both sides of which none is shared take a quarter away.
 */
export const textSimilarity = (a: MatchText, b: MatchText): number | null => {
  const wordsKnown = a.words.length > 0 && b.words.length > 0;
  const numbersKnown = a.numbers.length > 0 && b.numbers.length > 0;
  if (!wordsKnown && !numbersKnown) return null;
  const numberShared = numbersKnown && a.numbers.some(number => b.numbers.includes(number));
  if (!wordsKnown) return numberShared ? SHARED_NUMBER_ONLY : 0;
  const overlap = sharedWords(a.words, b.words) / Math.min(a.words.length, b.words.length);
  if (numberShared) return (1 + overlap) / 2;
  return numbersKnown ? overlap * UNSHARED_NUMBERS_FACTOR : overlap;
};
