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

/** A description with what code words say behind it, in brackets: `Rent [MREF M-17]`. */
export const withWords = (
  description: string,
  words: ReadonlyMap<string, string>,
  shown: readonly string[],
): string => {
  const texts = [description];
  for (const word of shown) {
    const value = oneLine(words.get(word) ?? '');
    if (value !== '' && !/^not ?provided$/i.test(value)) texts.push(`[${word} ${value}]`);
  }
  return texts.join(' ').trim();
};

/** A description with further texts behind it, those left out that it says already. */
export const withFurther = (description: string, further: readonly string[]): string =>
  further
    .map(oneLine)
    .reduce((text, each) => (each === '' || text.includes(each) ? text : `${text} ${each}`.trim()), description);

/** True for a reference that is one, and not a placeholder (EPC: "NOTPROVIDED"). */
export const isReference = (text: string): boolean => text !== '' && !/^(?:not ?provided|nonref)$/i.test(text);
