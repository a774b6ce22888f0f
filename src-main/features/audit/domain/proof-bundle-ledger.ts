import { canonicalEntry } from './canonical-text.ts';
import type { BundleCustody, BundleEvidence } from './proof-bundle.ts';
import type { Digest, JudgeCryptography, ReportProblem } from './proof-bundle-check.ts';
import type { ReadEntry } from './proof-bundle-shape.ts';

const EVIDENCE_FIELDS = ['source', 'name', 'sha256', 'bytes', 'case'] as const;

/** What an export says of originals and their custody, against the entries that record it. */
export class BundleLedger {
  private readonly cryptography: JudgeCryptography;
  private readonly report: ReportProblem;
  private readonly imports = new Map<number, ReadEntry>();
  private readonly ledgers = new Map<number, ReadEntry>();
  private readonly lines = new Map<number, Digest>();
  /** Imports that an original, or a line of the ledger, was listed for. */
  private readonly listed = new Set<number>();
  private readonly ingested = new Set<number>();
  constructor(cryptography: JudgeCryptography, report: ReportProblem) {
    this.cryptography = cryptography;
    this.report = report;
  }

  /** Keeps what an entry records of originals. */
  remember(entry: ReadEntry): void {
    if (entry.act === 'evidence.imported') this.imports.set(entry.seq, entry);
    else if (Object.hasOwn(entry.obj, 'custody-digest')) this.ledgers.set(entry.seq, entry);
  }

  takeEvidence(line: BundleEvidence): void {
    const where = `original ${line.source}`;
    const obj = this.imports.get(line.entry)?.obj;
    if (EVIDENCE_FIELDS.some(name => obj?.[name] !== line[name]))
      this.report('evidence.unlogged', where, 'the log does not record it so');
    else if (this.listed.has(line.entry))
      this.report('evidence.unlogged', where, 'the import that it names is listed already');
    this.listed.add(line.entry);
  }

  endEvidence(): void {
    for (const seq of inOrder(this.imports))
      if (!this.listed.has(seq))
        this.report('evidence.removed', `entry ${seq}`, 'the original that it records is not listed');
  }

  takeCustody(line: BundleCustody): void {
    const where = `custody ${line.seq}`;
    if (line.kind !== 'transfer' && line.agrees !== (line.found === line.expected))
      this.report('custody.differs', where, 'it says of two digests what they are not');
    if (!line.agrees) this.report('custody.mismatch', where, 'the original was found to differ from the one imported');
    const entry = (line.kind === 'ingest' ? this.imports : this.ledgers).get(line.entry);
    const unlogged = (message: string): void => this.report('custody.unlogged', where, message);
    const isIts = entry !== undefined && entry.actor === line.actor && entry.role === line.role;
    if (line.kind === 'ingest') {
      if (!isIts || !isImport(line, entry)) unlogged('the log does not record it so');
      else if (this.ingested.has(line.entry)) unlogged('the import that it names has its line already');
      this.ingested.add(line.entry);
      return;
    }
    if (!isIts) {
      unlogged('the log does not record it so');
      return;
    }
    const { entry: _number, ...bare } = line;
    let digest = this.lines.get(line.entry);
    if (digest === undefined) {
      digest = this.cryptography.digest();
      this.lines.set(line.entry, digest);
    }
    digest.update(this.cryptography.utf8(`${canonicalEntry(bare)}\n`));
  }

  endCustody(): void {
    const lacks = (seq: number): void =>
      this.report('custody.unlogged', `entry ${seq}`, 'the ledger does not hold what the entry records');
    for (const [seq, { obj }] of [...this.ledgers].sort(([a], [b]) => a - b)) {
      const made = (this.lines.get(seq) ?? this.cryptography.digest()).hex();
      if (obj['custody-digest'] !== `sha256:${made}`) lacks(seq);
    }
    for (const seq of inOrder(this.imports)) if (!this.ingested.has(seq)) lacks(seq);
  }
}

const inOrder = (entries: ReadonlyMap<number, ReadEntry>): number[] => [...entries.keys()].sort((a, b) => a - b);

/** True where a line of the ledger says of an import what its entry says, and nothing besides. */
const isImport = (line: BundleCustody, { obj, ts }: ReadEntry): boolean =>
  obj.source === line.source &&
  obj.name === line.name &&
  obj.case === line.case &&
  obj.sha256 === line.expected &&
  ts === line.at &&
  line.purpose === 'import' &&
  line.recipient === '' &&
  line.receipt === '';
