/**
 * True for text that begins as a CODA file does: header record 0 (five zeros, creation date DDMMYY, bank identification,
 * application code 05), then record 1 or, in a file cut short, nothing.
 */
export const isCoda = (text: string): boolean =>
  /^\s*0{5}\d{6}[\d ]{3}05[D ] {7}[^\n]*(?:\r?\n1[0-3 ]|\s*$)/.test(text);
