import { type Block, heading, paragraph, strong, type Text, table } from '../report-document.ts';
import { countOf } from '../report-figures.ts';
import type { ReportModel } from '../report-model.ts';
import { ROW_COLUMNS, rowCells, shownOf } from '../row-table.ts';
import type { SourceLabels } from '../source-labels.ts';

const exactGroups = (model: ReportModel, labels: SourceLabels): readonly Block[] => {
  const { exactGroups: total, groups } = model.duplicates;
  if (groups.length === 0) return [];
  return [
    heading(3, 'Equal records'),
    table(
      `Groups of equal records: ${shownOf(groups.length, total)}`,
      [{ title: 'Group', kind: 'text', share: 56 }, ...ROW_COLUMNS],
      groups.flatMap((group, index) =>
        group.rows.map((row, at): readonly Text[] => [
          at === 0
            ? `${index + 1} (${group.rows.length < group.rowCount ? `${group.rows.length} of ` : ''}${countOf(group.rowCount, 'row')})`
            : '',
          ...rowCells(row, labels),
        ]),
      ),
    ),
  ];
};

const nearPairs = (model: ReportModel, labels: SourceLabels): readonly Block[] => {
  const { near } = model.duplicates;
  if (near.total === 0) return [];
  return [
    heading(3, 'Records that resemble each other'),
    paragraph(
      'Each pair is proposed for a decision. The score (0 to 1) orders the pairs; it is not a probability. The two records of a pair stand one above the other, with what agrees and what differs.',
    ),
    table(
      `Pairs of records that resemble each other: ${shownOf(near.shown.length, near.total)}`,
      [{ title: 'Pair', kind: 'text', share: 84 }, ...ROW_COLUMNS],
      near.shown.flatMap((pair, index): (readonly Text[])[] => [
        [[strong(`${index + 1}, score ${pair.score.toFixed(2)}`)], ...rowCells(pair.a, labels)],
        [
          `same: ${pair.agree.join(', ') || 'nothing'}; differs: ${pair.differ.join(', ') || 'nothing'}`,
          ...rowCells(pair.b, labels),
        ],
      ]),
    ),
  ];
};

/** Which records count, in words: all of them, or all but those that a person confirmed to repeat others. */
export const whatCounts = (confirmed: number): string =>
  confirmed === 0
    ? 'Nothing was merged or removed: every record counts in every figure of this report as often as it stands in the files.'
    : `A person confirmed that ${countOf(confirmed, 'record')} ${confirmed === 1 ? 'repeats another' : 'repeat others'}: left out of the tests and the quality figures, unmatched with that reason in the reconciliation, and still in the files, their counts and their sums. Nothing else was merged or removed.`;

/** Records that stand more than once, or nearly so. */
export const duplicatesSection = (model: ReportModel, labels: SourceLabels): readonly Block[] => {
  const { duplicates } = model;
  return [
    paragraph(
      `${countOf(duplicates.exactGroups, 'group')} of records equal in every field, with ${countOf(duplicates.exactRows, 'copy', 'copies')} beyond the first of each group. ${countOf(duplicates.near.total, 'pair')} of records that resemble each other. ${whatCounts(duplicates.confirmed)}`,
    ),
    ...exactGroups(model, labels),
    ...nearPairs(model, labels),
  ];
};
