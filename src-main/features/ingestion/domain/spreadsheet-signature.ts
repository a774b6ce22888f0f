import type { FormatName } from './statement-sink.ts';

interface Recognized {
  readonly format: Extract<FormatName, 'xlsx' | 'xls' | 'ods'>;
  readonly reason: string;
}

const LOCAL_HEADER = [0x50, 0x4b, 0x03, 0x04];
const LOCAL_HEADER_BYTES = 30;
const OLE_SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** Sizes follow the data of an entry (APPNOTE 4.4.4, bit 3). */
const SIZES_FOLLOW = 8;

const beginsAt = (head: Uint8Array, at: number, bytes: readonly number[]): boolean =>
  bytes.every((byte, i) => head[at + i] === byte);

const asciiAt = (head: Uint8Array, start: number, length: number): string => {
  let text = '';
  for (const byte of head.subarray(start, start + length)) text += String.fromCharCode(byte);
  return text;
};

/** Names, in the order of the archive, of the files whose local headers lie in the head, each with its first bytes. */
function* localFiles(head: Uint8Array): Generator<readonly [name: string, content: string]> {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  let at = 0;
  while (at + LOCAL_HEADER_BYTES <= head.length && beginsAt(head, at, LOCAL_HEADER)) {
    const nameLength = view.getUint16(at + 26, true);
    const dataStart = at + LOCAL_HEADER_BYTES + nameLength + view.getUint16(at + 28, true);
    const packedBytes = view.getUint32(at + 18, true);
    const sizesFollow = (view.getUint16(at + 6, true) & SIZES_FOLLOW) !== 0 && packedBytes === 0;
    yield [
      asciiAt(head, at + LOCAL_HEADER_BYTES, nameLength)
        .replaceAll('\\', '/')
        .toLowerCase(),
      asciiAt(head, dataStart, 64),
    ];
    at = dataStart + packedBytes;
    if (sizesFollow) while (at + LOCAL_HEADER_BYTES <= head.length && !beginsAt(head, at, LOCAL_HEADER)) at++;
  }
}

const XLSX: Recognized = { format: 'xlsx', reason: 'a ZIP container with the parts of an Excel workbook' };
const ODS: Recognized = { format: 'ods', reason: 'a ZIP container with the parts of an OpenDocument spreadsheet' };

/** A workbook in a ZIP container, told by the names of its files; any other archive is null, even one of workbooks. */
const zippedWorkbook = (head: Uint8Array): Recognized | null => {
  let possible: Recognized | null = null;
  for (const [name, content] of localFiles(head)) {
    if (name === 'mimetype') {
      if (content.startsWith('application/vnd.oasis.opendocument.'))
        return content.startsWith('application/vnd.oasis.opendocument.spreadsheet') ? ODS : null;
      possible = ODS;
    } else if (name.startsWith('xl/')) return XLSX;
    else if (/^(?:\[content_types\]\.xml$|_rels\/|docprops\/|customxml\/)/.test(name)) possible ??= XLSX;
    else if (/^(?:meta-inf\/manifest\.xml$|(?:content|styles|meta|settings)\.xml$|thumbnails\/)/.test(name))
      possible ??= ODS;
    else return null;
  }
  return possible;
};

/**
 * A workbook by the first bytes of a file: Office Open XML and OpenDocument in a ZIP container, OLE2 compound files
 * (which may turn out to be other documents) and bare BIFF streams. Null for everything else.
 */
export const binaryWorkbook = (head: Uint8Array): Recognized | null => {
  if (beginsAt(head, 0, LOCAL_HEADER)) return zippedWorkbook(head);
  if (beginsAt(head, 0, OLE_SIGNATURE)) return { format: 'xls', reason: 'an OLE2 compound file, as Excel 97 wrote' };
  const [id, version, length, high] = head;
  if (id === 9 && high === 0 && ((version === 0 && length === 4) || ((version === 2 || version === 4) && length === 6)))
    return { format: 'xls', reason: 'a BIFF stream of Excel 2 to 4' };
  return null;
};

const HTML =
  /^\s*(?:<\?xml[^>]*>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE\s+html[^>]*>\s*)*<(?:html|head|meta|title|style|body|div|center|font|form|span|p|b|table|tr)[\s>]/i;

/**
 * A workbook written as text: an HTML page with a table, SpreadsheetML 2003, or OpenDocument in one flat file. Programs
 * save the first two under the name .xls.
 */
export const textWorkbook = (text: string): Recognized | null => {
  if (!/^\s*</.test(text)) return null;
  if (HTML.test(text) && /<table[\s>]/i.test(text)) return { format: 'xls', reason: 'an HTML page with a table' };
  const root = /^\s*(?:<\?[\s\S]*?\?>\s*|<!--[\s\S]*?-->\s*)*<(?:\w+:)?(Workbook|document)\s([^>]*)>/.exec(text);
  if (root?.[1] === 'Workbook' && root[2]!.includes('urn:schemas-microsoft-com:office:spreadsheet'))
    return { format: 'xls', reason: 'XML with the root element Workbook of SpreadsheetML 2003' };
  if (root?.[1] === 'document' && root[2]!.includes('application/vnd.oasis.opendocument.spreadsheet'))
    return { format: 'ods', reason: 'an OpenDocument spreadsheet in one flat XML file' };
  return null;
};
