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
    const obj = this.imports.get(line.entry)?.obj;
    if (EVIDENCE_FIELDS.some(name => obj?.[name] !== line[name]))
      this.report('evidence.unlogged', `original ${line.source}`, 'the log does not record it so');
  }

  endEvidence(lines: readonly BundleEvidence[]): void {
    const listed = new Set(lines.map(line => line.entry));
    for (const seq of [...this.imports.keys()].sort((a, b) => a - b))
      if (!listed.has(seq))
        this.report('evidence.removed', `entry ${seq}`, 'the original that it records is not listed');
  }

  takeCustody(line: BundleCustody): void {
    const where = `custody ${line.seq}`;
    if (line.kind !== 'transfer' && line.agrees !== (line.found === line.expected))
      this.report('custody.differs', where, 'it says of two digests what they are not');
    if (!line.agrees) this.report('custody.mismatch', where, 'the original was found to differ from the one imported');
    const entry = (line.kind === 'ingest' ? this.imports : this.ledgers).get(line.entry);
    const unlogged = (): void => this.report('custody.unlogged', where, 'the log does not record it so');
    if (entry === undefined || entry.actor !== line.actor || entry.role !== line.role) {
      unlogged();
      return;
    }
    if (line.kind === 'ingest') {
      const { source, name, case: caseId, sha256 } = entry.obj;
      if (
        source !== line.source ||
        name !== line.name ||
        caseId !== line.case ||
        sha256 !== line.expected ||
        entry.ts !== line.at
      )
        unlogged();
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
    for (const [seq, { obj }] of [...this.ledgers].sort(([a], [b]) => a - b)) {
      const made = (this.lines.get(seq) ?? this.cryptography.digest()).hex();
      if (obj['custody-digest'] !== `sha256:${made}`)
        this.report('custody.unlogged', `entry ${seq}`, 'the ledger does not hold what the entry records');
    }
  }
}
