import { base64, fromBase64 } from './base64.ts';
import { canonicalEntry } from './canonical-text.ts';

/**
 * NEXUS-AX/1, an exported log (docs/specs/audit-export.md): lines of RFC 8785 text, part after part, closed by a manifest
 * and a seal over every byte before it. The stand-alone verifier reads the same, in another language and from scratch.
 */
export const BUNDLE_PARTS = [
  'header',
  'checkpoint',
  'consistency',
  'entry',
  'evidence',
  'custody',
  'certificate',
  'manifest',
  'seal',
] as const;
export type BundlePart = (typeof BUNDLE_PARTS)[number];

/** Parts that stand there exactly once; of the others there may be none or many lines. */
export const SINGLE_PARTS: readonly BundlePart[] = ['header', 'checkpoint', 'certificate', 'manifest', 'seal'];

/** Parts that the manifest lists. */
export const LISTED_PARTS = BUNDLE_PARTS.slice(0, -2);

export type BundleScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'case'; readonly case: string }
  | { readonly kind: 'filter'; readonly filter: { readonly [name: string]: string | number | boolean } };

export interface BundleHeader {
  readonly format: 'nexus-audit-export';
  readonly version: 1;
  readonly product: string;
  readonly madeAt: string;
  readonly log: string;
  /** Entries of the log at the checkpoint, and its root. */
  readonly size: number;
  readonly root: string;
  readonly scope: BundleScope;
  /** Entries in this export. */
  readonly entries: number;
  /** The key that signed checkpoint and seal. */
  readonly vkey: string;
  /** Entries whose tags begin with the recovery kit's key; {} where the log has none. */
  readonly firstKey: { readonly from?: 0; readonly to?: number };
}

export interface BundleConsistency {
  readonly from: number;
  readonly root: string;
  /** Base64 of each hash. */
  readonly hashes: readonly string[];
}

export interface BundleEvidence {
  readonly source: string;
  readonly case: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  /** The entry that records its import. */
  readonly entry: number;
}

/** One line of the custody ledger, in an export with the number of its audit entry. */
export interface LedgerLine {
  readonly seq: number;
  readonly kind: string;
  readonly source: string;
  readonly case: string;
  readonly name: string;
  readonly purpose: string;
  readonly expected: string;
  readonly found?: string;
  readonly agrees: boolean;
  readonly recipient: string;
  readonly receipt: string;
  readonly actor: string;
  readonly role: string;
  readonly at: string;
}
export interface BundleCustody extends LedgerLine {
  readonly entry: number;
}

export interface BundleManifest {
  readonly parts: readonly { readonly name: string; readonly lines: number; readonly sha256: string }[];
}

/** A line of any part but the entries. */
export const bundleLine = (part: Exclude<BundlePart, 'entry'>, value: object | string): string =>
  `${canonicalEntry({ [part]: value })}\n`;

const ENTRY_BEFORE = '{"entry":';

/** An entry's line: its canonical text as it is stored, its proof where the export is not of the whole log, its tag. */
export const entryLine = (entry: string, proof: string | null, tag: string | null): string =>
  `${ENTRY_BEFORE}${entry}${proof === null ? '' : `,"proof":${JSON.stringify(proof)}`}${tag === null ? '' : `,"tag":"${tag}"`}}\n`;

/** The entry's own canonical text in its canonical line: RFC 8785 is compositional, so it stands there as it is. */
export const entryOfLine = (
  line: string,
  { proof, tag }: { readonly proof?: string; readonly tag?: string },
): string => {
  const after = entryLine('', proof ?? null, tag ?? null).length - ENTRY_BEFORE.length - 1;
  return line.slice(ENTRY_BEFORE.length, line.length - after);
};

/** What the seal signs: the digest of every byte before it. */
export const sealText = (log: string, sha256: string): string => `nexus-audit-export/1\n${log}\nsha256 ${sha256}\n`;

export interface EntryProof {
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  readonly checkpoint: string;
}

/** The proof of one entry as c2sp.org/tlog-proof@v1 writes it; by itself it is a file *.tlog-proof. */
export const proofText = ({ index, hashes, checkpoint }: EntryProof): string =>
  ['c2sp.org/tlog-proof@v1', `index ${index}`, ...hashes.map(base64), '', checkpoint].join('\n');

/** What such a text states; null when it is not exactly of that form (extra data is not used here). */
export const parseProof = (text: string): EntryProof | null => {
  const split = text.indexOf('\n\n');
  const [title, indexLine = '', ...lines] = text.slice(0, Math.max(split, 0)).split('\n');
  const index = /^index (0|[1-9]\d{0,15})$/.exec(indexLine)?.[1];
  const hashes = lines.map(fromBase64);
  return split < 0 || title !== 'c2sp.org/tlog-proof@v1' || index === undefined || !hashes.every(hash => hash !== null)
    ? null
    : { index: Number(index), hashes, checkpoint: text.slice(split + 2) };
};

/** What a custody entry's digest is made over: the ledger's lines as they stand, each with its line end. */
export const ledgerText = (lines: readonly LedgerLine[]): string =>
  lines.map(line => `${canonicalEntry(line)}\n`).join('');
