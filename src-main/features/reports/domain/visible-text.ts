/**
 * Characters that a reader cannot see but that change what he reads (Unicode TR 36 on visual spoofing): controls, line
 * separators, private-use characters, halves of surrogate pairs, noncharacters, all that Unicode lets a program ignore
 * (direction marks and overrides, zero-width characters, tags, variation selectors, blank fillers), the blank Braille cell,
 * and interlinear marks.
 */
const HIDDEN =
  /[\p{Cc}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800\ufff9-\ufffb]/gu;

/** A character by its number: "[U+202E]". */
export const codePointName = (character: string): string =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

/** The text with every hidden character shown by its number, so that what is printed is what the evidence holds. */
export const visibleText = (text: string): string => text.replace(HIDDEN, codePointName);
