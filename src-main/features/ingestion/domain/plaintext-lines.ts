import { FileRefused } from './statement-sink.ts';

/** Refuses (`text.encoding`) a ledger text in UTF-16 by its byte order mark: the line formats are bytes of an ASCII superset. */
export const refuseUtf16 = (firstChunk: Uint8Array): void => {
  const [first, second] = firstChunk;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw new FileRefused(
      'text.encoding',
      'The file is text in UTF-16, which this format does not allow. Save it as UTF-8 and keep the original beside it.',
    );
};

/** Largest plain-text journal that is read: it is held whole, because its end may tell how its numbers are written. */
export const PLAINTEXT_MAX_BYTES = 33_554_432;

const SUBSTITUTE = '\u001a';

/** The line without the end-of-file character (SUB) that old systems put behind the last one. */
export const withoutEndMark = (text: string): string => {
  let end = text.length;
  while (end > 0 && text[end - 1] === SUBSTITUTE) end--;
  return text.slice(0, end);
};
