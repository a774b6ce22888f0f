import { isZeroDecimal, subtractDecimals } from '../exact-decimal.ts';
import { REPORT_CAPS } from '../report-caps.ts';
import { alert, type Block, good, heading, list, paragraph, strong, type Text, table } from '../report-document.ts';
import {
  countOf,
  formatAmount,
  formatCount,
  formatCurrency,
  formatParameters,
  formatPeriod,
  NOT_GIVEN,
  shorten,
  wordsOf,
} from '../report-figures.ts';
import type { Capped, ReportBalanceLine, ReportModel, ReportOrphan, ReportProofLine } from '../report-model.ts';
import { ROW_COLUMNS, rowCells, shownOf } from '../row-table.ts';
import type { SourceLabels } from '../source-labels.ts';

const amountOr = (amount: string | null): string => (amount === null ? 'not stated' : formatAmount(amount));

const balanceResult = (line: ReportBalanceLine): Text => {
  if (line.balanced === null) return 'cannot be checked';
  if (line.balanced) return [good('balances')];
  return [alert(`off by ${line.difference === null ? 'an unknown amount' : formatAmount(line.difference)}`)];
};

/** Every statement that does not balance, then the others, up to the cap; in their own order. */
const printedBalances = (lines: readonly ReportBalanceLine[]): readonly ReportBalanceLine[] => {
  let room = Math.max(0, REPORT_CAPS.balances - lines.filter(line => line.balanced === false).length);
  return lines.filter(line => line.balanced === false || room-- > 0);
};

const balanceBlocks = (model: ReportModel, labels: SourceLabels): readonly Block[] => {
  const { balances, chain } = model.reconciliation;
  if (balances.length === 0)
    return [paragraph('No statement with balances was given, so no balance could be checked.')];
  const printed = printedBalances(balances);
  return [
    paragraph(
      'For each statement: opening balance + money in − money out must equal the closing balance, to the last unit. The figures of the columns In and Out are sums of the transactions read; the balances are those that the statement states.',
    ),
    table(
      `${printed.length < balances.length ? `${formatCount(printed.length)} of ${countOf(balances.length, 'statement')}, all that do not balance among them; the workspace holds the rest` : countOf(balances.length, 'statement')}: opening + in − out = closing`,
      [
        { title: 'Account', kind: 'text', share: 108 },
        { title: 'File', kind: 'text', share: 30 },
        { title: 'Period', kind: 'text', share: 60 },
        { title: 'Cur.', kind: 'short', share: 25 },
        { title: 'Opening', kind: 'figure', share: 56 },
        { title: 'In', kind: 'figure', share: 56 },
        { title: 'Out', kind: 'figure', share: 56 },
        { title: 'Closing', kind: 'figure', share: 56 },
        { title: 'Result', kind: 'text', share: 50 },
      ],
      printed.map((line): readonly Text[] => [
        line.account ?? NOT_GIVEN,
        shorten(labels.ofName(line.source), 80),
        formatPeriod(line.from, line.to),
        formatCurrency(line.currency),
        amountOr(line.opening),
        formatAmount(line.credits),
        formatAmount(line.debits),
        amountOr(line.closing),
        balanceResult(line),
      ]),
    ),
    heading(3, 'From one statement to the next'),
    ...(chain.length === 0
      ? [
          paragraph(
            'Where statements of one account follow each other, each closing balance is the next opening balance, and no days are missing or covered twice.',
          ),
        ]
      : [
          paragraph(`${countOf(chain.length, 'place')} where statements of one account do not join:`),
          list(
            chain.map(
              (issue): Text => [strong(`${issue.kind}, ${issue.account ?? 'account not given'}: `), issue.message],
            ),
          ),
        ]),
  ];
};

/** total − matched − unmatched: what is in neither list (the rows of proposed pairs, where they are counted apart). */
const apart = (total: string, matched: string, unmatched: string): string =>
  subtractDecimals(total, matched, unmatched);

const proofRows = (line: ReportProofLine, proposed: number): readonly (readonly Text[])[] => {
  const currency = formatCurrency(line.currency);
  const row = (label: Text, bank: string, ledger: string): readonly Text[] => [
    currency,
    label,
    formatAmount(bank),
    formatAmount(ledger),
    formatAmount(subtractDecimals(bank, ledger)),
  ];
  const bankApart = apart(line.bankTotal, line.matchedBank, line.unmatchedBank);
  const ledgerApart = apart(line.ledgerTotal, line.matchedLedger, line.unmatchedLedger);
  const nothingApart = isZeroDecimal(bankApart) && isZeroDecimal(ledgerApart);
  const agrees = isZeroDecimal(subtractDecimals(subtractDecimals(line.bankTotal, line.ledgerTotal), line.difference));
  const foots = line.foots && agrees && (nothingApart || proposed > 0);
  return [
    row('In matched pairs', line.matchedBank, line.matchedLedger),
    ...(nothingApart
      ? []
      : [row(proposed > 0 ? 'In proposed pairs' : [alert('Not accounted for')], bankApart, ledgerApart)]),
    row('Without a partner', line.unmatchedBank, line.unmatchedLedger),
    row([strong('All transactions')], line.bankTotal, line.ledgerTotal),
    [currency, foots ? [good('The proof foots')] : [alert('The proof does not foot')], '', '', ''],
  ];
};

