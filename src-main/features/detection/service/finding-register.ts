import { stringify } from 'csv-stringify/sync';
import type { FindingFilter } from '../../../contract/findings.contract.ts';
import { SEVERITIES } from '../../../contract/findings.contract.ts';
import type { Output, QueryContext } from '../../../engine/handler.ts';
import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import type { ReadStore } from '../../../platform/store.ts';
import type { SourceRecord } from '../../ingestion/storage/source.repository.ts';
import { completeSources } from '../../ingestion/storage/source.repository.ts';
import { transactionById } from '../../ingestion/storage/transaction.repository.ts';
import { OUTCOME_WORDS, stateReasonOf } from '../domain/triage/triage-words.ts';
import type { FindingRecord } from '../storage/finding.repository.ts';
import { findingsByOrdinal, latestRun, rowsOfFinding } from '../storage/finding.repository.ts';
import type { RunSummary } from './examination-view.ts';
import { explanationLines } from './finding-detail.ts';
import type { CaseFindings, StatedFact } from './finding-selection.ts';
import { caseFindings, selectFacts } from './finding-selection.ts';

/** Rows named in the register; the record of a finding in the workspace has all. */
const NAMED_ROWS = 50;
const LINES_AT_ONCE = 200;

const csv = (records: readonly Readonly<Record<string, string | number>>[], columns: readonly string[]): string =>
  // Text that a spreadsheet would run as a formula is escaped.
  stringify(records as Readonly<Record<string, string | number>>[], {
    header: true,
    columns: [...columns],
    escape_formulas: true,
    // A reason in two lines is one cell, whatever its line ends are.
    quoted_match: /[\r\n]/,
    record_delimiter: '\r\n',
  });

/** The rows of a finding as their files number them: "statement.csv: 3, 17; books.csv: 9". */
const placesOf = (store: ReadStore, sources: readonly SourceRecord[], ordinal: number): string => {
  const ids = rowsOfFinding(store, ordinal);
  const byFile = new Map<string, number[]>();
  for (const id of ids.subarray(0, NAMED_ROWS)) {
    const source = sources.find(
      ({ first_transaction_id: first, transaction_count: count }) => id >= first && id < first + count,
    );
    const record = transactionById(store, id);
    if (source === undefined || record === undefined) throw new Error(`transaction ${id} is not in the case`);
    byFile.set(source.name, [...(byFile.get(source.name) ?? []), record.row_number]);
  }
  const named = [...byFile].map(([file, rows]) => `${file}: ${rows.join(', ')}`);
  return [...named, ...(ids.length > NAMED_ROWS ? [`and ${ids.length - NAMED_ROWS} more`] : [])].join('; ');
};

const REGISTER_COLUMNS = [
  'number',
  'fact',
  'severity',
  'severity by test',
  'reason for severity',
  'tests',
  'parameters',
  'score',
  'rows',
  'places',
  'what was found',
  'state',
  'reason',
  'decided by',
  'decided at',
  'approval',
  'four eyes',
  'approved or returned by',
  'remark of the review',
  'flagged',
  'assigned to',
  'explanations tried',
] as const;

const EXPLANATION_COLUMNS = [
  'number',
  'fact',
  'state of the finding',
  'explanation',
  'question',
  'tried',
  'outcome',
  'what was seen',
  'rows it rests on',
  'version',
  'tried by',
  'tried at',
] as const;

interface Line {
  readonly number: number;
  readonly stated: StatedFact;
  readonly hits: readonly FindingRecord[];
}

