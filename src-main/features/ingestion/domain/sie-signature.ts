/** Labels that a SIE file begins with: the flag, the check sum or an identification item (SIE 4B, 7 and 8). */
const FIRST = /^#(?:FLAGGA|KSUMMA|PROGRAM|FORMAT|GEN|SIETYP|FNAMN|FNR|ORGNR|PROSA)(?:\s|$)/i;
/** Labels by which the rest is told from other texts whose lines begin with `#`. */
const OTHERS = /^[ \t]*#(?:FORMAT|GEN|SIETYP|PROGRAM|FNAMN|RAR|KONTO|VER|IB|UB|RES|PSALDO)\s/gim;

/** Whether a text begins as a SIE file, types 1 to 4: items with a label after `#`. */
export const isSie = (text: string): boolean => {
  const start = text.search(/[^\s\uFEFF]/);
  if (start < 0 || !FIRST.test(text.slice(start, start + 16))) return false;
  return new Set([...text.slice(start).matchAll(OTHERS)].map(match => match[0].trim().toUpperCase())).size >= 2;
};
