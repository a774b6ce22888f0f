import { existsSync, readdirSync } from 'node:fs';
import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import { sealedSource } from '../../../platform/sealed-file.ts';
import type { ReadStore } from '../../../platform/store.ts';
import type { AuditEntry } from '../domain/audit-log.ts';
import { firstDifference } from '../domain/first-difference.ts';
import { ACCESS_ACTS } from '../domain/logged-access.ts';
import type { ChainProblem } from '../domain/verify-chain.ts';
import { importsBegun } from '../storage/audit.repository.ts';
import { accessProblems } from './access-problems.ts';
import { custodyProblems } from './custody-problems.ts';
import { findingEventProblems } from './finding-event-problems.ts';
import { hasTable } from './has-table.ts';
import { RETENTION_ACTS, retentionProblems } from './retention-problems.ts';
import { isStep, stepProblems } from './step-problems.ts';

type LoggedObject = AuditEntry['obj'];

/** Rows of one kind, each with what the log must say of it. */
interface Kind {
  readonly act: string;
  readonly what: string;
  /** What the entry's object calls the row; null where it names none. */
  idOf(obj: LoggedObject): string | null;
  rows(store: ReadStore): Iterable<{ readonly id: string; readonly agrees: (obj: LoggedObject) => boolean }>;
}

const digest = (bytes: Uint8Array): string => `sha256:${hex(sha256(bytes))}`;

const rowsOf = <T>(store: ReadStore, text: string, ...parameters: unknown[]): T[] =>
  store.connection.prepare(text).all(...parameters) as T[];

/** Rows of a table that earlier versions did not have: none in a store that was not opened since. */
const rowsSince = <T>(store: ReadStore, table: string, text: string): T[] =>
  hasTable(store, table) ? rowsOf<T>(store, text) : [];

/** An id that stands in one field. */
const named =
  (field: string) =>
  (obj: LoggedObject): string | null => {
    const id = obj[field];
    return typeof id === 'string' ? id : null;
  };

/** An id made of several fields. */
const composed =
  (...fields: readonly string[]) =>
  (obj: LoggedObject): string =>
    fields.map(field => JSON.stringify(obj[field] ?? null).replaceAll('"', '')).join(' ');

/** Each of these is written in one transaction with its entry, so there is one entry a row and one row an entry. */
const KINDS: readonly Kind[] = [
  {
    act: 'case.created',
    what: 'case',
    idOf: named('case'),
    rows: store =>
      rowsOf<{ id: string; name: string }>(store, 'SELECT id, name FROM cases').map(({ id, name }) => ({
        id,
        agrees: obj => obj.name === name,
      })),
  },
  {
    act: 'examination.completed',
    what: 'examination',
    idOf: named('run'),
    rows: store =>
      rowsOf<{ ordinal: number; id: string; summary: string }>(
        store,
        'SELECT ordinal, id, summary FROM examination_runs',
      ).map(({ ordinal, id, summary }) => ({
        id,
        agrees: obj =>
          obj.summary === digest(utf8(summary)) &&
          obj['findings-digest'] === digest(utf8(findingsText(store, ordinal))),
      })),
  },
  {
    act: 'report.built',
    what: 'report',
    idOf: named('report'),
    rows: store =>
      rowsOf<{ id: string; pdf: Uint8Array; html: string }>(store, 'SELECT id, pdf, html FROM reports').map(
        ({ id, pdf, html }) => ({ id, agrees: obj => obj.pdf === digest(pdf) && obj.html === digest(utf8(html)) }),
      ),
  },
  {
    act: 'typology.saved',
    what: 'typology',
    idOf: composed('case', 'typology', 'version'),
    rows: store =>
      rowsSince<{ id: string; body: string }>(
        store,
        'typology_versions',
        "SELECT case_id || ' ' || typology || ' ' || version AS id, body FROM typology_versions",
      ).map(({ id, body }) => ({ id, agrees: obj => obj.body === digest(utf8(body)) })),
  },
  {
    act: 'calibration.completed',
    what: 'calibration',
    idOf: named('calibration'),
    rows: store =>
      rowsSince<{ id: string; summary: string }>(store, 'calibrations', 'SELECT id, summary FROM calibrations').map(
        ({ id, summary }) => ({ id, agrees: obj => obj.summary === digest(utf8(summary)) }),
      ),
  },
  {
    act: 'reconciliation.completed',
    what: 'reconciliation',
    idOf: named('reconciliation'),
    rows: store =>
      rowsSince<{ id: string; summary: string }>(
        store,
        'reconciliation_runs',
        'SELECT id, summary FROM reconciliation_runs',
      ).map(({ id, summary }) => ({ id, agrees: obj => obj.summary === digest(utf8(summary)) })),
  },
  {
    act: 'detection-settings.changed',
    what: 'version of the test settings',
    idOf: composed('case', 'version'),
    rows: store =>
      rowsSince<{ id: string; settings: string }>(
        store,
        'detection_settings',
        "SELECT case_id || ' ' || version AS id, settings FROM detection_settings",
      ).map(({ id, settings }) => ({ id, agrees: obj => obj.settings === digest(utf8(settings)) })),
  },
];

