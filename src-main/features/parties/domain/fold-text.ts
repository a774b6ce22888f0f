/** Letters that Unicode does not decompose into a base letter and a mark. */
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
};
const PLAIN = /^[a-z0-9]+(?: [a-z0-9]+)*$/;
const MARKS = /\p{M}+/gu;
/** Apostrophes inside a word, which one writer sets and another leaves out (O'Brien). */
const INSIDE_WORDS = /(?<=[\p{L}\p{N}])['’`´](?=[\p{L}\p{N}])/gu;
const INITIALS = /\b(?:\p{L}\.){2,}/gu;
const SEPARATORS = /[^\p{L}\p{N}]+/gu;

/**
 * A text as it is compared: Unicode NFKC, lower case, letters without their marks, apostrophes dropped, initials joined
 * (S.A. → sa), every other sign a blank, blanks single and trimmed. '' when nothing is left: unknown.
 */
export const foldText = (text: string): string => {
  if (PLAIN.test(text)) return text;
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(MARKS, '')
    .replace(/[ßæœøłđðþħıŋ]/g, letter => UNDECOMPOSED[letter] ?? letter)
    .replace(INITIALS, letters => letters.replaceAll('.', ''))
    .replace(INSIDE_WORDS, '')
    .replace(SEPARATORS, ' ')
    .trim();
};

/** A code as it is compared: letters and digits only, folded. '' is unknown. */
export const foldCode = (text: string): string => foldText(text).replaceAll(' ', '');

/** An e-mail address as it is compared: NFKC, lower case, without blanks. */
export const foldEmail = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, '');

/** The digits of a telephone number without a leading international 00; a text without seven digits folds as a code. */
export const foldPhone = (text: string): string => {
  const digits = text.normalize('NFKC').replaceAll(/\D+/g, '').replace(/^00/, '');
  return digits.length >= 7 ? digits : foldCode(text);
};
