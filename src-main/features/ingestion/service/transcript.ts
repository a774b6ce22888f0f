import { createHash } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import type { Seal } from '../../../platform/sealed-file.ts';
import { SealingWriter } from '../../../platform/sealed-file.ts';

/** The readable text of a source, where its places are not places in the original (docs/adr/0030). */
export interface TranscriptFacts {
  readonly sha256: string;
  /** Its encoding; null for that of the file. */
  readonly encoding: 'utf-8' | null;
}

type Kind = 'unpacked' | 'text';

/**
 * Seals what the places of a source's records refer to, beside the original: the unpacked bytes, the text in UTF-8 of a
 * file in UTF-16, or what the parser itself transcribes. The last excludes the others: a packed spreadsheet's
 * places are places in the parser's text.
 */
export class Transcript {
  private readonly seal: Seal | null;
  private writer: SealingWriter | null = null;
  private hash = createHash('sha256');
  private kind: Kind | null = null;
  private byParser = false;
  /** Without a seal nothing is kept. */
  constructor(seal: Seal | null) {
    this.seal = seal;
  }

  /** What the parser is given, where that is not what lies in the file. */
  given(bytes: Uint8Array, kind: Kind): void {
    if (this.byParser) return;
    this.kind = kind;
    this.write(bytes);
  }

  /** What the parser transcribes. */
  readonly transcribe = (bytes: Uint8Array): void => {
    if (!this.byParser) this.restart();
    this.byParser = true;
    this.kind = 'text';
    this.write(bytes);
  };

  /** Makes it durable; null where the original's own bytes are what places refer to. */
  finish(): TranscriptFacts | null {
    this.writer?.finish();
    this.writer = null;
    if (this.seal === null || this.kind === null) return null;
    return { sha256: this.hash.digest('hex'), encoding: this.kind === 'text' ? 'utf-8' : null };
  }

  abandon(): void {
    this.writer?.abandon();
    this.writer = null;
  }

  private write(bytes: Uint8Array): void {
    if (this.seal === null) return;
    this.writer ??= new SealingWriter(this.seal.path, this.seal.key, this.seal.identity);
    this.writer.write(bytes);
    this.hash.update(bytes);
  }

  private restart(): void {
    if (this.writer === null || this.seal === null) return;
    this.abandon();
    unlinkSync(this.seal.path);
    this.hash = createHash('sha256');
  }
}
