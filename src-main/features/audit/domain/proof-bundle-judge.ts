import { fromBase64 } from './base64.ts';
import { canonicalEntry, parseCanonical } from './canonical-text.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { hex, unhex } from './hexadecimal.ts';
import { isConsistent } from './merkle-proof.ts';
import type { BundleCustody, BundleEvidence, BundleHeader, BundlePart } from './proof-bundle.ts';
import { BUNDLE_PARTS, entryOfLine, LISTED_PARTS, SINGLE_PARTS, sealText } from './proof-bundle.ts';
import type { Digest, JudgeCryptography, JudgeOptions } from './proof-bundle-check.ts';
import { BundleStop } from './proof-bundle-check.ts';
import { BundleEntries } from './proof-bundle-entries.ts';
import { BundleLedger } from './proof-bundle-ledger.ts';
import { isConsistency, isCustody, isEntryLine, isEvidence, isHeader, isManifest } from './proof-bundle-shape.ts';
import type { NoteKey } from './signed-note.ts';
import { isSignedBy, parseNote, parseVerificationKey } from './signed-note.ts';
import type { ChainProblem } from './verify-chain.ts';

const MAX_PROBLEMS = 1000;
/** What a file can make its reader hold is bounded. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** Judges an export line by line, in the order of its parts. */
export class BundleJudge {
  private readonly cryptography: JudgeCryptography;
  private readonly options: JudgeOptions;
  private readonly whole: Digest;
  private readonly digests: ReadonlyMap<string, { lines: number; readonly digest: Digest }>;
  private readonly ledger: BundleLedger;
  private vkey: NoteKey | null = null;
  private stated: BundleHeader | null = null;
  private body: BundleEntries | null = null;
  private part = -1;
  private line = 0;
  private sealed = false;
  readonly problems: ChainProblem[] = [];
  readonly notes: string[] = [];
  readonly evidence: BundleEvidence[] = [];
  checkpoints = 0;

  constructor(cryptography: JudgeCryptography, options: JudgeOptions) {
    this.cryptography = cryptography;
    this.options = options;
    this.whole = cryptography.digest();
    this.digests = new Map(LISTED_PARTS.map(name => [name, { lines: 0, digest: cryptography.digest() }]));
    this.ledger = new BundleLedger(cryptography, (code, where, message) => this.problem(code, where, message));
  }

  /** The header; null until it was read. */
  get header(): BundleHeader | null {
    return this.stated;
  }

  /** Entries that were read. */
  get entries(): number {
    return this.body?.count ?? 0;
  }

