import type { ExaminationResult } from '../examination-result.ts';
import { cut, printable, tableText } from '../terminal.ts';
import { errorText } from './error-text.ts';

const SHOWN = 15;

/** The rows of a finding; with their files where the examination covers several. */
const rowsText = ({ rows, files }: ExaminationResult['findings'][number]): string => {
  if (files === undefined) return rows.join(' ');
  const byFile = Map.groupBy(rows.keys(), i => files[i] ?? '');
  return [...byFile].map(([file, places]) => `${file}: ${places.map(i => rows[i]).join(' ')}`).join('; ');
};

type Tests = ExaminationResult['tests'];

/** Tests without a finding in a line, those that no row serves apart: they cleared nothing; those that did not run by the reason. */
const testLines = (tests: Tests): string[] => {
  const without = tests.filter(test => test.notRun === null && test.findings === 0);
  const [clear = [], idle = []] = [true, false].map(looked =>
    without.filter(({ population }) => population.used > 0 === looked).map(({ test }) => test),
  );
  const reasons = new Map<string, string[]>();
  for (const { test, notRun } of tests) {
    if (notRun === null) continue;
    // The reason begins with the test's own name, where it does.
    const reason = notRun.startsWith(`${test} `) ? notRun.slice(test.length + 1) : notRun;
    reasons.set(reason, [...(reasons.get(reason) ?? []), test]);
  }
  return [
    ...(clear.length === 0 ? [] : ['', `Ran and found nothing: ${clear.join(', ')}`]),
    ...(idle.length === 0 ? [] : [`Had no row to look at (--json says why): ${idle.join(', ')}`]),
    ...[...reasons].map(([reason, names]) => printable(`Did not run (${reason}): ${names.join(', ')}`)),
  ];
};

/** Findings as the window counts them, one for each set of rows, and the results of tests that they come from. */
const findingCount = (results: ExaminationResult['findings']): string => {
  const findings = new Set(results.map(({ fact }) => fact)).size;
  return `Findings: ${findings} (${results.length} ${results.length === 1 ? 'result' : 'results'} of tests)`;
};

/** An examination in words for a terminal. */
export const examinationText = (result: ExaminationResult): string => {
  const lines: string[] = [
    `Case “${printable(result.case)}”${result.workspace === null ? ' in a temporary workspace, removed now (--workspace keeps it)' : ` in ${printable(result.workspace)}`}`,
    '',
  ];
  lines.push(
    tableText(
      ['file', 'format', { number: 'transactions' }, { number: 'rejected' }, 'status'],
      result.files.map(file => [
        cut(file.name, 50),
        file.format ?? '–',
        String(file.statements.reduce((sum, statement) => sum + statement.count, 0)),
        String(file.rejected.length),
        file.error !== undefined ? 'refused' : file.alreadyImported ? 'imported before' : 'imported',
      ]),
    ),
  );
  for (const file of result.files) if (file.error !== undefined) lines.push(`refused: ${errorText(file.error)}`);
  const { quality, duplicates, reconciliation } = result;
  lines.push(
    '',
    `Quality ${quality.score ?? 'not measurable'} of 100: ${Object.entries(quality.dimensions)
      .map(([name, dimension]) => `${name} ${dimension.score ?? 'n/a'}`)
      .join(', ')}`,
  );
  lines.push(
    `Duplicates: ${duplicates.exactGroups} groups of equal records (${duplicates.exactRows} copies), ${duplicates.near} near pairs proposed`,
  );
  const balanced = reconciliation.balances.filter(line => line.balanced === true).length;
  const broken = reconciliation.balances.filter(line => line.balanced === false).length;
  lines.push(
    `Balances: ${balanced} statements balance, ${broken} do not, ${reconciliation.balances.length - balanced - broken} state none; ${reconciliation.chain.length} breaks or gaps between statements`,
  );
  const { matched } = reconciliation;
  if (matched !== null) {
    lines.push(
      `Reconciliation: ${matched.confirmed} confirmed, ${matched.proposed} proposed, unmatched ${matched.unmatchedBank} bank and ${matched.unmatchedLedger} ledger`,
    );
    for (const line of matched.proof)
      lines.push(
        `  ${printable(line.currency ?? 'no currency')}: bank ${line.bankTotal}, ledger ${line.ledgerTotal}, difference ${line.difference}${line.foots ? '' : ' (DOES NOT FOOT)'}`,
      );
  }
  lines.push('', findingCount(result.findings));
  lines.push(
    tableText(
      ['test', { number: 'rows used' }, { number: 'results' }],
      result.tests
        .filter(test => test.findings > 0)
        .map(test => [test.test, String(test.population.used), String(test.findings)]),
    ),
    ...testLines(result.tests),
  );
  if (result.findings.length > 0)
    lines.push(
      '',
      tableText(
        ['severity', 'test', 'rows', 'why'],
        result.findings
          .slice(0, SHOWN)
          .map(finding => [finding.severity, finding.test, cut(rowsText(finding), 40), cut(finding.reason, 110)]),
      ),
    );
  if (result.findings.length > SHOWN)
    lines.push(
      `… ${result.findings.length - SHOWN} more results (--json prints all; the report and the window list them)`,
    );
  if (result.report !== null)
    lines.push(
      '',
      `Report: ${printable(result.report.path)} (${result.report.pages} pages, SHA-256 ${result.report.pdfSha256})`,
    );
  lines.push(
    '',
    `Audit log: ${result.audit.entries} entries, root ${result.audit.root}`,
    `Time: ${(result.timings.total ?? 0) / 1000} s`,
  );
  return `${lines.join('\n')}\n`;
};
