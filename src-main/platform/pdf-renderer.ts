import { fileURLToPath } from 'node:url';
import pdfmake from 'pdfmake';
import type { TDocumentDefinitions, TDocumentInformation, TFontDictionary } from 'pdfmake/interfaces.js';

/** Lies at the same depth below the application's root in a checkout (src-main/platform) and when built (dist/main). */
const FONT_FOLDER = new URL('../../resources/fonts/', import.meta.url);
const fontFile = (name: string): string => fileURLToPath(new URL(name, FONT_FOLDER));

/** pdfmake wants every style of a family; a report has no italics. */
const FONTS = {
  Roboto: { normal: fontFile('Roboto-Regular.ttf'), bold: fontFile('Roboto-Medium.ttf') },
  RobotoMono: { normal: fontFile('RobotoMono-Regular.ttf') },
} satisfies TFontDictionary;
const FONT_FILES: readonly string[] = [FONTS.Roboto.normal, FONTS.Roboto.bold, FONTS.RobotoMono.normal];

pdfmake.setFonts(FONTS);
// A document definition holds text of the evidence: nothing in it may fetch or read anything but the fonts above.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy(path => FONT_FILES.includes(path));

export interface PdfIdentity {
  /** The report's instant (ISO 8601): the PDF's dates, instead of the machine's clock. */
  readonly builtAt: string;
  /** Digest of what the report says (hex). The PDF's file identifier is derived from it. */
  readonly id: string;
}

export interface RenderedPdf {
  readonly bytes: Uint8Array;
  readonly pages: number;
}

/**
 * Renders a pdfmake document definition. The same definition and identity give the same bytes: pdfkit derives the file
 * identifier from the document information, which holds only what is given here. A definition is good for one rendering
 * (pdfmake writes into it). Rejects where a font is missing, `builtAt` is no instant, or the definition is faulty.
 */
export const renderPdf = async (definition: TDocumentDefinitions, identity: PdfIdentity): Promise<RenderedPdf> => {
  const builtAt = new Date(identity.builtAt);
  if (Number.isNaN(builtAt.getTime())) throw new RangeError(`not an instant: ${identity.builtAt}`);
  const info: TDocumentInformation & { readonly nexusReport: string } = {
    ...definition.info,
    creationDate: builtAt,
    modDate: builtAt,
    nexusReport: identity.id,
  };
  const created = pdfmake.createPdf({ ...definition, info });
  const stream = await created.getStream();
  const { start, count } = stream.bufferedPageRange();
  return { bytes: await created.getBuffer(), pages: start + count };
};
