/** What an uncompressed PDF of pdfkit holds, read back for tests: the text of each page in drawing order, and its outline. */
interface PdfContents {
  readonly pages: readonly string[];
  /** Text drawn in one piece: a word, or the part of one that stands on a line. */
  readonly pieces: readonly string[];
  readonly outline: readonly string[];
  readonly trailer: string;
}

const utf16 = (hex: string): string =>
  String.fromCharCode(
    ...Array.from({ length: hex.length / 4 }, (_, i) => Number.parseInt(hex.slice(4 * i, 4 * i + 4), 16)),
  );

/** Glyph numbers to text, from a ToUnicode map (ISO 32000-1, 9.10.3) as pdfkit writes it: ranges with one list of texts each. */
const glyphTexts = (cmap: string): ReadonlyMap<number, string> => {
  const texts = new Map<number, string>();
  for (const [, start = '', , list = ''] of cmap.matchAll(/<([0-9a-f]+)> <([0-9a-f]+)> \[([^\]]*)\]/g))
    for (const [index, [, hex = '']] of [...list.matchAll(/<([0-9a-f ]*)>/g)].entries())
      texts.set(Number.parseInt(start, 16) + index, utf16(hex.replaceAll(' ', '')));
  return texts;
};

/** Reads a PDF written with `compress: false`. Throws where a part that a test needs is not found. */
export const readPdf = (bytes: Uint8Array): PdfContents => {
  let file = '';
  for (let at = 0; at < bytes.length; at += 8_192) file += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  const objects = new Map<string, string>();
  for (const [, number = '', body = ''] of file.matchAll(/^(\d+) 0 obj\n([\s\S]*?)\nendobj$/gm))
    objects.set(number, body);
  const object = (reference: string | undefined): string => {
    const body = objects.get(reference ?? '');
    if (body === undefined) throw new Error(`the PDF has no object ${reference}`);
    return body;
  };
  const fonts = new Map<string, ReadonlyMap<number, string>>();
  const fontTexts = (reference: string): ReadonlyMap<number, string> => {
    const known = fonts.get(reference) ?? glyphTexts(object(/\/ToUnicode (\d+) 0 R/.exec(object(reference))?.[1]));
    fonts.set(reference, known);
    return known;
  };
  const pieces: string[] = [];
  const pageText = (page: string): string => {
    const resources = object(/\/Resources (\d+) 0 R/.exec(page)?.[1]);
    const named = new Map(
      [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', reference = '']) => [name, reference]),
    );
    const content = object(/\/Contents (\d+) 0 R/.exec(page)?.[1]);
    let texts: ReadonlyMap<number, string> = new Map();
    let text = '';
    for (const [, font, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g))
      if (font !== undefined) texts = fontTexts(named.get(font) ?? '');
      else {
        let piece = '';
        for (const [, hex = ''] of (shown ?? '').matchAll(/<([0-9a-f]+)>/g))
          for (let i = 0; i < hex.length; i += 4)
            piece += texts.get(Number.parseInt(hex.slice(i, i + 4), 16)) ?? '\uFFFD';
        pieces.push(piece);
        text += piece;
      }
    return text;
  };
  const tree = [...objects.values()].find(body => /\/Type \/Pages\b/.test(body)) ?? '';
  const kids = /\/Kids \[([^\]]*)\]/.exec(tree)?.[1] ?? '';
  const pages = [...kids.matchAll(/(\d+) 0 R/g)].map(([, reference]) => pageText(object(reference)));
  return {
    pages,
    pieces,
    outline: [...objects.values()].flatMap(body =>
      /\/Parent/.test(body) && /\/Dest/.test(body) ? (/\/Title \(([^)]*)\)/.exec(body)?.[1] ?? []) : [],
    ),
    trailer: file.slice(file.lastIndexOf('\ntrailer')),
  };
};