/** What the digest of a run's findings is made of, as the examination logs it: each with the digest of its rows as stored. */
const findingsText = (store: ReadStore, run: number): string =>
  JSON.stringify(
    rowsOf<{ test: string; finding_key: string; severity: string; rows: Uint8Array }>(
      store,
      'SELECT test, finding_key, severity, rows FROM findings WHERE run = ? ORDER BY ordinal',
      run,
    ).map(({ test, finding_key, severity, rows }) => [test, finding_key, severity, hex(sha256(rows))]),
  );

const kindProblems = (store: ReadStore, kind: Kind, logged: ReadonlyMap<string, LoggedObject>): ChainProblem[] => {
  const problems: ChainProblem[] = [];
  const stored = new Set<string>();
  for (const { id, agrees } of kind.rows(store)) {
    stored.add(id);
    const obj = logged.get(id);
    const where = `${kind.what} ${id}`;
    if (obj === undefined)
      problems.push({
        code: 'records.unlogged',
        where,
        message: `the store holds a ${kind.what} that the log does not record`,
      });
    else if (!agrees(obj))
      problems.push({
        code: 'records.changed',
        where,
        message: `the stored ${kind.what} is not the one the log records`,
      });
  }
  for (const id of logged.keys())
    if (!stored.has(id))
      problems.push({
        code: 'records.removed',
        where: `${kind.what} ${id}`,
        message: `the log records a ${kind.what} that the store no longer holds`,
      });
  return problems;
};

/** Decisions of versions without finding events, in the order taken: the log and the store must tell the same story. */
const decisionProblems = (store: ReadStore, logged: readonly LoggedObject[]): ChainProblem[] => {
  const stored = rowsOf<{ test: string; state: string; reason: string }>(
    store,
    'SELECT test, state, reason FROM finding_decisions ORDER BY ordinal',
  );
  const first = firstDifference(
    logged,
    stored,
    (obj, row) => obj.test === row.test && obj.after === row.state && obj.reason === row.reason,
  );
  return first === null
    ? []
    : [
        {
          code: 'records.decisions',
          where: `decision ${first}`,
          message: 'the stored decisions on findings are not those the log records',
        },
      ];
};

const ACCESS: ReadonlySet<string> = new Set(ACCESS_ACTS);
const RETENTION: ReadonlySet<string> = new Set(RETENTION_ACTS);

/** The acts of entries that some row is compared with. */
const ACTS: ReadonlySet<string> = new Set([
  ...KINDS.map(kind => kind.act),
  ...ACCESS,
  ...RETENTION,
  'evidence.imported',
  'finding.decided',
]);
const BEFORE_ACT = '{"act":"';

/** False for the text of an entry that says nothing of records: most of a log, which need not be taken apart. */
export const saysOfRecords = (text: string): boolean =>
  // Canonical text begins with its act.
  ACTS.has(text.slice(BEFORE_ACT.length, text.indexOf('"', BEFORE_ACT.length))) || text.includes('-digest":');

/** Rows that must have an entry and entries that must have a row, where either is missing or they disagree. */
export const recordProblems = (store: ReadStore, entries: Iterable<AuditEntry>): ChainProblem[] => {
  const logged = new Map(KINDS.map(kind => [kind.act, new Map<string, LoggedObject>()]));
  const kinds = new Map(KINDS.map(kind => [kind.act, kind]));
  const decisions: LoggedObject[] = [];
  const steps: LoggedObject[] = [];
  const findingEvents: LoggedObject[] = [];
  const custody: AuditEntry[] = [];
  const imports = new Map<number, AuditEntry>();
  const access: AuditEntry[] = [];
  const retention: AuditEntry[] = [];
  for (const entry of entries) {
    const { act, obj } = entry;
    const id = kinds.get(act)?.idOf(obj) ?? null;
    if (isStep(obj)) steps.push(obj);
    if (obj['custody-digest'] !== undefined) custody.push(entry);
    if (act === 'evidence.imported') imports.set(entry.seq, entry);
    if (ACCESS.has(act)) access.push(entry);
    if (RETENTION.has(act)) retention.push(entry);
    if (obj['finding-digest'] !== undefined) findingEvents.push(obj);
    else if (act === 'finding.decided') decisions.push(obj);
    else if (id !== null) logged.get(act)?.set(id, obj);
  }
  return [
    ...KINDS.flatMap(kind => kindProblems(store, kind, logged.get(kind.act) ?? new Map())),
    ...decisionProblems(store, decisions),
    ...findingEventProblems(store, findingEvents),
    ...custodyProblems(store, custody, imports),
    ...retentionProblems(store, retention),
    ...accessProblems(store, access),
    ...stepProblems(store, steps),
  ];
};

/** Names of the sealed files as they lie there; none when the folder is gone (each missing file is then named). */
export const sealedFiles = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter(file => sealedSource(file) !== null) : [];

/** Sealed files that no import of this store made: the store may be older than its evidence. Take `files` before reading. */
export const unknownFiles = (store: ReadStore, files: readonly string[]): ChainProblem[] => {
  if (files.length === 0) return [];
  const begun = importsBegun(store);
  return files
    .filter(file => !begun.has(sealedSource(file) ?? ''))
    .map(file => ({
      code: 'evidence.unknown-file',
      where: `evidence/${file}`,
      message: 'the log knows of no import that sealed this file: the store may be older than the folder',
    }));
};
