import type { Sha256 } from './audit-log.ts';
import { base64, fromBase64 } from './base64.ts';

/** What notes need of cryptography; given by the host. */
export interface NoteCryptography {
  readonly sha256: Sha256;
  readonly utf8: (text: string) => Uint8Array;
  /** Ed25519 (RFC 8032). False for anything that is no signature of the message under the key. */
  readonly verify: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
}

/** A key that notes are checked with (c2sp.org/signed-note). */
export interface NoteKey {
  readonly name: string;
  readonly algorithm: number;
  readonly publicKey: Uint8Array;
  /** First four bytes of SHA-256(name ‖ "\n" ‖ algorithm ‖ public key). */
  readonly hash: Uint8Array;
}

/** Algorithm bytes of c2sp.org/signed-note. */
const ED25519 = 0x01;
const TIMESTAMPED_COSIGNATURE = 0x04;

const MARK = '— ';
const PUBLIC_KEY_BYTES = 32;
const HASH_BYTES = 4;
const SIGNATURE_BYTES = 64;
const TIMESTAMP_BYTES = 8;

const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};
const hexOf = (bytes: Uint8Array): string => [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');

/** Names may hold no space, plus or control character (c2sp.org/signed-note). */
const isKeyName = (name: string): boolean => /^[^\s+\p{Cc}]+$/u.test(name);

const keyOf = ({ sha256, utf8 }: NoteCryptography, name: string, algorithm: number, publicKey: Uint8Array): NoteKey => {
  if (!isKeyName(name) || publicKey.length !== PUBLIC_KEY_BYTES) throw new Error(`${name} is no key of a note`);
  return {
    name,
    algorithm,
    publicKey,
    hash: sha256(utf8(`${name}\n`), Uint8Array.of(algorithm), publicKey).slice(0, HASH_BYTES),
  };
};

/** The key of a log's own signatures. */
export const logKey = (cryptography: NoteCryptography, name: string, publicKey: Uint8Array): NoteKey =>
  keyOf(cryptography, name, ED25519, publicKey);

/** The key of a witness: its signatures carry the time at which it saw the checkpoint (c2sp.org/tlog-cosignature). */
export const witnessKey = (cryptography: NoteCryptography, name: string, publicKey: Uint8Array): NoteKey =>
  keyOf(cryptography, name, TIMESTAMPED_COSIGNATURE, publicKey);

/** A key as text: `name+hash+base64(algorithm ‖ public key)`. */
export const verificationKeyText = ({ name, hash, algorithm, publicKey }: NoteKey): string =>
  `${name}+${hexOf(hash)}+${base64(joined(Uint8Array.of(algorithm), publicKey))}`;

/** The key of such a text; null when it is not of that form or its hash is not that of the key. */
export const parseVerificationKey = (cryptography: NoteCryptography, text: string): NoteKey | null => {
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/u.exec(text);
  const bytes = fromBase64(match?.[3] ?? '=');
  if (match === null || bytes === null || bytes.length !== PUBLIC_KEY_BYTES + 1) return null;
  const [, name = '', hash] = match;
  const algorithm = bytes[0];
  if (!isKeyName(name) || (algorithm !== ED25519 && algorithm !== TIMESTAMPED_COSIGNATURE)) return null;
  const key = keyOf(cryptography, name, algorithm, bytes.slice(1));
  return hexOf(key.hash) === hash ? key : null;
};

interface SignatureLine {
  readonly name: string;
  readonly hash: Uint8Array;
  readonly signature: Uint8Array;
}

/** A note taken apart: its text, and the signatures under it. */
export interface SignedNote {
  readonly text: string;
  readonly signatures: readonly SignatureLine[];
}

const signatureLine = (line: string): SignatureLine | null => {
  const match = /^— ([^\s+]+) (\S+)$/u.exec(line);
  const bytes = fromBase64(match?.[2] ?? '=');
  return match === null || bytes === null || bytes.length <= HASH_BYTES
    ? null
    : { name: match[1] ?? '', hash: bytes.slice(0, HASH_BYTES), signature: bytes.slice(HASH_BYTES) };
};

/** Takes a note apart; null when it is none: text, an empty line, signature lines and nothing else. */
export const parseNote = (note: string): SignedNote | null => {
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n') || !note.isWellFormed()) return null;
  const signatures = note
    .slice(split + 2, -1)
    .split('\n')
    .map(signatureLine);
  return signatures.every(line => line !== null) ? { text: note.slice(0, split + 1), signatures } : null;
};

/** Signs a text, which must end its last line. */
export const signNote = (
  { utf8 }: NoteCryptography,
  text: string,
  key: NoteKey,
  sign: (message: Uint8Array) => Uint8Array,
): string => {
  if (!text.endsWith('\n') || text.includes('\n\n')) throw new Error('the text of a note is not made of lines');
  return `${text}\n${MARK}${key.name} ${base64(joined(key.hash, sign(utf8(text))))}\n`;
};

const linesOf = ({ signatures }: SignedNote, key: NoteKey): SignatureLine[] =>
  signatures.filter(line => line.name === key.name && hexOf(line.hash) === hexOf(key.hash));

/** True when the note carries this key's signature and it is right; a second, wrong one of the same key spoils it. */
export const isSignedBy = (cryptography: NoteCryptography, note: SignedNote, key: NoteKey): boolean => {
  const lines = linesOf(note, key);
  return (
    key.algorithm === ED25519 &&
    lines.length > 0 &&
    lines.every(
      ({ signature }) =>
        signature.length === SIGNATURE_BYTES &&
        cryptography.verify(key.publicKey, cryptography.utf8(note.text), signature),
    )
  );
};

/** When a witness countersigned the note, in seconds since 1970; null when it did not, or its signature is wrong. */
export const cosignedAt = (cryptography: NoteCryptography, note: SignedNote, key: NoteKey): number | null => {
  const lines = key.algorithm === TIMESTAMPED_COSIGNATURE ? linesOf(note, key) : [];
  const [line] = lines;
  if (line === undefined || lines.length > 1 || line.signature.length !== TIMESTAMP_BYTES + SIGNATURE_BYTES)
    return null;
  const seconds = line.signature.slice(0, TIMESTAMP_BYTES).reduce((sum, byte) => sum * 256 + byte, 0);
  const message = cryptography.utf8(`cosignature/v1\ntime ${seconds}\n${note.text}`);
  return Number.isSafeInteger(seconds) &&
    cryptography.verify(key.publicKey, message, line.signature.slice(TIMESTAMP_BYTES))
    ? seconds
    : null;
};