const registerLine = (
  store: ReadStore,
  sources: readonly SourceRecord[],
  tests: RunSummary['tests'],
  { number, stated: { fact, triage, rank }, hits }: Line,
): Readonly<Record<(typeof REGISTER_COLUMNS)[number], string | number>> => {
  const parameters = (test: string): string =>
    Object.entries(tests.find(run => run.test === test)?.parameters ?? {})
      .map(([name, value]) => `${name}=${value}`)
      .join(', ');
  const { decision, review } = triage;
  return {
    number,
    fact: fact.id,
    severity: SEVERITIES[rank] ?? '',
    'severity by test': hits[0]?.severity ?? '',
    'reason for severity': triage.severity?.reason ?? '',
    tests: hits.map(({ test, version }) => `${test} ${version}`).join('; '),
    parameters: [...new Set(hits.map(({ test }) => `${test}: ${parameters(test)}`))].join('; '),
    score: hits.map(({ score }) => score.toFixed(3)).join('; '),
    rows: fact.rowCount,
    places: placesOf(store, sources, fact.hits[0]!.ordinal),
    'what was found': hits.map(({ reason }) => reason).join(' / '),
    state: triage.state,
    reason: stateReasonOf(triage) ?? '',
    'decided by': decision?.actor ?? '',
    'decided at': decision?.at ?? '',
    approval: review?.verdict ?? '',
    'four eyes': review === null ? '' : review.fourEyes ? 'yes' : 'no',
    'approved or returned by': review?.actor ?? '',
    'remark of the review': review?.reason ?? '',
    flagged: triage.flagged ? 'yes' : 'no',
    'assigned to': triage.assignee ?? '',
    'explanations tried': triage.tried
      .map(({ explanation, outcome }) => `${explanation}: ${OUTCOME_WORDS[outcome]}`)
      .join('; '),
  };
};

const explanationRecords = (ledger: CaseFindings['ledger'], { number, stated }: Line) =>
  explanationLines(ledger, stated).map(
    ({
      explanation,
      question,
      tried,
      by,
    }): Readonly<Record<(typeof EXPLANATION_COLUMNS)[number], string | number>> => ({
      number,
      fact: stated.fact.id,
      'state of the finding': stated.triage.state,
      explanation,
      question: question ?? '',
      tried: tried === null ? 'no' : by === 'hand' ? 'by hand' : 'yes',
      outcome: tried === null ? '' : OUTCOME_WORDS[tried.outcome],
      'what was seen': tried?.words ?? '',
      'rows it rests on': tried?.rowCount ?? '',
      version: tried?.version ?? '',
      'tried by': tried?.actor ?? '',
      'tried at': tried?.at ?? '',
    }),
  );

/**
 * The register of findings for disclosure: every finding under a filter, dismissed ones included, with what was decided and
 * why; every innocent explanation, tried or not, with its outcome; and a manifest with the filter, who, when and digests.
 */
export const findingRegister = async (
  { store, session, ports }: QueryContext,
  owner: { readonly id: string; readonly name: string },
  filter: FindingFilter,
): Promise<Output<'findings.register'>> => {
  const findings = caseFindings(store, owner.id);
  const { chosen } = selectFacts(findings.facts, filter);
  const sources = completeSources(store, owner.id);
  const run = latestRun(store, owner.id);
  const tests = run === undefined ? [] : (JSON.parse(run.summary) as RunSummary).tests;
  const records: ReturnType<typeof registerLine>[] = [];
  const explanations: ReturnType<typeof explanationRecords> = [];
  for (const [i, stated] of chosen.entries()) {
    // Other calls are answered in between.
    if (i % LINES_AT_ONCE === LINES_AT_ONCE - 1) await new Promise(resolve => setImmediate(resolve));
    const ordinals = stated.fact.hits.map(({ ordinal }) => ordinal);
    const line: Line = { number: i + 1, stated, hits: findingsByOrdinal(store, ordinals) };
    records.push(registerLine(store, sources, tests, line));
    for (const record of explanationRecords(findings.ledger, line)) explanations.push(record);
  }
  const tables = [
    {
      name: 'findings.csv',
      content: csv(records, REGISTER_COLUMNS),
    },
    {
      name: 'explanations.csv',
      content: csv(explanations, EXPLANATION_COLUMNS),
    },
  ].map(({ name, content }) => ({ name, mediaType: 'text/csv', sha256: hex(sha256(utf8(content))), content }));
  const manifest = `${JSON.stringify(
    {
      title: 'Register of findings',
      case: owner.name,
      caseId: owner.id,
      examination: run === undefined ? null : { id: run.id, at: run.ran_at },
      filter,
      findings: chosen.length,
      allFindings: findings.facts.length,
      by: session.opened?.actor ?? '',
      role: session.opened?.role ?? '',
      at: new Date(ports.clock.now()).toISOString(),
      lastStep: findings.head,
      files: tables.map(({ name, sha256: digest, content }) => ({ name, sha256: digest, bytes: utf8(content).length })),
    },
    null,
    2,
  )}\n`;
  return {
    files: [
      ...tables,
      {
        name: 'manifest.json',
        mediaType: 'application/json',
        sha256: hex(sha256(utf8(manifest))),
        content: manifest,
      },
    ],
    total: chosen.length,
    all: findings.facts.length,
  };
};
