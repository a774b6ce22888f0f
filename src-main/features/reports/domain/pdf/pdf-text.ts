import { isFixedWidthPrintable, printableText } from '../printable-text.ts';
import type { Inline, Text } from '../report-document.ts';
import type { ReportSeverity } from '../report-model.ts';
import { visibleText } from '../visible-text.ts';
import type { PdfRun } from './pdf-definition.ts';

/** Names under which the renderer must know the embedded faces. */
export const TEXT_FACE = 'Roboto';
const FIXED_WIDTH_FACE = 'RobotoMono';

export const INK = '#1a2029';
export const QUIET = '#566070';
export const ACCENT = '#1f3a5f';
export const RULE = '#cfd5de';
const BAD = '#96201a';
const GOOD = '#1d5c38';

const SEVERITY_COLOURS: Readonly<Record<ReportSeverity, string>> = {
  critical: '#8b1414',
  high: '#a3301c',
  medium: '#7a5600',
  low: '#35506e',
  info: QUIET,
};

/** Text as it can be printed: hidden characters and those without a glyph by their number. */
export const pdfText = (text: string): string => printableText(visibleText(text));

const run = (inline: Inline, fontSize: number): PdfRun => {
  if (typeof inline === 'string') return { text: pdfText(inline) };
  if ('severity' in inline)
    return {
      text: inline.severity.toUpperCase(),
      bold: true,
      fontSize: fontSize * 0.8,
      color: SEVERITY_COLOURS[inline.severity],
    };
  const text = pdfText(inline.text);
  switch (inline.as) {
    case 'code':
      // The fixed-width face is wider and taller: a smaller size makes both look alike.
      return isFixedWidthPrintable(text) ? { text, font: FIXED_WIDTH_FACE, fontSize: fontSize * 0.88 } : { text };
    case 'strong':
      return { text, bold: true };
    case 'quiet':
      return { text, color: QUIET };
    case 'alert':
      return { text, bold: true, color: BAD };
    case 'good':
      return { text, bold: true, color: GOOD };
  }
};

/** A text of the report as pdfmake runs, set in `fontSize` points. */
export const pdfRuns = (text: Text, fontSize: number): string | PdfRun[] =>
  typeof text === 'string' ? pdfText(text) : text.map(inline => run(inline, fontSize));

/** The words of a text without their styles, for the outline. */
export const plainText = (text: Text): string =>
  typeof text === 'string'
    ? text
    : text
        .map(inline => (typeof inline === 'string' ? inline : 'severity' in inline ? inline.severity : inline.text))
        .join('');
