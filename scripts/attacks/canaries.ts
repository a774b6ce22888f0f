/**
 * Words that stand nowhere else, as evidence carries them: names, accounts (the form of an IBAN), references, purposes.
 * Thirty of them; made, not drawn, so that every run seeds the same.
 */
export const CANARIES: readonly string[] = Array.from({ length: 30 }, (_, i) => {
  const mark = `${'BCDFGHJKLM'[i % 10]}${'QXZWVJKPTR'[(i * 7) % 10]}${'AEIOU'[i % 5]}${i + 41}`;
  switch (i % 5) {
    case 0:
      return `Quill${mark}feather Ostrander`;
    case 1:
      return `DE${(i * 7_919_337 + 31_415_926).toString().padStart(10, '0')}0606060606`;
    case 2:
      return `ZQX-${mark}-KANARIE-77120`;
    case 3:
      return `${mark} weisse Orchideen für Zimmer 9`;
    default:
      return `Håkon ${mark} Żółć & Söhne`;
  }
});

/** A statement that holds every canary, in every text column, over and over. */
export const canaryStatement = (rows: number): string => {
  const words = (i: number): string => CANARIES[i % CANARIES.length]!;
  const lines = Array.from(
    { length: rows },
    (_, i) =>
      `2024-0${(i % 9) + 1}-1${i % 10},${i % 3 ? '-' : ''}${(i * 37) % 9_999}.25,EUR,${words(i)},${words(i + 1)},${words(i + 2)},${words(i + 3)}\n`,
  );
  return `date,amount,currency,counterparty,counterparty account,reference,description\n${lines.join('')}`;
};

/** The forms a word takes in a file or in memory: text of one, two and two swapped bytes, base64 at each of its three phases. */
const formsOf = (text: string): Buffer[] => [
  Buffer.from(text, 'utf8'),
  Buffer.from(text, 'utf16le'),
  Buffer.from(text, 'utf16le').swap16(),
  ...[0, 1, 2].map(phase => {
    const encoded = Buffer.from(`${'x'.repeat(phase)}${text}`).toString('base64');
    // The first and the last quartet hold neighbours too: they differ from place to place.
    return Buffer.from(encoded.slice(phase === 0 ? 0 : 4, -4));
  }),
];

const FORMS = CANARIES.flatMap(word => formsOf(word).map(bytes => ({ word, bytes })));

/** Canaries whose any form stands in these bytes. */
export const canariesIn = (bytes: Uint8Array): string[] => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return [...new Set(FORMS.filter(form => buffer.includes(form.bytes)).map(({ word }) => word))];
};
