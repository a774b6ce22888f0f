import { type Block, code, heading, list, paragraph, type Text, table } from '../report-document.ts';
import { countOf, shorten } from '../report-figures.ts';
import type { ReportModel } from '../report-model.ts';
import { shownOf } from '../row-table.ts';
import type { SourceLabels } from '../source-labels.ts';

const limitItems = (model: ReportModel, labels: SourceLabels): readonly Text[] => {
  const guessed = model.sources.filter(source => source.encodingBasis === 'detected');
  const undated = model.sources.filter(source => source.from === null || source.to === null);
  const notRun = model.tests.filter(test => test.notRun !== null);
  const unchecked = model.reconciliation.balances.filter(line => line.balanced === null).length;
  return [
    'The examination covers the files listed under Scope. It cannot know of accounts, statements, books or persons that were not given.',
    'A missing statement can change what is said here: its transactions could match what now has no partner, add to a pattern or end one, and shift the digit statistics.',
    ...(guessed.length === 0
      ? []
      : [
          `The encoding of ${guessed.map(source => labels.of(source.id)).join(', ')} was detected from the bytes, because the ${guessed.length === 1 ? 'file does' : 'files do'} not state it. Letters outside basic Latin could read differently under another encoding.`,
        ]),
    ...(undated.length === 0
      ? []
      : [`The period of ${undated.map(source => labels.of(source.id)).join(', ')} is not wholly known.`]),
    ...(unchecked === 0
      ? []
      : [`${countOf(unchecked, 'statement')} could not be checked for balance, because a balance is not stated.`]),
    ...notRun.map(test => `The test “${test.title}” did not run: ${test.notRun}`),
    ...model.limits,
  ];
};

const rejectedBlocks = (model: ReportModel, labels: SourceLabels): readonly Block[] => {
  const { rejected } = model;
  if (rejected.total === 0) return [paragraph('No record was rejected.')];
  return [
    paragraph(
      'A record that could not be read is kept with its place, its raw text and the reason. It is in no sum, count or test.',
    ),
    table(
      `Rejected records: ${shownOf(rejected.shown.length, rejected.total)}`,
      [
        { title: 'Place', kind: 'short', share: 66 },
        { title: 'Reason', kind: 'text', share: 170 },
        { title: 'Raw record', kind: 'code', share: 260 },
      ],
      rejected.shown.map((record): readonly Text[] => [
        labels.place(record.sourceId, record.row),
        shorten(record.reason),
        [code(shorten(record.raw))],
      ]),
    ),
  ];
};

const warningBlocks = (model: ReportModel, labels: SourceLabels): readonly Block[] => {
  const { warnings } = model;
  if (warnings.total === 0) return [];
  return [
    heading(2, 'Warnings while reading', 'warnings'),
    table(
      `Warnings: ${shownOf(warnings.shown.length, warnings.total)}`,
      [
        { title: 'Place', kind: 'short', share: 70 },
        { title: 'Warning', kind: 'text', share: 426 },
      ],
      warnings.shown.map((warning): readonly Text[] => [
        labels.place(warning.sourceId, warning.row),
        shorten(warning.message),
      ]),
    ),
  ];
};

/** What could not be tested, what was not read, and what could change the picture. */
export const limitsSection = (model: ReportModel, labels: SourceLabels): readonly Block[] => [
  list(limitItems(model, labels)),
  heading(2, 'Rejected records', 'rejected-records'),
  ...rejectedBlocks(model, labels),
  ...warningBlocks(model, labels),
];
