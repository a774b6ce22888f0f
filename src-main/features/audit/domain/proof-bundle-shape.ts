import { fromBase64 } from './base64.ts';
import type { BundleConsistency, BundleCustody, BundleEvidence, BundleHeader, BundleManifest } from './proof-bundle.ts';

type Check = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Check>>;

const isText: Check = value => typeof value === 'string';
const isWellFormed: Check = value => typeof value === 'string' && value.isWellFormed();
const isFlag: Check = value => typeof value === 'boolean';
const isCount: Check = value => Number.isSafeInteger(value) && (value as number) >= 0;
const isDigest: Check = value => typeof value === 'string' && value.length === 64 && /^[0-9a-f]{64}$/.test(value);
const isObject: Check = value => typeof value === 'object' && value !== null && !Array.isArray(value);
const isHashes: Check = value =>
  Array.isArray(value) && value.every(item => typeof item === 'string' && fromBase64(item)?.length === 32);
/** A log's first key is its first station's: it begins with the log. */
const isSegment: Check = value =>
  hasShape(value, { from: item => item === 0, to: item => isCount(item) && item !== 0 }) ||
  (isObject(value) && Object.keys(value as object).length === 0);

/** True for an object with all required members, and none that is neither required nor optional. */
const hasShape = (value: unknown, required: Shape, optional: Shape = {}): boolean => {
  if (!isObject(value)) return false;
  const given = value as Readonly<Record<string, unknown>>;
  let found = 0;
  for (const name of Object.keys(given)) {
    const isRequired = Object.hasOwn(required, name);
    if (isRequired) found += 1;
    else if (!Object.hasOwn(optional, name)) return false;
    if ((isRequired ? required : optional)[name]?.(given[name]) !== true) return false;
  }
  return found === Object.keys(required).length;
};

const HEADER: Shape = {
  entries: isCount,
  firstKey: isSegment,
  format: isText,
  log: isText,
  madeAt: isText,
  product: isText,
  root: isDigest,
  scope: isObject,
  size: isCount,
  version: isCount,
  vkey: isText,
};
const ENTRY: Shape = {
  act: isText,
  actor: isText,
  log: isText,
  obj: isObject,
  pov: isText,
  prev: isText,
  role: isText,
  seq: isCount,
  ts: isText,
  v: isCount,
};
const ENTRY_OPTIONAL: Shape = { boot: isText, ctr: isCount, mono: isCount };
const EVIDENCE: Shape = {
  bytes: isCount,
  case: isText,
  entry: isCount,
  name: isText,
  sha256: isDigest,
  source: isText,
};
const CUSTODY: Shape = {
  actor: isText,
  agrees: isFlag,
  at: isText,
  case: isText,
  entry: isCount,
  expected: isDigest,
  kind: isText,
  name: isText,
  purpose: isText,
  receipt: isText,
  recipient: isText,
  role: isText,
  seq: isCount,
  source: isText,
};

/** An entry as far as an export's checks read it. */
export interface ReadEntry {
  readonly act: string;
  readonly actor: string;
  readonly log: string;
  readonly obj: Readonly<Record<string, unknown>>;
  readonly prev: string;
  readonly role: string;
  readonly seq: number;
  readonly ts: string;
  readonly v: number;
}
export interface ReadEntryLine {
  readonly entry: ReadEntry;
  readonly proof?: string;
  readonly tag?: string;
}

export const isHeader = (value: unknown): value is BundleHeader =>
  hasShape(value, HEADER) &&
  (value as BundleHeader).format === 'nexus-audit-export' &&
  ((value as BundleHeader).version as number) === 1;
export const isEntryLine = (
  value: unknown,
): value is { readonly entry: object; readonly proof?: string; readonly tag?: string } =>
  hasShape(value, { entry: isObject }, { proof: isWellFormed, tag: isDigest });
export const isEntry = (value: unknown): value is ReadEntry => hasShape(value, ENTRY, ENTRY_OPTIONAL);
export const isConsistency = (value: unknown): value is BundleConsistency =>
  hasShape(value, { from: isCount, hashes: isHashes, root: isDigest });
export const isEvidence = (value: unknown): value is BundleEvidence => hasShape(value, EVIDENCE);
export const isCustody = (value: unknown): value is BundleCustody => hasShape(value, CUSTODY, { found: isDigest });
export const isManifest = (value: unknown): value is BundleManifest => hasShape(value, { parts: Array.isArray });
