import { type PainAggregate, type PainField, painTree } from './pain-fields.ts';
import { PainPayments } from './pain-payments.ts';
import type { CreateParser, ParserContext } from './parser-context.ts';
import {
  type Dialect,
  FileRefused,
  type FormatName,
  type StatementParser,
  type StatementSink,
} from './statement-sink.ts';
import { noteEncoding } from './xml-encoding-remarks.ts';
import { XmlPathWalker } from './xml-paths.ts';
import { XmlReader } from './xml-reader.ts';

class PainParser implements StatementParser {
  readonly format: FormatName = 'pain.001';
  private readonly sink: StatementSink;
  private readonly payments: PainPayments;
  private readonly walker: XmlPathWalker<PainAggregate, PainField>;
  private readonly reader: XmlReader;

  constructor({ sink, codecFor }: ParserContext) {
    this.sink = sink;
    this.payments = new PainPayments(sink, () => this.reader);
    this.walker = new XmlPathWalker(painTree(), this.payments);
    this.reader = new XmlReader(this.walker, codecFor);
  }

  write(chunk: Uint8Array): void {
    this.reader.write(chunk);
  }

  end(): void {
    this.reader.end();
    const { payments, reader, walker } = this;
    if (payments.messages === 0)
      throw new FileRefused(
        'pain.no-message',
        `The XML holds no pain.001 message; its root element is "${walker.rootName}". Check that it is the right file.`,
      );
    if (payments.payments === 0)
      throw new FileRefused(
        'pain.no-payment',
        'The message has a header and no payment (PmtInf), which its schema forbids: the file is incomplete. Ask for a complete copy.',
      );
    noteEncoding(reader, payments.tally);
    payments.tally.send(this.sink);
  }

  encoding(): string {
    return this.reader.encoding;
  }

  dialect(): Dialect {
    const namespace = this.walker.namespaces.find(each => each.includes('pain.001.')) ?? null;
    const { messages, payments, transfers, messageIds } = this.payments;
    return {
      message: 'pain.001',
      version: /pain\.001\.(\d{3}\.\d{2})/.exec(namespace ?? '')?.[1] ?? null,
      namespace,
      messages,
      payments,
      transfers,
      messageIds: messageIds.slice(0, 100),
    };
  }
}

/**
 * A streaming reader of ISO 20022 pain.001 (customer credit transfer initiation), versions 001.01 to 001.12. Memory does
 * not grow with the file. Throws FileRefused: the codes of XmlReader, `pain.no-message`, `pain.no-payment`,
 * `pain.account-after-transfers`. What becomes of each element: docs/specs/format-pain.md.
 */
export const createPainParser: CreateParser = context => new PainParser(context);
