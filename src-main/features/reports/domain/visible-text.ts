/**
 * Characters that a reader cannot see but that change what he reads: controls, direction marks and overrides
 * (Unicode TR 9 and TR 36 on visual spoofing), zero-width characters, tags, variation selectors, blank fillers, private-use
 * characters, halves of surrogate pairs.
 */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ue000-\uf8ff\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}\u{f0000}-\u{10ffff}\ud800-\udfff]/gu;

/** A character by its number: "[U+202E]". */
export const codePointName = (character: string): string =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

/** The text with every hidden character shown by its number, so that what is printed is what the evidence holds. */
export const visibleText = (text: string): string => text.replace(HIDDEN, codePointName);
