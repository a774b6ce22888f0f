import { escapeHtml, textOfHtml } from '../../features/reports/domain/html/escape-html.ts';

type Mask = (text: string) => string;

/** A text where it is written, masked as it is read; one that holds no number stays as it was, byte for byte. */
const maskOne = (written: string, text: string, mask: Mask, write: (text: string) => string): string => {
  const masked = mask(text);
  return masked === text ? written : write(masked);
};

/** Texts between tags, and values of attributes: a report's own HTML has `<`, `>` and `"` nowhere else. */
const maskHtml = (html: string, mask: Mask): string => {
  const maskText = (written: string): string => maskOne(written, textOfHtml(written), mask, escapeHtml);
  return html.replace(/<[^>]*>|[^<]+/g, piece =>
    piece.startsWith('<') ? piece.replace(/"([^"]*)"/g, (_, value: string) => `"${maskText(value)}"`) : maskText(piece),
  );
};

/** RFC 4180: fields, in quotes where they hold a separator. */
const maskCsv = (csv: string, mask: Mask): string =>
  csv.replace(/"((?:[^"]|"")*)"|[^",\r\n]+/g, (written, quoted: string | undefined) =>
    maskOne(written, quoted?.replaceAll('""', '"') ?? written, mask, text => `"${text.replaceAll('"', '""')}"`),
  );

/** RFC 8259, section 7: strings. */
const maskJson = (json: string, mask: Mask): string =>
  json.replace(/"(?:[^"\\]|\\.)*"/g, written =>
    maskOne(written, JSON.parse(written) as string, mask, text => JSON.stringify(text)),
  );

/**
 * A file's content with its texts masked as they are read, not as they are written: `&#39;`, `""` and `\n` stand for one
 * character each, which may stand between the groups of a number.
 */
export const maskWritten = (mediaType: string, content: string, mask: Mask): string => {
  switch (mediaType) {
    case 'text/html':
      return maskHtml(content, mask);
    case 'text/csv':
      return maskCsv(content, mask);
    case 'application/json':
      return maskJson(content, mask);
    default:
      return mask(content);
  }
};
