import type { CodecFor } from '../../../kernel/text.ts';
import { CamtStatements } from './camt-statements.ts';
import { CamtWalker } from './camt-walker.ts';
import {
  type Dialect,
  FileRefused,
  type FormatName,
  type StatementParser,
  type StatementSink,
} from './statement-sink.ts';
import { XmlReader } from './xml-reader.ts';

class CamtParser implements StatementParser {
  private readonly statements: CamtStatements;
  private readonly walker: CamtWalker;
  private readonly reader: XmlReader;

  constructor(sink: StatementSink, codecFor: CodecFor) {
    this.statements = new CamtStatements(sink, () => this.reader);
    this.walker = new CamtWalker(this.statements);
    this.reader = new XmlReader(this.walker, codecFor);
  }

  /** camt.053 until the message element has been read. */
  get format(): FormatName {
    return this.statements.format ?? 'camt.053';
  }

  write(chunk: Uint8Array): void {
    this.reader.write(chunk);
  }

  end(): void {
    this.reader.end();
    const { statements, reader } = this;
    if (statements.format === null)
      throw new FileRefused(
        'camt.no-message',
        `The XML holds no camt.052, camt.053 or camt.054 message; its root element is "${this.walker.rootName}". Check that it is the right file.`,
      );
    if (statements.statements === 0)
      throw new FileRefused(
        'camt.no-statement',
        'The message has a header and no statement, which its schema forbids: the file is incomplete. Ask the bank for a complete copy.',
      );
    if (reader.contradictedEncoding !== null)
      statements.tally.note(
        'xml.encoding',
        null,
        `The XML declares the encoding "${reader.contradictedEncoding}", its bytes are ${reader.encoding}: read as ${reader.encoding}`,
      );
    if (reader.hasReplacedCharacters)
      statements.tally.note(
        'xml.characters',
        null,
        `Some bytes mean nothing in ${reader.encoding} and stand as U+FFFD`,
      );
    statements.sendWarnings();
  }

  encoding(): string {
    return this.reader.encoding;
  }

  dialect(): Dialect {
    const { namespace } = this.walker;
    const { format, statements, entries, booked } = this.statements;
    return {
      message: format,
      version: namespace === null ? null : (/camt\.05[234]\.(\d{3}\.\d{2})/.exec(namespace)?.[1] ?? null),
      namespace,
      statements,
      entries,
      booked,
    };
  }
}

/**
 * A streaming reader of ISO 20022 camt.052, .053 and .054, versions 001.01 to 001.13. Memory does not grow with the file.
 * Throws FileRefused: the codes of XmlReader, `camt.no-message`, `camt.no-statement`, `camt.account-after-entries`.
 * What becomes of each element: docs/specs/format-camt.md.
 */
export const createCamtParser = (sink: StatementSink, codecFor: CodecFor): StatementParser =>
  new CamtParser(sink, codecFor);
