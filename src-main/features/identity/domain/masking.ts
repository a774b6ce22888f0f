import { standardAccount } from '../../standardization/domain/index.ts';

/** Tells whether a run of characters is an account number of the workspace: as `comparableAccount` writes it. */
export type IsKnownAccount = (comparable: string) => boolean;

/** What never holds an account number, however long its digits: identifiers, digests, instants. */
const OPAQUE = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{64}\b|\d{4}-\d{2}-\d{2}T[\d:.]+Z/g;
/** What groups of numbers are made of: letters and digits, not the letters that are marks (`ʼ`) or unseen (Hangul fillers). */
const RUN = /[[\p{L}\p{N}]--[\p{Lm}\p{Default_Ignorable_Code_Point}]]+/gv;
const BETWEEN = /[[^\p{L}\p{N}]\p{Lm}\p{Default_Ignorable_Code_Point}]/gv;
/** So many characters of any other kind may stand between two groups of one number: nobody can list what files break them with. */
const LONGEST_JOINT = 8;
/** What stands between groups as people print them and files break them. */
const TIGHT_JOINT = /^[\p{Z}\p{Cc}\p{Cf}\p{Pd}./_:,'’·|\\]{1,4}$/u;
/** Characters of one number at most (an IBAN has 34, ISO 13616), and so its groups, where each stands by itself. */
const LONGEST = 34;
/** The shortest number looked for inside other characters, and across groups that are glued to others. */
const SHORTEST_INSIDE = 6;
const SHORTEST_ACROSS = 10;
/** The shortest run that is taken for a number of an account where it is not known as one. */
const UNKNOWN_DIGITS = 9;
/** Longer runs are pictures and digests in text, not words. */
const LONGEST_RUN = 200;

const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;

/**
 * True for an IBAN with right check digits (ISO 7064, MOD 97-10), of a country and length of the registry. `isTight` where
 * its groups stand as people print them: then of any country and length, for the registry is not all there is.
 */
const isIban = (text: string, isTight: boolean): boolean => {
  if (!IBAN.test(text) || mod97(text) !== 1) return false;
  if (isTight) return true;
  const { kind, problem, standardized } = standardAccount(text);
  return kind === 'iban' && problem === null && standardized === text;
};

const mod97 = (text: string): number => {
  let rest = 0;
  for (const character of text.slice(4) + text.slice(0, 4))
    rest = Number(`${rest}${Number.parseInt(character, 36)}`) % 97;
  return rest;
};

/** The value of a decimal digit of any script: the ten of a script stand in order from its zero (Unicode, chapter 4.6). */
const digitOf = (character: string): string => {
  const point = character.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(point - value - 1))) value += 1;
  return String(value);
};

/** A character as numbers are compared: a capital, a digit of ASCII, whatever form it was written in. */
const comparable = (character: string): string => {
  const plain = character.normalize('NFKC').toUpperCase();
  return /^\p{Nd}$/u.test(plain) ? digitOf(plain) : plain;
};

/** An account number as it is compared: letters and digits only, whatever their case, width and script. */
export const comparableAccount = (account: string): string =>
  [...account.replace(BETWEEN, '')].map(comparable).join('');

interface Run {
  /** As it is compared. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Where each unit of `text` stands in the text; null where one stands after the other. */
  readonly places: readonly number[] | null;
}

const runOf = (match: RegExpExecArray): Run => {
  const [written] = match;
  const start = match.index;
  const end = start + written.length;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is asked for
  if (/^[\x00-\x7f]*$/.test(written)) return { text: written.toUpperCase(), start, end, places: null };
  const places: number[] = [];
  let text = '';
  let at = start;
  for (const character of written) {
    const plain = comparable(character);
    text += plain;
    for (let i = 0; i < plain.length; i += 1) places.push(at);
    at += character.length;
  }
  return { text, start, end, places };
};
const placeIn = ({ start, end, places, text }: Run, at: number): number =>
  at >= text.length ? end : places === null ? start + at : (places[at] ?? end);

/** A number found: as it is compared, where it begins and ends in the text. */
interface Found {
  readonly number: string;
  readonly start: number;
  readonly end: number;
}

/** An account number glued to other characters of one run; null where none is. */
const glued = (run: Run, isKnown: IsKnownAccount): Found | null => {
  const { text } = run;
  if (text.length <= SHORTEST_INSIDE || text.length > LONGEST_RUN) return null;
  for (let from = 0; from < text.length; from += 1)
    for (let to = Math.min(text.length, from + LONGEST); to - from >= SHORTEST_INSIDE; to -= 1) {
      const number = text.slice(from, to);
      if (isKnown(number) || (number.length >= 15 && isIban(number, true)))
        return { number, start: placeIn(run, from), end: placeIn(run, to) };
    }
  return null;
};

