import type { CodecFor } from '../../../kernel/text.ts';
import { type OfxEncoding, ofxEncoding } from './ofx-encoding.ts';
import { OfxPreview } from './ofx-preview.ts';
import { OfxScanner } from './ofx-scanner.ts';
import { OfxStatements } from './ofx-statements.ts';
import { OfxStructure } from './ofx-structure.ts';
import {
  type Dialect,
  FileRefused,
  type FormatName,
  type StatementParser,
  type StatementSink,
} from './statement-sink.ts';
import { WarningTally } from './warning-tally.ts';

/** Largest OFX file that is read: it is held whole, because its end decides whether it may be trusted. */
export const OFX_MAX_BYTES = 268_435_456;
const LINE_FEED = 0x0a;
/** Elements for which the file is read twice. */
const PREVIEWED = ['<SECINFO', '<CORRECTFITID'] as const;

class OfxParser implements StatementParser {
  readonly format: FormatName = 'ofx';
  private readonly sink: StatementSink;
  private readonly codecFor: CodecFor;
  private chunks: Uint8Array[] = [];
  private length = 0;
  private read: OfxEncoding | null = null;
  private statements: OfxStatements | null = null;

  constructor(sink: StatementSink, codecFor: CodecFor) {
    this.sink = sink;
    this.codecFor = codecFor;
  }

  write(chunk: Uint8Array): void {
    this.length += chunk.length;
    if (this.length > OFX_MAX_BYTES)
      throw new FileRefused(
        'file.too-large',
        `The OFX file is larger than ${OFX_MAX_BYTES / 1_048_576} MiB. Have it exported in smaller periods.`,
      );
    this.chunks.push(chunk.slice());
  }

  end(): void {
    const bytes = this.whole();
    if (bytes.length === 0) throw new FileRefused('file.empty', 'The file is empty.');
    const encoding = ofxEncoding(bytes, this.codecFor);
    this.read = encoding;
    const tally = new WarningTally();
    if (encoding.remark !== null) tally.note('ofx.encoding', null, encoding.remark);
    const scanner = (): OfxScanner =>
      new OfxScanner(bytes, encoding.markLength, encoding.codec, encoding.unitBytes, encoding.lowByte);
    const preview = new OfxPreview();
    const main = scanner();
    this.statements = new OfxStatements(this.sink, tally, preview, (start, end) => main.raw(start, end));
    const lineAt = (byte: number): number => {
      let line = 1;
      for (let at = bytes.indexOf(LINE_FEED); at >= 0 && at < byte; at = bytes.indexOf(LINE_FEED, at + 1)) line++;
      return line;
    };
    // Names of securities and corrections stand after what they concern.
    if (PREVIEWED.some(name => main.includes(name)))
      new OfxStructure(scanner(), preview, new WarningTally(), lineAt).read();
    new OfxStructure(main, this.statements, tally, lineAt).read();
    this.statements.sendWarnings();
  }

  encoding(): string {
    return this.read?.codec.encoding ?? 'utf-8';
  }

  dialect(): Dialect {
    const header = this.read?.header ?? null;
    return {
      syntax: header?.headerVersion === '200' || header?.xmlEncoding ? 'xml' : 'sgml',
      header: header?.headerVersion ?? null,
      version: header?.version ?? null,
      security: header?.security ?? null,
      declaredEncoding: header?.xmlEncoding ?? header?.encoding ?? null,
      declaredCharset: header?.charset ?? null,
      statements: this.statements?.statements ?? 0,
      records: this.statements?.records ?? 0,
      signOn: this.statements?.signOn ?? null,
      accounts: this.statements?.accounts ?? [],
      otherBalances: this.statements?.otherBalances ?? [],
      positions: this.statements?.positions ?? 0,
      securities: this.statements?.securities ?? 0,
      notRead: Object.fromEntries(this.statements?.notRead ?? []),
    };
  }

  private whole(): Uint8Array {
    const bytes = new Uint8Array(this.length);
    let at = 0;
    for (const chunk of this.chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    this.chunks = [];
    return bytes;
  }
}

/**
 * A reader of OFX 1.x (SGML, with or without header) and 2.x (XML): bank, credit card and investment statements.
 * Nothing is sent before `end()`. Throws FileRefused `file.empty`, `file.too-large`, `ofx.encoding`, `ofx.no-root`,
 * `ofx.truncated`, `ofx.trailing`, `ofx.too-deep`, `ofx.account-after-transactions`, `xml.doctype`.
 * What becomes of each element: docs/specs/format-ofx.md.
 */
export const createOfxParser = (sink: StatementSink, codecFor: CodecFor): StatementParser =>
  new OfxParser(sink, codecFor);
