import { editDistance } from '../../../parties/domain/index.ts';

/** Characters that are mistyped or misread for each other, and what they are taken as. */
const LOOKALIKES: Readonly<Record<string, string>> = { O: '0', Q: '0', I: '1', L: '1', Z: '2', S: '5', G: '6', B: '8' };
const LEAST_LENGTH = 3;

/** A reference without punctuation, in capitals, lookalikes as digits, leading zeros of numbers dropped: I02 and 102 are one. */
export const foldReference = (reference: string): string =>
  reference
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/[OQILZSGB]/g, letter => LOOKALIKES[letter] ?? letter)
    .replace(/(?<!\d)0+(?=\d)/g, '');

/** How two different references are alike: in words; null where they are not. */
export const referenceLikeness = (a: string, b: string): string | null => {
  const foldedA = foldReference(a);
  const foldedB = foldReference(b);
  if (foldedA.length < LEAST_LENGTH || foldedB.length < LEAST_LENGTH) return null;
  if (foldedA === foldedB) return 'written alike';
  const [shorter, longer] = foldedA.length <= foldedB.length ? [foldedA, foldedB] : [foldedB, foldedA];
  if (longer.startsWith(shorter) && /^[A-Z0-9]$/.test(longer.slice(shorter.length))) return 'one has a character more';
  if (shorter.length === longer.length && editDistance(foldedA, foldedB, 1) === 1) {
    const at = [...foldedA].findIndex((letter, i) => letter !== foldedB[i]);
    const swapped = foldedA[at] === foldedB[at + 1] && foldedA[at + 1] === foldedB[at];
    if (swapped) return 'two characters are swapped';
    // Numbers that count up differ in their last digit by nature.
    return at === foldedA.length - 1 ? null : 'one character differs';
  }
  return editDistance(foldedA, foldedB, 1) === 1 ? 'one has a character more' : null;
};
