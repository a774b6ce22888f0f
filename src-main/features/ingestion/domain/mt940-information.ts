/** What an entry's information says of the transaction. Empty text is "not stated". */
export interface Information {
  readonly description: string;
  readonly counterparty: string;
  readonly counterpartyAccount: string;
  /** The payment's own reference, such as the end-to-end identification. */
  readonly reference: string;
  /** Posting text, with the bank's transaction code where it has one. */
  readonly type: string;
}

export const NO_INFORMATION: Information = {
  description: '',
  counterparty: '',
  counterpartyAccount: '',
  reference: '',
  type: '',
};

/** The width at which SWIFT wraps field 86 (`6*65x`). */
const LINE_WIDTH = 65;

/**
 * Text of one field 86 as it was before it was wrapped: a line that is full goes on in the next, one short by one lost
 * a blank at its end; `between` stands between lines that were ended on purpose.
 */
export const unwrapped = (lines: readonly string[], between: string): string =>
  lines.reduce((text, line, i) => {
    if (i === 0) return line;
    const before = lines[i - 1]!.length;
    return `${text}${before >= LINE_WIDTH ? '' : before === LINE_WIDTH - 1 ? ' ' : between}${line}`;
  }, '');

/** One line of readable text: runs of white space become one blank. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** True for a reference that is one, and not a placeholder (EPC: "NOTPROVIDED"). */
export const isReference = (text: string): boolean => text !== '' && !/^(?:not ?provided|nonref)$/i.test(text);
