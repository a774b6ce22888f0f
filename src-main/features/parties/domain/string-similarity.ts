/**
 * Similarities of two short texts. Sources: Jaro (1989), JASA 84(406); Winkler (1990), "String Comparator Metrics and
 * Enhanced Decision Rules in the Fellegi-Sunter Model"; Damerau (1964), CACM 7(3), as the optimal string alignment distance.
 */

const MAX_LENGTH = 256;
const matchedInFirst = new Uint8Array(MAX_LENGTH);
const matchedInSecond = new Uint8Array(MAX_LENGTH);

/** Winkler's weight of a common prefix and the longest prefix that counts. */
const PREFIX_WEIGHT = 0.1;
const PREFIX_LENGTH = 4;

const jaro = (a: string, b: string): number => {
  const n = Math.min(a.length, MAX_LENGTH);
  const m = Math.min(b.length, MAX_LENGTH);
  const reach = Math.max(0, (Math.max(n, m) >> 1) - 1);
  matchedInFirst.fill(0, 0, n);
  matchedInSecond.fill(0, 0, m);
  let common = 0;
  for (let i = 0; i < n; i++) {
    const unit = a.charCodeAt(i);
    const to = Math.min(m - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= to; j++)
      if (matchedInSecond[j] === 0 && b.charCodeAt(j) === unit) {
        matchedInFirst[i] = 1;
        matchedInSecond[j] = 1;
        common++;
        break;
      }
  }
  if (common === 0) return 0;
  let outOfOrder = 0;
  for (let i = 0, j = 0; i < n; i++) {
    if (matchedInFirst[i] === 0) continue;
    while (matchedInSecond[j] === 0) j++;
    if (a.charCodeAt(i) !== b.charCodeAt(j)) outOfOrder++;
    j++;
  }
  return (common / n + common / m + (common - outOfOrder / 2) / common) / 3;
};

/** Jaro-Winkler similarity, 0 to 1. Two empty texts have none: 0. Works on UTF-16 units; the first 256 of each count. */
export const jaroWinkler = (a: string, b: string): number => {
  if (a.length === 0 || b.length === 0) return 0;
  if (a === b) return 1;
  const similarity = jaro(a, b);
  const longest = Math.min(PREFIX_LENGTH, a.length, b.length);
  let prefix = 0;
  while (prefix < longest && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
  return similarity + prefix * PREFIX_WEIGHT * (1 - similarity);
};

/** The letters a text holds, as a set of 32 bits: texts without a common bit have no common letter. */
export const letterSet = (text: string): number => {
  let set = 0;
  for (let i = 0; i < text.length; i++) set |= 1 << (text.charCodeAt(i) & 31);
  return set;
};

const bits = (set: number): number => {
  let n = set - ((set >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

/** The larger number of distinct letters that one text has and the other lacks. */
export const lettersMissing = (setA: number, setB: number): number => Math.max(bits(setA & ~setB), bits(setB & ~setA));

/**
 * True when two texts cannot reach a Jaro-Winkler similarity, by their lengths and letter sets alone. A letter of one
 * text that the other lacks is unmatched at least once, so the matches are at most length − missing letters.
 */
export const cannotReach = (least: number, a: string, b: string, setA: number, setB: number): boolean => {
  const n = a.length;
  const m = b.length;
  const common = Math.min(n - bits(setA & ~setB), m - bits(setB & ~setA), n, m);
  if (common <= 0) return true;
  const most = (common / n + common / m + 1) / 3;
  return most + PREFIX_LENGTH * PREFIX_WEIGHT * (1 - most) < least;
};

let previous = new Uint16Array(64);
let current = new Uint16Array(64);
let next = new Uint16Array(64);

/**
 * Damerau's distance (one insertion, deletion, substitution or swap of neighbours each costs 1; no text is edited
 * twice at one place). Beyond `most` the exact value does not matter: most + 1 is answered.
 */
export const editDistance = (a: string, b: string, most: number): number => {
  const n = a.length;
  const m = b.length;
  if (Math.abs(n - m) > most) return most + 1;
  if (m + 1 > previous.length) {
    previous = new Uint16Array(2 * m + 2);
    current = new Uint16Array(2 * m + 2);
    next = new Uint16Array(2 * m + 2);
  }
  for (let j = 0; j <= m; j++) current[j] = j;
  for (let i = 1; i <= n; i++) {
    next[0] = i;
    let least = i;
    const unit = a.charCodeAt(i - 1);
    for (let j = 1; j <= m; j++) {
      const other = b.charCodeAt(j - 1);
      let cost = Math.min(current[j]! + 1, next[j - 1]! + 1, current[j - 1]! + (unit === other ? 0 : 1));
      if (i > 1 && j > 1 && unit === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other)
        cost = Math.min(cost, previous[j - 2]! + 1);
      next[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    const spare = previous;
    previous = current;
    current = next;
    next = spare;
  }
  return Math.min(current[m]!, most + 1);
};
