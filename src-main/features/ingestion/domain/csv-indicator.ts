import { normalizeHeader } from './csv-header-lexicon.ts';

/** Marks that say debit or credit by themselves, in the languages of the header lexicon. */
const DEBIT_WORDS = new Set(
  `db|dr|dt|dbt|deb|debit|debet|debito|debite|debi|debits|soll|af|out|outflow|outgoing|uit|withdrawal|withdrawn|dbit|dare|debe|cargo|ut|uttag|kiadas
  |terheles|tartozik|obciazenie|wn|winien|lastschrift|belastung|minus|ausgang|ausgabe|vydaj|vydej|odchozi|odchadzajuca|na vrub|saida|egreso|uscita|sortie
  |utgift|utbetaling|otto|pano ulos|дебет|расход|списание|borc|gider|cikis|giden|paid out|money out|sent|debit card|expense|spend|payment out`
    .split('|')
    .map(word => word.trim()),
);
const CREDIT_WORDS = new Set(
  `cr|ct|crt|cred|credit|kredit|kredi|credito|credite|credits|haben|bij|in|inflow|incoming|deposit|crdt|avere|haber|abono|inn|insattning|bevetel
  |jovairas|kovetel|uznanie|ma|gutschrift|plus|eingang|einnahme|prijem|prichozi|prichadzajuca|ve prospech|entrada|ingreso|entrata|entree|inntekt
  |innbetaling|pano|кредит|приход|зачисление|alacak|gelir|giris|gelen|paid in|money in|received|income|payment in`
    .split('|')
    .map(word => word.trim()),
);
/** Single letters mean something only beside their counterpart: debit and credit of each pair. */
const PAIRS: readonly (readonly [debit: string, credit: string])[] = [
  ['d', 'c'],
  ['d', 'k'],
  ['d', 'h'],
  ['d', 'a'],
  ['s', 'h'],
  ['b', 'a'],
  ['t', 'j'],
  ['t', 'k'],
  ['o', 'i'],
  ['-', '+'],
];

const wordOf = (text: string): string => {
  const trimmed = text.trim();
  return trimmed === '+' || trimmed === '-' || trimmed === '\u2212'
    ? trimmed.replace('\u2212', '-')
    : normalizeHeader(trimmed);
};

export type Direction = -1 | 0 | 1;

/** Letters read alone, by the commonest pairs. */
const DEBIT_LETTERS = new Set(['d', 's', 'o', '-']);
const CREDIT_LETTERS = new Set(['c', 'k', 'h', 'i', '+']);

/** What a mark says by itself: -1 money out, 1 money in, 0 neither. */
export const indicatorSign = (text: string): Direction => {
  const word = wordOf(text);
  if (DEBIT_WORDS.has(word) || DEBIT_LETTERS.has(word)) return -1;
  return CREDIT_WORDS.has(word) || CREDIT_LETTERS.has(word) ? 1 : 0;
};

/** How the marks of one column are read. */
export interface IndicatorReading {
  readonly debit: readonly string[];
  readonly credit: readonly string[];
  /** What a row without a mark means; 0: nothing. */
  readonly empty: Direction;
}

/**
 * The reading of a column of marks by the distinct values it holds (empty ones left out): words each by itself, letters
 * as one of the known pairs. Null when they are no such marks.
 */
export const readIndicators = (values: readonly string[]): IndicatorReading | null => {
  if (values.length === 0 || values.length > 6) return null;
  const words = values.map(wordOf);
  const pair = PAIRS.find(([debit, credit]) => words.every(word => word === debit || word === credit));
  const sign = (word: string): Direction =>
    pair === undefined ? indicatorSign(word) : word === pair[0] ? -1 : word === pair[1] ? 1 : 0;
  const signs = words.map(sign);
  if (signs.includes(0)) return null;
  return {
    debit: values.filter((_, i) => signs[i] === -1),
    credit: values.filter((_, i) => signs[i] === 1),
    empty: 0,
  };
};

/** What a mark says under a reading; a mark the reading does not list is read by itself. */
export const directionOf = (mark: string, reading: IndicatorReading): Direction => {
  if (mark.trim() === '') return reading.empty;
  const says = (value: string): boolean =>
    value.trim() === mark.trim() || (wordOf(mark) !== '' && wordOf(value) === wordOf(mark));
  if (reading.debit.some(says)) return -1;
  return reading.credit.some(says) ? 1 : indicatorSign(mark);
};
