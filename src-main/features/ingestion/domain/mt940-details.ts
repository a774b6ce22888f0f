import { codeWords } from './mt940-code-words.ts';
import { type Information, NO_INFORMATION, oneLine, unwrapped, withFurther } from './mt940-information.ts';
import { labelledInformation } from './mt940-labels.ts';
import type { StatementLine } from './mt940-statement-line.ts';
import { germanSubfields } from './mt940-subfields.ts';

/** Ways in which banks write what an entry is about. */
export type DetailsKind = 'subfields' | 'codeWords' | 'labels' | 'nonSwift' | 'free' | 'none';

/**
 * Lines of field `:NS:` after an entry (Sparkassen, Sberbank): two digits, then text. 01–14 purpose, 15–16 name,
 * 17 posting text, 34 account.
 */
const nonSwift = (lines: readonly string[]): Information => {
  const texts = (from: number, to: number): string =>
    oneLine(
      lines
        .filter(line => Number(line.slice(0, 2)) >= from && Number(line.slice(0, 2)) <= to)
        .map(line => line.slice(2))
        .join(' '),
    );
  return {
    ...NO_INFORMATION,
    description: oneLine(`${texts(1, 14)} ${texts(17, 17)}`),
    counterparty: texts(15, 16),
    counterpartyAccount: texts(34, 34),
  };
};

/** ASN and SNS: the first line repeats reference and supplementary details of field 61, which are account and name of the counterparty. */
const volksbank = (lines: readonly string[], line: StatementLine): Information | null => {
  const account = line.counterpartyAccount || line.ownerReference;
  if (account === '' || line.supplementary === '' || lines[0]?.trim() !== `${account} ${line.supplementary}`)
    return null;
  return {
    ...NO_INFORMATION,
    description: oneLine(unwrapped(lines.slice(1), ' ')),
    counterparty: line.supplementary,
    counterpartyAccount: account,
  };
};

/** Reads the fields 86 of an entry: structured text is taken apart where its structure is known, everything else is description. */
const structured = (
  fields: readonly (readonly string[])[],
  line: StatementLine,
  ownAccount: string | null,
): { readonly information: Information; readonly kind: DetailsKind } => {
  const lines = fields.flat();
  const wrapped = fields.map(each => unwrapped(each, '')).join('');
  if (wrapped.trim() === '') return { information: NO_INFORMATION, kind: 'none' };
  const german = germanSubfields(wrapped, ownAccount);
  if (german !== null) return { information: german, kind: 'subfields' };
  const words = codeWords(wrapped);
  if (words !== null) return { information: words, kind: 'codeWords' };
  const text = fields.map(each => unwrapped(each, ' ')).join(' ');
  const labelled = volksbank(lines, line) ?? labelledInformation(text, lines);
  if (labelled !== null) return { information: labelled, kind: 'labels' };
  return { information: { ...NO_INFORMATION, description: oneLine(text) }, kind: 'free' };
};

/**
 * Reads the information of an entry: its fields 86 (usually one) and the lines of `:NS:`. Structured text is taken apart
 * where its structure is known; everything else is description.
 */
export const readDetails = (
  fields: readonly (readonly string[])[],
  nonSwiftLines: readonly string[],
  line: StatementLine,
  ownAccount: string | null,
): { readonly information: Information; readonly kind: DetailsKind } => {
  const nonSwiftText = nonSwiftLines.length === 0 ? NO_INFORMATION : nonSwift(nonSwiftLines);
  const { information, kind } = structured(fields, line, ownAccount);
  if (kind === 'none')
    return nonSwiftLines.length === 0 ? { information, kind } : { information: nonSwiftText, kind: 'nonSwift' };
  return {
    information: { ...information, description: withFurther(information.description, [nonSwiftText.description]) },
    kind,
  };
};