/** A long number in groups, of which the first or the last is glued to other characters; null where none is. */
const gluedAcross = (
  first: Run,
  between: string,
  last: Run,
  isKnown: IsKnownAccount,
  isTight: boolean,
): Found | null => {
  const whole = first.text + between + last.text;
  const fits = (from: number, to: number): boolean => {
    if (to - from < SHORTEST_ACROSS || to - from > LONGEST) return false;
    const number = whole.slice(from, to);
    return isKnown(number) || isIban(number, isTight);
  };
  for (let from = 1; from < first.text.length; from += 1)
    if (fits(from, whole.length)) return { number: whole.slice(from), start: placeIn(first, from), end: last.end };
  for (let cut = 1; cut < last.text.length; cut += 1) {
    const to = whole.length - cut;
    if (fits(0, to))
      return { number: whole.slice(0, to), start: first.start, end: placeIn(last, last.text.length - cut) };
  }
  return null;
};

const isTightJoint = (text: string, from: number, to: number): boolean =>
  to - from === 1 && text.charCodeAt(from) === 32 ? true : TIGHT_JOINT.test(text.slice(from, to));

const isUnknownNumber = (text: string, next: string): boolean =>
  /^\d+$/.test(text) && text.length >= UNKNOWN_DIGITS && !/^[.,]\d{1,2}(?!\d)/.test(next);

/** The longest number that begins with a run, or in it; null where none does. */
const numberFrom = (text: string, runs: readonly Run[], at: number, isKnown: IsKnownAccount): Found | null => {
  const first = runs[at]!;
  let whole: Found | null = null;
  let across: Found | null = null;
  let joined = '';
  let isTight = true;
  const hasDigit = /\d/.test(first.text);
  for (let i = at; i < Math.min(runs.length, at + LONGEST); i += 1) {
    const run = runs[i]!;
    if (i > at) {
      const before = runs[i - 1]!;
      if (run.start - before.end > LONGEST_JOINT) break;
      isTight &&= isTightJoint(text, before.end, run.start);
    }
    // Ten and more before there is anything to look for across them.
    const length = joined.length + run.text.length;
    if (i > at && hasDigit && length > SHORTEST_ACROSS && length <= LONGEST_RUN && /\d/.test(run.text))
      across = gluedAcross(first, joined.slice(first.text.length), run, isKnown, isTight) ?? across;
    joined += run.text;
    // A group that is glued to much else may hold the beginning of a number all the same.
    if (joined.length > LONGEST + first.text.length) break;
    if (joined.length > LONGEST) continue;
    const isNumber =
      isKnown(joined) ||
      isIban(joined, isTight) ||
      (i === at && isUnknownNumber(joined, text.slice(run.end, run.end + 4)));
    if (isNumber) whole = { number: joined, start: first.start, end: run.end };
  }
  return whole ?? across ?? glued(first, isKnown);
};

/**
 * Masks account numbers in free text: those the workspace knows, IBANs with right check digits, and other runs of nine or
 * more digits that are no amount; in one piece, in groups, or glued to other characters. `mask` makes what stands instead.
 */
export const maskText = (text: string, isKnown: IsKnownAccount, mask: (comparable: string) => string): string => {
  if (!/\p{Nd}/u.test(text)) return text;
  let masked = '';
  let from = 0;
  for (const match of text.matchAll(OPAQUE)) {
    masked += maskPart(text.slice(from, match.index), isKnown, mask) + match[0];
    from = match.index + match[0].length;
  }
  return masked + maskPart(text.slice(from), isKnown, mask);
};

/** What of a run stands behind a place in the text. */
const restOf = (run: Run, from: number): Run => {
  let cut = 0;
  while (placeIn(run, cut) < from) cut += 1;
  return { text: run.text.slice(cut), start: from, end: run.end, places: run.places?.slice(cut) ?? null };
};

const maskPart = (text: string, isKnown: IsKnownAccount, mask: (comparable: string) => string): string => {
  const runs = [...text.matchAll(RUN)].map(runOf);
  let masked = '';
  let from = 0;
  for (let i = 0; i < runs.length; i += 1) {
    const found = numberFrom(text, runs, i, isKnown);
    if (found === null) continue;
    masked += text.slice(from, found.start) + mask(found.number);
    from = found.end;
    while (i < runs.length && runs[i]!.end <= from) i += 1;
    // The last run may go on behind the number, and hold another one.
    const last = runs[i];
    if (last !== undefined && last.start < from) runs[i] = restOf(last, from);
    i -= 1;
  }
  return masked + text.slice(from);
};
