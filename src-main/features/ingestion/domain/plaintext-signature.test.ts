import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { textLedger } from './plaintext-ledger-signature.ts';

const data = new URL('../../../../../shared/data/', import.meta.url);
/** Folders of files that are no text ledgers. */
const OTHERS = [
  'statements/',
  'tabular/',
  'payments/',
  'spend/',
  'linkage/',
  'categories/',
  'benford/',
  'fraud/',
  'reference/',
];

const filesUnder = (folder: URL): URL[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(each => each.isFile() && !each.name.includes('.expected.'))
    .map(each => new URL(encodeURIComponent(each.name), `file://${each.parentPath}/`));

describe('recognizing text ledgers', () => {
  it('takes none of the other real files for its own', () => {
    const files = OTHERS.flatMap(folder => filesUnder(new URL(folder, data)));
    expect(files.length).toBeGreaterThan(200);
    const taken = files.filter(url => {
      const head = readFileSync(url).subarray(0, 65_536);
      return textLedger(new TextDecoder('windows-1252').decode(head)) !== null;
    });
    expect(taken.map(url => url.pathname.split('/').at(-1))).toEqual(['reckon_73-transactions.ledger']);
  });

  it.each([
    ['a journal', '2024-01-15 * Zoo\n    A:B  $5\n    C\n', 'hledger'],
    ['a journal with tabs', '2024/01/15 Zoo\n\tA:B\t$5\n\tC\n', 'hledger'],
    [
      'directives before the first entry',
      '; x\nY2024\naccount A:B\ncommodity $1.00\n\n2024-01-15 x\n  A:B  1\n  C\n',
      'hledger',
    ],
    [
      'dates without year behind a default year',
      'Y2024\n01/05 x\n  a  1 EUR\n  b\n1-6 * y\n  a  2 EUR\n  b\n',
      'hledger',
    ],
    ['dates without any year', '01/05 x\n  a  1 EUR\n  b\n', null],
    [
      'time clock lines and options among entries',
      '--pedantic\ni 2024/01/05 09:00:00 A\no 2024/01/05 10:00:00\n2024/01/05 x\n  a  1 EUR\n  b\n',
      'hledger',
    ],
    ['prices alone', 'P 2024-01-01 EUR $1.1\nP 2024-01-02 EUR $1.2\n', 'hledger'],
    ['beancount', '2024-01-15 * "Zoo" "x"\n  Assets:A  5 USD\n  Assets:B\n', 'beancount'],
    ['beancount options', 'option "title" "x"\n2024-01-01 open Assets:A\n', 'beancount'],
    ['a journal of org headings', '* Year\n2024-01-01 open Assets:A USD\n', 'beancount'],
    ['a table', '2024-01-15;Zoo;5,00\n2024-01-16;Zoo;6,00\n', null],
    ['a table with cells of several lines', 'date,text,amount\n2024-01-15,"Zoo\n  A:B  5",5.00\n', null],
    ['a table with blanks', '2024-01-15 Zoo 5.00\n2024-01-16 Zoo 6.00\n', null],
    [
      'a printed statement',
      'Account 1\n01/02/2024 Payment 5.00\n   Zoo Ltd\n01/03/2024 Payment 6.00\n   Bar Ltd\nTotal 11.00\n',
      null,
    ],
    ['a letter', 'Dear Sir,\n\n  we enclose\n', null],
    ['nothing', '', null],
  ])('%s', (_, text, format) => {
    expect(textLedger(text)?.format ?? null).toBe(format);
    expect(textLedger(text.replaceAll('\n', '\r\n'))?.format ?? null).toBe(format);
  });
});