  problem(code: string, where: string, message: string): void {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ code, where, message });
  }

  /** A line of the file with its end; `text` is the same without it, null where the bytes are not UTF-8. */
  take(bytes: Uint8Array, text: string | null): void {
    this.line += 1;
    const where = `line ${this.line}`;
    if (bytes.length > MAX_LINE_BYTES)
      throw new BundleStop('export.unreadable', where, 'the line is longer than any line of an export');
    if (bytes.at(-1) !== 10) throw new BundleStop('export.unreadable', where, 'the file ends inside a line');
    const { value, entry } = parsedLine(text, where);
    const part = partOf(value);
    if (part === null) throw new BundleStop('export.structure', where, 'the line is of no known part');
    const at = BUNDLE_PARTS.indexOf(part);
    if (at < this.part || (at === this.part && SINGLE_PARTS.includes(part)))
      throw new BundleStop('export.structure', where, `a line of “${part}” does not belong here`);
    const missing = BUNDLE_PARTS.slice(this.part + 1, at).find(name => SINGLE_PARTS.includes(name));
    if (missing !== undefined) throw new BundleStop('export.structure', where, `the part “${missing}” is missing`);
    if (at > this.part) this.finishBefore(at);
    this.part = at;
    if (part !== 'seal') this.count(part, bytes);
    if (part === 'entry') this.ledger.remember(this.bodyOf().take(value, entry, where));
    else this.takePart(part, value, where);
  }

  /** Once the file is read. */
  end(): void {
    if (!this.sealed)
      throw new BundleStop('export.structure', `line ${this.line + 1}`, 'the file ends before its seal');
    const { firstKey, size, scope } = this.headerOf();
    const { to = 0 } = firstKey;
    const { anomalies, tagsChecked } = this.bodyOf();
    if (to === 0) this.notes.push('the log’s entries carry no tags that a first key could check');
    else if (this.options.firstKey === null)
      this.notes.push('tags were not checked: that needs the first key (--first-key)');
    else this.notes.push(`${tagsChecked} tags checked with the first key`);
    if (to > 0 && to < size)
      this.notes.push(`entries from ${to} on were written by another station: no first key checks their tags`);
    if (scope.kind !== 'all') this.notes.push('an export of a part of the log does not show that nothing was left out');
    if (anomalies > 0)
      this.notes.push(`${anomalies} entries say that the station’s clock was in doubt (clock.anomaly)`);
  }

  private headerOf(): BundleHeader {
    if (this.stated === null) throw new Error('the header of an export is read first');
    return this.stated;
  }

  private bodyOf(): BundleEntries {
    if (this.body === null) throw new Error('the header of an export is read first');
    return this.body;
  }

  private count(part: BundlePart, bytes: Uint8Array): void {
    const own = this.digests.get(part);
    this.whole.update(bytes);
    if (own === undefined) return;
    own.lines += 1;
    own.digest.update(bytes);
  }

  /** What is due once a part is over, whichever follows it. */
  private finishBefore(at: number): void {
    const passes = (name: BundlePart): boolean =>
      this.part <= BUNDLE_PARTS.indexOf(name) && BUNDLE_PARTS.indexOf(name) < at;
    if (passes('entry')) this.bodyOf().end();
    if (passes('evidence')) this.ledger.endEvidence();
    if (passes('custody')) this.ledger.endCustody();
  }

  private takePart(part: Exclude<BundlePart, 'entry'>, value: Readonly<Record<string, unknown>>, where: string): void {
    const body = value[part];
    const refused = (message: string): BundleStop => new BundleStop('export.structure', where, message);
    switch (part) {
      case 'header':
        if (!isHeader(body)) throw refused('the header is not one of NEXUS-AX/1');
        this.takeHeader(body, where);
        break;
      case 'checkpoint':
        if (typeof body !== 'string') throw refused('the checkpoint is no text');
        this.takeCheckpoint(body, where);
        break;
      case 'consistency':
        if (!isConsistency(body)) throw refused('the consistency proof cannot be read');
        this.takeConsistency(body, where);
        break;
      case 'evidence':
        if (!isEvidence(body)) throw refused('the line on an original cannot be read');
        this.evidence.push(body);
        this.ledger.takeEvidence(body);
        break;
      case 'custody':
        if (!isCustody(body)) throw refused('the line on custody cannot be read');
        this.ledger.takeCustody(body as BundleCustody);
        break;
      case 'certificate':
        if (typeof body !== 'string') throw refused('the certificate is no text');
        break;
      case 'manifest':
        if (!isManifest(body)) throw refused('the manifest cannot be read');
        if (body.parts.length !== this.digests.size) throw refused('the manifest does not list each part');
        this.takeManifest(body.parts);
        break;
      case 'seal':
        this.takeSeal(body, where);
        break;
    }
  }

  private takeHeader(header: BundleHeader, where: string): void {
    const { key, mark } = this.options;
    this.stated = header;
    this.body = new BundleEntries(this.cryptography, this.options, header, (code, at, message) =>
      this.problem(code, at, message),
    );
    this.vkey = parseVerificationKey(this.cryptography, header.vkey);
    const refused = (message: string): BundleStop => new BundleStop('export.structure', where, message);
    if (this.vkey?.algorithm !== 1) throw refused('the station’s key cannot be read');
    if (this.vkey.name !== header.log) throw refused('the station’s key is not one of this log');
    if (this.options.firstKey !== null && header.firstKey.to === undefined)
      this.problem('audit.tag', where, 'a first key was named, but no entry is said to be tagged from it');
    if (key === null)
      this.notes.push('the station’s key was not compared with one told by another way: name it with --key');
    else if (key !== header.vkey)
      this.problem('export.key', where, 'the export was signed with another key than the one expected');
    if (mark === null)
      this.notes.push('the log was not compared with a mark: name the SIZE:ROOT of a printed report with --mark');
    else if (mark.size > header.size)
      this.problem('store.older-than-anchor', where, 'the log has fewer entries than the mark it is compared with');
  }

  /** The text of a note that the station's key signed; null otherwise. */
  private signedText(note: unknown): string | null {
    const read = typeof note === 'string' ? parseNote(note) : null;
    return read !== null && this.vkey !== null && isSignedBy(this.cryptography, read, this.vkey) ? read.text : null;
  }

  private takeCheckpoint(note: string, where: string): void {
    const header = this.headerOf();
    this.bodyOf().checkpoint = note;
    const text = this.signedText(note);
    if (text === null) {
      this.problem('checkpoint.signature', where, 'the checkpoint’s signature is not that of the station’s key');
      return;
    }
    const body = parseCheckpoint(text);
    if (body === null || body.origin !== header.log || body.size !== header.size || hex(body.root) !== header.root)
      this.problem('checkpoint.differs', where, 'the checkpoint states another log, size or root than the export');
    else this.checkpoints = 1;
  }

  private takeConsistency(
    { from, root, hashes }: { from: number; root: string; hashes: readonly string[] },
    where: string,
  ): void {
    const { size, root: newRoot } = this.headerOf();
    const proof = hashes.map(text => fromBase64(text) ?? new Uint8Array());
    const claim = { size1: from, root1: unhex(root), size2: size, root2: unhex(newRoot) };
    if (!isConsistent(this.cryptography.sha256, claim, proof))
      this.problem('audit.consistency', where, `the log did not grow from ${from} entries as stated`);
    this.bodyOf().grewFrom(from, root);
  }

  private takeManifest(parts: readonly unknown[]): void {
    [...this.digests].forEach(([name, { lines, digest }], i) => {
      const made = canonicalEntry({ lines, name, sha256: digest.hex() });
      if (canonicalEntry(parts[i] as object) !== made)
        this.problem('export.part', name, 'this part is not the one that was written');
    });
  }

  private takeSeal(note: unknown, where: string): void {
    this.sealed = true;
    const text = this.signedText(note);
    if (text === null) this.problem('export.seal', where, 'the seal’s signature is not that of the station’s key');
    else if (text !== sealText(this.headerOf().log, this.whole.hex()))
      this.problem('export.seal', where, 'the seal is that of other bytes');
  }
}

/** The value of a line, and of an entry's line the entry's canonical text. */
const parsedLine = (
  text: string | null,
  where: string,
): { readonly value: Readonly<Record<string, unknown>>; readonly entry: string } => {
  const refused = (why: string): BundleStop =>
    new BundleStop('export.unreadable', where, `the line is not canonical JSON (RFC 8785): ${why}`);
  if (text === null) throw refused('it is not UTF-8');
  let read: ReturnType<typeof parseCanonical>;
  try {
    read = parseCanonical(text, 0);
  } catch (error) {
    throw refused(error instanceof Error ? error.message : String(error));
  }
  if (!read.isCanonical) throw refused('it is written otherwise');
  const value = read.value as Readonly<Record<string, unknown>>;
  return { value, entry: isEntryLine(value) ? entryOfLine(text, value) : '' };
};

/** The part a line belongs to; null for none. */
const partOf = (value: unknown): BundlePart | null => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  if (Object.hasOwn(value, 'entry')) return isEntryLine(value) ? 'entry' : null;
  const names = Object.keys(value);
  return names.length === 1 ? (BUNDLE_PARTS.find(part => part === names[0]) ?? null) : null;
};
