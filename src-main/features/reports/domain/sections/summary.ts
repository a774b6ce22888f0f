import { alert, type Block, good, list, note, paragraph, strong, type Text, table } from '../report-document.ts';
import { countOf, formatCount, formatPeriod, formatScore } from '../report-figures.ts';
import type { ReportModel, ReportTest } from '../report-model.ts';
import { SEVERITY_ORDER } from '../severity-order.ts';
import { whatCounts } from './duplicates.ts';

const period = (model: ReportModel): string => {
  const days = model.sources
    .flatMap(source => [source.from, source.to])
    .filter(day => day !== null)
    .sort();
  return formatPeriod(days[0] ?? null, days.at(-1) ?? null);
};

const scopeLine = (model: ReportModel): Text => {
  const transactions = model.sources.reduce((sum, source) => sum + source.transactions, 0);
  return `${countOf(model.sources.length, 'file was', 'files were')} given. NEXUS read ${countOf(transactions, 'transaction')} from ${model.sources.length === 1 ? 'it' : 'them'} (${period(model)}). ${
    model.rejected.total === 0
      ? 'No record was rejected.'
      : `${countOf(model.rejected.total, 'record')} could not be read; ${model.rejected.total === 1 ? 'it is' : 'they are'} kept and listed under Limits, and ${model.rejected.total === 1 ? 'is' : 'are'} in no figure.`
  }`;
};

const balanceLine = (model: ReportModel): Text => {
  const { balances } = model.reconciliation;
  const failed = balances.filter(line => line.balanced === false).length;
  const unknown = balances.filter(line => line.balanced === null).length;
  if (balances.length === 0) return 'No statement with balances was given, so no balance could be checked.';
  const head = `Of ${countOf(balances.length, 'statement')}, ${formatCount(balances.length - failed - unknown)} ${balances.length - failed - unknown === 1 ? 'balances' : 'balance'} (opening + money in − money out = closing), `;
  return [
    head,
    failed === 0 ? '0 do not' : alert(`${formatCount(failed)} ${failed === 1 ? 'does' : 'do'} not`),
    ` and ${formatCount(unknown)} could not be checked because a balance is not stated.`,
  ];
};

const matchLine = (model: ReportModel): Text => {
  const { matched } = model.reconciliation;
  if (matched === null) return 'No ledger was given, so the bank’s records were not compared with any books.';
  return `Bank and ledger: ${countOf(matched.confirmed, 'pair')} confirmed, ${countOf(matched.proposed, 'pair')} proposed for a decision; ${countOf(matched.unmatchedBank, 'bank transaction')} and ${countOf(matched.unmatchedLedger, 'ledger transaction')} without a partner.`;
};

const integrityLine = (model: ReportModel): Text => {
  const { audit } = model;
  const counted = `This report rests on the first ${countOf(audit.entries, 'entry', 'entries')} of the audit log. `;
  if (audit.verification === null)
    return [counted, alert('The log was not re-computed when this report was built'), '.'];
  return [
    counted,
    audit.verification.ok
      ? good('The chain of the log and the digests of the sealed files were re-computed and agree')
      : alert('Their re-computation found a fault (see Integrity)'),
    `. Unwitnessed: ${countOf(audit.unwitnessed, 'entry', 'entries')}.`,
  ];
};

const countIn = (test: ReportTest, severity: (typeof SEVERITY_ORDER)[number]): number => test.bySeverity[severity] ?? 0;

const findingsTable = (tests: readonly ReportTest[]): Block => {
  const cell = (count: number): Text => (count === 0 ? '0' : formatCount(count));
  const total = (severity: (typeof SEVERITY_ORDER)[number]): number =>
    tests.reduce((sum, test) => sum + countIn(test, severity), 0);
  return table(
    'Findings by test and severity',
    [
      { title: 'Test', kind: 'text', share: 200 },
      ...SEVERITY_ORDER.map(severity => ({ title: severity, kind: 'figure' as const, share: 50 })),
      { title: 'All', kind: 'figure', share: 50 },
    ],
    [
      ...tests.map((test): readonly Text[] =>
        test.notRun === null
          ? [
              test.title,
              ...SEVERITY_ORDER.map(severity => cell(countIn(test, severity))),
              formatCount(test.findings.total),
            ]
          : [test.title, ...SEVERITY_ORDER.map(() => ''), 'not run'],
      ),
      [
        [strong('All tests')],
        ...SEVERITY_ORDER.map(severity => cell(total(severity))),
        [strong(formatCount(tests.reduce((sum, test) => sum + test.findings.total, 0)))],
      ],
    ],
  );
};

/** One page that says what was done and what came of it. */
export const summarySection = (model: ReportModel): readonly Block[] => {
  const exact = model.duplicates;
  return [
    note('plain', [
      'A finding in this report is a ',
      strong('lead'),
      ': records that ask for attention because of a stated rule. It is not a finding of fraud, error or intent. Innocent explanations are to be tried first; each test lists some. Whether a lead means anything is for a person to decide, on evidence that this report may not contain.',
    ]),
    list([
      scopeLine(model),
      model.quality === null
        ? 'The quality of the records was not measured.'
        : `Quality of the records: ${formatScore(model.quality.score)}. ${countOf(model.quality.rules.filter(rule => rule.met === false).length, 'rule')} of ${formatCount(model.quality.rules.length)} missed the threshold.`,
      `Duplicates: ${countOf(exact.exactGroups, 'group')} of equal records (${countOf(exact.exactRows, 'copy', 'copies')} beyond the first of each group) and ${countOf(exact.near.total, 'pair')} of records that resemble each other. ${whatCounts(exact.confirmed)}`,
      balanceLine(model),
      matchLine(model),
      integrityLine(model),
    ]),
    ...(model.tests.length === 0 ? [paragraph('No forensic test was run.')] : [findingsTable(model.tests)]),
    paragraph([
      strong('How to read this report. '),
      'The files given are called S1, S2 and so on; “S1 row 12” is record 12 of the first file as a spreadsheet counts it, header lines included. An amount is negative where money goes out. A dash (—) means that the source gives no value; nothing was filled in. Counts have no unit but what they count. A character that cannot be seen or printed is shown by its Unicode number, for example [U+202E].',
    ]),
  ];
};
