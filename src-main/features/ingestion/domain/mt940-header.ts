/** What stands before a message's text: its kind and the bank. */
export interface MessageHeader {
  readonly messageType: '940' | '942' | null;
  readonly institution: string | null;
}

/** Bank identifier code of a logical terminal address (12 characters: BIC8, terminal, branch). */
const codeOf = (terminal: string): string => {
  const branch = terminal.slice(9, 12);
  return branch === '' || branch === 'XXX' ? terminal.slice(0, 8) : `${terminal.slice(0, 8)}${branch}`;
};

/**
 * Blocks 1 and 2 of a FIN message. In an input message (`{2:I940…`) block 1 holds the bank that sent it; in an output
 * message (`{2:O940` time, date, then the sender's terminal) block 2 does, unless the bank wrote it without time and date.
 */
export const messageHeader = (text: string): MessageHeader => {
  const sender = /\{1:F\d{2}([A-Z0-9]{12})/.exec(text)?.[1];
  const application = /\{2:([IO])(94[02])(?:\d{10}([A-Z]{6}[A-Z0-9]{6}))?/.exec(text);
  const output = application?.[1] === 'O' ? application[3] : undefined;
  const terminal = output ?? sender;
  return {
    messageType: (application?.[2] as '940' | '942' | undefined) ?? null,
    institution: terminal === undefined ? null : codeOf(terminal),
  };
};

/** Lines that banks put before a bare message: its kind, the bank's code, or both (ABN AMRO, ING, Rabobank). */
export const bareHeader = (text: string): MessageHeader | null => {
  const kind = /^(94[02])(?: \d\d)?$/.exec(text)?.[1];
  if (kind !== undefined) return { messageType: kind as '940' | '942', institution: null };
  const bank = /^(?:0000 01)?([A-Z]{6}[A-Z0-9]{2})(?:[A-Z0-9]{3,4}\d{0,5})?$/.exec(text)?.[1];
  return bank === undefined ? null : { messageType: null, institution: bank };
};

/** The bank's code where field 25 begins with one (`BPHKPLPK/320000546101`). */
export const institutionOfAccount = (account: string): string | null =>
  /^([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\//.exec(account)?.[1] ?? null;

/** The currency where field 25 ends with one (`1291.99.348EUR`, `…/HUF`). */
export const currencyOfAccount = (account: string): string | null => /(?:\d|\/)([A-Z]{3})$/.exec(account)?.[1] ?? null;
