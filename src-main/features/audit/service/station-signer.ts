import { sha256, utf8 } from '../../../platform/digest.ts';
import { publicKeyOf, signEd25519, verifyEd25519 } from '../../../platform/ed25519.ts';
import { checkpointText } from '../domain/checkpoint.ts';
import type { NoteCryptography, NoteKey } from '../domain/signed-note.ts';
import { logKey, signNote, verificationKeyText } from '../domain/signed-note.ts';

/** The cryptography of notes as Node gives it. */
export const NOTE_CRYPTOGRAPHY: NoteCryptography = { sha256, utf8, verify: verifyEd25519 };

/** Signs checkpoints of one log with the station's key, under the log's name. */
export class StationSigner {
  readonly vkey: string;
  private readonly log: string;
  private readonly seed: Uint8Array;
  private readonly key: NoteKey;
  constructor(log: string, seed: Uint8Array) {
    this.log = log;
    this.seed = seed;
    this.key = logKey(NOTE_CRYPTOGRAPHY, log, publicKeyOf(seed));
    this.vkey = verificationKeyText(this.key);
  }

  /** Any text that says what it is, as a signed note: what seals an export. */
  signText(text: string): string {
    return signNote(NOTE_CRYPTOGRAPHY, text, this.key, message => signEd25519(this.seed, message));
  }

  /** The checkpoint over so many entries as a signed note. */
  sign(size: number, root: Uint8Array): string {
    return signNote(NOTE_CRYPTOGRAPHY, checkpointText({ origin: this.log, size, root }), this.key, message =>
      signEd25519(this.seed, message),
    );
  }
}
