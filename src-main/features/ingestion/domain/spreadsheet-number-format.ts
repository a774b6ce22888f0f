/** What a number format makes of a number. */
export const NUMBER = 0;
export const DATE = 1;
/** A time of day. */
export const TIME = 2;
/** Hours, minutes or seconds that run beyond a day: `[h]:mm`. */
export const ELAPSED = 3;
export type NumberKind = typeof NUMBER | typeof DATE | typeof TIME | typeof ELAPSED;

/** Formats every program knows by number (ECMA-376 part 1, 18.8.30); 27–36 and 50–58 are dates of East Asian locales. */
export const builtInKind = (id: number): NumberKind => {
  if (id === 46) return ELAPSED;
  if ((id >= 18 && id <= 21) || id === 45 || id === 47) return TIME;
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return DATE;
  return NUMBER;
};

/** A section of a format code without what only decorates: quoted and escaped text, padding, colours, conditions, locale. */
const bare = (section: string): string =>
  section
    .replace(/"[^"]*"?|[\\_*][\s\S]?/g, '')
    .replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]?/gi, '')
    .replace(/general|standard/gi, '');

/** Splits a format code at the semicolons that are not in quotes, brackets or escaped. */
const sections = (code: string): string[] => code.match(/(?:"[^"]*"?|\[[^\]]*\]?|\\[\s\S]?|[^;"[\\])+/g) ?? [];

/**
 * What a format code makes of a number (ECMA-376 part 1, 18.8.31): decided by its first section that shows the number
 * at all. Digits placeholders outside fractions of a second mean a number, whatever letters stand beside them.
 */
export const formatKind = (code: string): NumberKind => {
  for (const section of sections(code)) {
    const text = bare(section);
    if (/\[[hms]+\]/i.test(text)) return ELAPSED;
    if (/[0#?]/.test(text.replace(/s[.,]?0+/gi, 's'))) return NUMBER;
    if (/[yd]|m{3}/i.test(text)) return DATE;
    if (/[hs]|a\/p|am\/pm/i.test(text)) return TIME;
    if (/m/i.test(text)) return DATE;
    if (text.trim() !== '') return NUMBER;
  }
  return NUMBER;
};
