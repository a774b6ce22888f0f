import { GENESIS_PREV, leafHash, MerkleAccumulator } from './audit-log.ts';
import { entryTag, evolvedKey } from './entry-tag.ts';
import { hex, unhex } from './hexadecimal.ts';
import { includes } from './merkle-proof.ts';
import type { BundleHeader } from './proof-bundle.ts';
import { parseProof } from './proof-bundle.ts';
import type { JudgeCryptography, JudgeOptions, ReportProblem } from './proof-bundle-check.ts';
import { BundleStop } from './proof-bundle-check.ts';
import type { ReadEntry, ReadEntryLine } from './proof-bundle-shape.ts';
import { isEntry } from './proof-bundle-shape.ts';

/** The entries of an export, one by one: chain, tree or proofs, tags. */
export class BundleEntries {
  private readonly cryptography: JudgeCryptography;
  private readonly options: JudgeOptions;
  private readonly header: BundleHeader;
  private readonly report: ReportProblem;
  private readonly tree: MerkleAccumulator;
  private readonly roots = new Map<number, string>();
  private readonly grownFrom = new Map<number, string>();
  private previous: { readonly seq: number; readonly leaf: Uint8Array } | null = null;
  private chainBroken = false;
  private readonly tag: { key: Uint8Array; at: number } | null;
  private tagBroken = false;
  /** The checkpoint's note, which each proof repeats. */
  checkpoint = '';
  count = 0;
  tagsChecked = 0;
  /** Entries that say that the clock was in doubt. */
  anomalies = 0;
  /** Number of the first entry of another station; null for none. */
  private joined: number | null = null;

  constructor(cryptography: JudgeCryptography, options: JudgeOptions, header: BundleHeader, report: ReportProblem) {
    this.cryptography = cryptography;
    this.options = options;
    this.header = header;
    this.report = report;
    this.tag = options.firstKey === null ? null : { key: options.firstKey, at: 0 };
    this.tree = new MerkleAccumulator(cryptography.sha256);
  }

  /** The export states that the log grew from this size with this root: the entries must say so too. */
  grewFrom(size: number, root: string): void {
    this.grownFrom.set(size, root);
  }

  /** An entry's line and its entry's canonical text. Answers the entry. */
  take(value: Readonly<Record<string, unknown>>, text: string, where: string): ReadEntry {
    if (!isEntry(value.entry))
      throw new BundleStop('export.structure', where, 'the entry lacks a field or has one too many');
    if (this.isWhole && 'proof' in value)
      throw new BundleStop('export.structure', where, 'an export of the whole log holds no proofs of single entries');
    const { entry, proof, tag } = value as unknown as ReadEntryLine;
    const leaf = leafHash(this.cryptography.sha256, this.cryptography.utf8(text));
    this.checkChain(entry);
    this.previous = { seq: entry.seq, leaf };
    if (this.isWhole) {
      this.tree.append(leaf);
      if (this.grownFrom.has(this.tree.size) || this.options.mark?.size === this.tree.size)
        this.roots.set(this.tree.size, hex(this.tree.root()));
    } else this.checkProof(proof, entry.seq, leaf);
    this.checkTag(tag, entry.seq, leaf);
    this.count += 1;
    if (entry.act === 'log.station-joined') this.joined ??= entry.seq;
    else if (entry.act === 'clock.anomaly') this.anomalies += 1;
    return entry;
  }

  /** Number, link and log of an entry; the first break only, for what follows a break proves nothing. */
  private checkChain(entry: ReadEntry): void {
    if (this.chainBroken) return;
    const { previous } = this;
    const broken = (code: string, message: string): void => {
      this.chainBroken = true;
      this.report(code, `entry ${entry.seq}`, message);
    };
    const { log, size } = this.header;
    if (entry.v !== 1) broken('audit.version', 'unknown entry version');
    else if (entry.log !== log) broken('audit.other-log', 'the entry belongs to another log');
    else if (this.isWhole && entry.seq !== this.count) broken('audit.gap', `entry ${this.count} was expected here`);
    else if (previous !== null && entry.seq <= previous.seq)
      broken('audit.sequence', 'the entries are not in their order');
    else if (entry.seq >= size) broken('audit.sequence', 'the entry is younger than the checkpoint');
    else if (entry.seq === 0 && entry.prev !== GENESIS_PREV)
      broken('audit.link', 'the first entry follows one that there cannot be');
    else if (previous !== null && previous.seq === entry.seq - 1 && entry.prev !== hex(previous.leaf))
      broken('audit.link', 'the entry does not follow the entry before it');
  }

  private checkProof(text: string | undefined, seq: number, leaf: Uint8Array): void {
    const { size, root } = this.header;
    const proof = text === undefined ? null : parseProof(text);
    const shown =
      proof !== null &&
      proof.index === seq &&
      proof.checkpoint === this.checkpoint &&
      includes(this.cryptography.sha256, { index: seq, size, leaf, root: unhex(root) }, proof.hashes);
    if (!shown) this.report('audit.inclusion', `entry ${seq}`, 'its proof does not show that the log holds this entry');
  }

  private checkTag(tag: string | undefined, seq: number, leaf: Uint8Array): void {
    const { to = 0 } = this.header.firstKey;
    if (this.tag === null || this.tagBroken || seq >= to || seq < this.tag.at) return;
    for (; this.tag.at < seq; this.tag.at += 1) this.tag.key = evolvedKey(this.cryptography.sha256, this.tag.key);
    if (tag !== hex(entryTag(this.cryptography.hmac, this.tag.key, leaf))) {
      this.tagBroken = true;
      this.report('audit.tag', `entry ${seq}`, 'its tag was not made with the key of its time');
      return;
    }
    this.tagsChecked += 1;
  }

  /** Once the last entry was taken. */
  end(): void {
    const { header } = this;
    const { mark } = this.options;
    if (this.count !== header.entries)
      this.report('export.count', 'entries', 'the export does not hold as many entries as it states');
    if (!this.isWhole) {
      if (mark !== null && mark.size <= header.size) this.checkPartialMark(mark);
      return;
    }
    if (this.tree.size !== header.size || hex(this.tree.root()) !== header.root)
      this.report('audit.root', 'entries', 'the entries do not give the root that the checkpoint signs');
    // The first key ends where the log says that another station went on: not where a forger wants it to.
    const { to } = header.firstKey;
    if (to !== undefined && to !== (this.joined ?? header.size))
      this.report('audit.station', `entry ${to}`, 'the entries say that the first key ends elsewhere');
    for (const [size, root] of this.grownFrom)
      if (this.roots.get(size) !== root)
        this.report('audit.consistency', `size ${size}`, 'the entries give another root for this size');
    if (mark === null || mark.size > header.size) return;
    const computed = mark.size === 0 ? hex(this.cryptography.sha256()) : this.roots.get(mark.size);
    if (computed !== mark.root)
      this.report('store.forked', `size ${mark.size}`, 'the entries give another root than the mark');
  }

  private checkPartialMark({ size, root }: { readonly size: number; readonly root: string }): void {
    const { header } = this;
    const stated = size === header.size ? header.root : this.grownFrom.get(size);
    if (stated === undefined)
      this.report('export.mark-unproved', `size ${size}`, 'this export holds no proof from the mark: ask for one');
    else if (stated !== root)
      this.report('store.forked', `size ${size}`, 'the log had another root at this size than the mark');
  }

  private get isWhole(): boolean {
    return this.header.scope.kind === 'all';
  }
}
