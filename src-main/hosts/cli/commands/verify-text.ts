/** Control and format characters (ends of lines, C0, C1, marks that turn the direction) and every space but the plain one. */
const UNSHOWN = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

const escaped = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x1_0000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
};

/** Text of a file as it may stand in one line of a verdict: whatever would end the line or command the terminal is its number. */
export const oneLine = (text: string): string => text.replace(UNSHOWN, escaped);

/** The lines of a verdict, each with its end. No value in them can make up a line of its own. */
export const verdictText = (lines: readonly string[]): string => lines.map(line => `${oneLine(line)}\n`).join('');
