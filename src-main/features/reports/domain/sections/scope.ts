import { type Block, code, facts, heading, paragraph, strong, type Text, table } from '../report-document.ts';
import { countOf, formatCount, formatInstant, formatPeriod, shorten } from '../report-figures.ts';
import type { ReportModel, ReportSource } from '../report-model.ts';
import type { SourceLabels } from '../source-labels.ts';

const SIDES = { bank: 'bank side', ledger: 'ledger side' } as const;
const BASES = {
  stated: 'stated by the file',
  detected: 'detected by NEXUS from the bytes',
  chosen: 'chosen by the examiner',
} as const;
const MOST_ACCOUNTS = 20;

const accountsOf = (source: ReportSource): Text => {
  if (source.accounts.length === 0) return 'none named in the file';
  const named = source.accounts.slice(0, MOST_ACCOUNTS).join(', ');
  const more = source.accounts.length - MOST_ACCOUNTS;
  return `${formatCount(source.accounts.length)}: ${named}${more > 0 ? ` and ${formatCount(more)} more` : ''}`;
};

const sourceFacts = (source: ReportSource, label: string): readonly Block[] => [
  heading(3, `${label}: ${shorten(source.name, 120)}`),
  facts(`Particulars of ${label}`, [
    ['File', source.name],
    ['Side', SIDES[source.side]],
    ['SHA-256', [code(source.sha256)]],
    ['Size', `${formatCount(source.bytes)} bytes`],
    ['Format', source.format],
    ['Encoding', `${source.encoding}, ${BASES[source.encodingBasis]}`],
    ['Read as', source.dialect.length === 0 ? 'the format leaves nothing to choose' : source.dialect.join('; ')],
    ['Imported', formatInstant(source.importedAt)],
    ['Transactions', formatCount(source.transactions)],
    ['Rejected records', formatCount(source.rejected)],
    ['Accounts', accountsOf(source)],
    ['Period', formatPeriod(source.from, source.to)],
  ]),
];

const overview = (sources: readonly ReportSource[], labels: SourceLabels): Block =>
  table(
    'Files given',
    [
      { title: 'No.', kind: 'short', share: 26 },
      { title: 'File', kind: 'text', share: 170 },
      { title: 'Side', kind: 'short', share: 56 },
      { title: 'Format', kind: 'text', share: 60 },
      { title: 'Period', kind: 'text', share: 112 },
      { title: 'Transactions', kind: 'figure', share: 60 },
      { title: 'Rejected', kind: 'figure', share: 46 },
    ],
    [
      ...sources.map((source): readonly Text[] => [
        labels.of(source.id),
        shorten(source.name, 120),
        source.side,
        source.format,
        formatPeriod(source.from, source.to),
        formatCount(source.transactions),
        formatCount(source.rejected),
      ]),
      [
        '',
        [strong(countOf(sources.length, 'file'))],
        '',
        '',
        '',
        [strong(formatCount(sources.reduce((sum, source) => sum + source.transactions, 0)))],
        [strong(formatCount(sources.reduce((sum, source) => sum + source.rejected, 0)))],
      ],
    ],
  );

/** What was given: every file with its digest, how it was read and what it holds. */
export const scopeSection = (model: ReportModel, labels: SourceLabels): readonly Block[] => [
  paragraph(
    'These files, and nothing else, were examined. The SHA-256 digest of each was computed from its bytes when it was imported, and the original is kept sealed and unchanged in the workspace.',
  ),
  ...(model.sources.length === 0
    ? [paragraph('No file was given: there was nothing to examine.')]
    : [overview(model.sources, labels), ...model.sources.flatMap(source => sourceFacts(source, labels.of(source.id)))]),
];
