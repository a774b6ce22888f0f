import { type Block, code, type Fact, facts, heading, paragraph, strong, type Text } from '../report-document.ts';
import { countOf, formatCount, formatParameters } from '../report-figures.ts';
import type { ReportFinding, ReportTest } from '../report-model.ts';
import { rowTable, shownOf } from '../row-table.ts';
import { bySeverityAndScore } from '../severity-order.ts';
import type { SourceLabels } from '../source-labels.ts';

const STATES = {
  open: 'open: nobody has decided on it yet',
  explained: 'explained',
  confirmed: 'confirmed',
  dismissed: 'dismissed',
} as const;

const stateOf = (finding: ReportFinding): Text =>
  finding.stateReason === null || finding.stateReason === ''
    ? STATES[finding.state]
    : `${STATES[finding.state]}, because: ${finding.stateReason}`;

const differs = (finding: ReportFinding, test: ReportTest): boolean =>
  formatParameters(finding.parameters) !== formatParameters(test.parameters);

const findingBlocks = (
  finding: ReportFinding,
  number: number,
  test: ReportTest,
  labels: SourceLabels,
): readonly Block[] => {
  const particulars: Fact[] = [
    ['State', stateOf(finding)],
    ...(finding.standing ?? []),
    ['Score', `${finding.score.toFixed(3)} (0 to 1, comparable within this test only)`],
    ['Identifier', [code(finding.id)]],
  ];
  if (differs(finding, test)) particulars.push(['Parameters', formatParameters(finding.parameters)]);
  return [
    heading(3, [`Finding ${number} `, { severity: finding.severity }], `finding-${number}`),
    paragraph(finding.reason),
    facts(`Particulars of finding ${number}`, particulars),
    finding.rows.length === 0
      ? paragraph(
          finding.rowCount === 0
            ? 'The finding rests on no single record.'
            : `It rests on ${countOf(finding.rowCount, 'row')}, listed in the workspace.`,
        )
      : rowTable(`Rows of finding ${number}: ${shownOf(finding.rows.length, finding.rowCount)}`, finding.rows, labels),
  ];
};

/** The findings of a test, most severe first, numbered from `first`; what is left out is counted. */
export const findingsOf = (test: ReportTest, first: number, labels: SourceLabels): readonly Block[] => {
  const { total, shown } = test.findings;
  if (total === 0) return [paragraph('No record asked for attention under this test.')];
  const rest = total - shown.length;
  return [
    ...shown
      .toSorted(bySeverityAndScore)
      .flatMap((finding, index) => findingBlocks(finding, first + index, test, labels)),
    ...(rest > 0
      ? [
          paragraph([
            strong(
              `${formatCount(rest)} further ${rest === 1 ? 'finding is' : 'findings are'} in the workspace, where the Findings screen lists them all.`,
            ),
            ` Printed above are the ${formatCount(shown.length)} with the highest severity and score.`,
          ]),
        ]
      : []),
  ];
};
