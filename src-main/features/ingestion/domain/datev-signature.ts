/** Whether a text begins with the header record of a DATEV-Format file: `"EXTF";700;21;"Buchungsstapel";…`. */
export const isDatev = (text: string): boolean =>
  /^[\s\uFEFF]*"?(?:EXTF|DTVF)"?;"?\d{3}"?;"?\d{1,3}"?;/.test(text.slice(0, 256));
