import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { renderPdf } from '../../../platform/pdf-renderer.ts';

/** A statement to print: text above, a table, text below. */
export interface PrintedStatement {
  readonly above: readonly string[];
  readonly header: readonly string[];
  /** Width of each column in points; negative for amounts, which stand flush right. */
  readonly widths: readonly number[];
  readonly rows: readonly (readonly string[])[];
  readonly below?: readonly string[];
  /** The header is printed again on every page. */
  readonly repeatHeader?: boolean;
  readonly footer?: string;
  readonly userPassword?: string;
  readonly landscape?: boolean;
}

/** Prints a statement as banks do: each cell at its place, no rules, no structure. */
export const printStatement = async (statement: PrintedStatement): Promise<Uint8Array> => {
  const { above, header, widths, rows, below = [], footer, userPassword } = statement;
  const cell = (text: string, column: number): TableCell => ({
    text,
    alignment: widths[column]! < 0 ? 'right' : 'left',
  });
  const body = [header, ...rows].filter(row => row.length > 0).map(row => row.map(cell));
  const content: Content[] = [
    ...above.map(text => ({ text, margin: [0, 0, 0, 6] as [number, number, number, number] })),
    {
      table: { widths: widths.map(Math.abs), body, headerRows: statement.repeatHeader === true ? 1 : 0 },
      layout: { hLineWidth: () => 0, vLineWidth: () => 0, paddingTop: () => 1, paddingBottom: () => 1 },
      margin: [0, 10, 0, 10],
    },
    ...below.map(text => ({ text, margin: [0, 6, 0, 0] as [number, number, number, number] })),
  ];
  const { bytes } = await renderPdf(
    {
      content,
      defaultStyle: { font: 'Roboto', fontSize: 9 },
      pageOrientation: statement.landscape === true ? 'landscape' : 'portrait',
      ...(footer === undefined ? {} : { footer: (page: number) => ({ text: `${footer} ${page}`, margin: [40, 10] }) }),
      ...(userPassword === undefined ? {} : { userPassword, ownerPassword: 'owner' }),
    },
    { builtAt: '2024-05-01T00:00:00.000Z', id: 'fixture' },
  );
  return bytes;
};

/** A PDF of pages given by their content streams (ISO 32000-1, 7.8.2), with Helvetica as /F and a correct table of objects. */
export const pdfOfContents = (pages: readonly string[]): Uint8Array => {
  const kids = pages.map((_, i) => `${4 + 2 * i} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((content, i) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> >> /Contents ${5 + 2 * i} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ]),
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const offset of offsets) text += `${String(offset).padStart(10, '0')} 00000 n \n`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Uint8Array.from(text, letter => letter.charCodeAt(0));
};
