import { type Block, facts } from '../report-document.ts';

/** The terms of the report, in a line or two each. */
export const glossarySection = (): readonly Block[] => [
  facts('Terms', [
    ['Account', 'an account at an institution or in a ledger, as the file names it'],
    [
      'Audit log, root',
      'the list of acts in this workspace; the root is one digest that stands for all of its entries',
    ],
    [
      'Benford’s law',
      'the proportions in which leading digits occur in many natural collections of amounts: a number begins with the digits d with probability log10(1 + 1/d)',
    ],
    [
      'Chi-square, p-value',
      'a measure of how far counts lie from those expected, and the chance of one at least as large if the expectation holds',
    ],
    ['Counterparty', 'the other party of a transaction, as the file names it'],
    ['Digest, SHA-256', 'a number computed from all bytes of a file that changes when any byte changes'],
    ['Duplicate', 'exact: equal in every field; near: alike in most fields and proposed for a decision'],
    ['Finding, lead', 'records that ask for attention under a stated rule; not a conclusion'],
    ['Ledger side, bank side', 'the books of the person or company; the records of the institution'],
    ['MAD', 'mean absolute deviation: how far, on average, the shares found lie from the shares expected'],
    [
      'Reconciliation',
      'pairing each bank transaction with the ledger’s record of it, and proving that paired and unpaired ones add up to the totals',
    ],
    ['Rejected record', 'a record that could not be read; kept with its raw text, in no figure'],
    ['Row', 'the position of a record in its file as a spreadsheet counts it, header lines included'],
    ['Unwitnessed', 'not countersigned by any party outside the workspace'],
    [
      'z',
      'how many standard deviations a count lies from the expected count, above or below; chance alone exceeds 2.576 about once in a hundred',
    ],
  ]),
];