const orphanBlocks = (
  title: string,
  orphans: Capped<ReportOrphan>,
  labels: SourceLabels,
  other: string,
): readonly Block[] => {
  if (orphans.total === 0) return [];
  return [
    heading(3, title),
    table(
      `Transactions with the nearest of the ${other} and why it was refused: ${shownOf(orphans.shown.length, orphans.total)}`,
      ROW_COLUMNS.map(column =>
        column.title === 'Description' ? { ...column, title: 'Nearest and why not' } : column,
      ),
      orphans.shown.map(({ transaction, candidates }): readonly Text[] => [
        ...rowCells(transaction, labels).slice(0, -1),
        candidates.length === 0 ? 'no candidate' : shorten(candidates.join('; ')),
      ]),
    ),
  ];
};

const proposalBlocks = (model: ReportModel, labels: SourceLabels): readonly Block[] => {
  const { proposals } = model.reconciliation;
  if (proposals.total === 0) return [];
  return [
    heading(3, 'Pairs proposed for a decision'),
    paragraph(
      'These pairs are likely but not certain; they settle nothing until a person confirms them. The score (0 to 1) orders them; it is not a probability.',
    ),
    table(
      `Proposed pairs: ${shownOf(proposals.shown.length, proposals.total)}`,
      [{ title: 'Pair', kind: 'text', share: 110 }, ...ROW_COLUMNS.filter(column => column.title !== 'Description')],
      proposals.shown.flatMap((match, index) =>
        [...match.bank, ...match.ledger].map((row, at): readonly Text[] => [
          at === 0
            ? [strong(`${index + 1}, score ${match.score.toFixed(2)}`)]
            : at === match.bank.length
              ? shorten(match.reasons.join('; '))
              : '',
          ...rowCells(row, labels).slice(0, -1),
        ]),
      ),
    ),
  ];
};

const matchBlocks = (model: ReportModel, labels: SourceLabels): readonly Block[] => {
  const { matched, unmatchedBank, unmatchedLedger } = model.reconciliation;
  if (matched === null)
    return [
      paragraph(
        'No ledger was given: nothing was matched, and this report says nothing about whether the books agree with the bank.',
      ),
    ];
  return [
    paragraph(
      `${countOf(matched.confirmed, 'pair')} confirmed; ${countOf(matched.proposed, 'pair')} proposed; ${countOf(matched.unmatchedBank, 'bank transaction')} and ${countOf(matched.unmatchedLedger, 'ledger transaction')} without a partner. Signs: ${matched.sign}. Parameters: ${formatParameters(Object.fromEntries(Object.entries(matched.parameters).map(([name, value]) => [wordsOf(name), value])))}.`,
    ),
    table(
      'Proof of the reconciliation, per currency: the parts of each side add up to its total, and the differences of the parts to the difference of the totals',
      [
        { title: 'Cur.', kind: 'short', share: 34 },
        { title: 'Transactions', kind: 'text', share: 165 },
        { title: 'Bank', kind: 'figure', share: 100 },
        { title: 'Ledger', kind: 'figure', share: 100 },
        { title: 'Bank − ledger', kind: 'figure', share: 100 },
      ],
      matched.proof.flatMap(line => proofRows(line, matched.proposed)),
    ),
    ...(matched.limits.length === 0 ? [] : [list(matched.limits)]),
    ...proposalBlocks(model, labels),
    ...orphanBlocks('Bank transactions without a partner', unmatchedBank, labels, 'ledger'),
    ...orphanBlocks('Ledger transactions without a partner', unmatchedLedger, labels, 'bank'),
  ];
};

/** Whether the statements add up, whether they join, and whether the books agree with the bank. */
export const reconciliationSection = (model: ReportModel, labels: SourceLabels): readonly Block[] => [
  heading(2, 'Balances', 'balances'),
  ...balanceBlocks(model, labels),
  heading(2, 'Bank and ledger', 'bank-and-ledger'),
  ...matchBlocks(model, labels),
];
