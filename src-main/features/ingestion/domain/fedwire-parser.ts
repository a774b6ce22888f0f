import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { FedwireMessage } from './fedwire-message.ts';
import { type FedwireTag, FedwireTags } from './fedwire-tags.ts';
import type { CreateParser, ParserContext } from './parser-context.ts';
import {
  type Dialect,
  FileRefused,
  type FormatName,
  type StatementParser,
  type StatementSink,
} from './statement-sink.ts';
import { WarningTally } from './warning-tally.ts';

/** Tags that stand once in every message: one more of them begins the next. */
const ONCE: ReadonlySet<string> = new Set(['1500', '1510', '1520', '2000', '3100', '3400', '3600']);
/** Tags that the Federal Reserve appends to what the sender supplied: before {1500} or behind everything. */
const APPENDED: ReadonlySet<string> = new Set(['1100', '1110', '1120', '1130']);
const MANDATORY = [...ONCE];
/** All tags of the format. */
const KNOWN: ReadonlySet<string> = new Set(
  `1100 1110 1120 1130 1500 1510 1520 2000 3100 3320 3400 3500 3600 3610 3620 3700 3710 3720 4000 4100 4200 4320 4400
  5000 5010 5100 5200 5400 6000 6100 6110 6200 6210 6300 6310 6400 6410 6420 6500 7033 7050 7052 7056 7057 7059 7070
  7072 8200 8250 8300 8350 8400 8450 8500 8550 8600 8650 8700 8750 9000`.split(/\s+/),
);

class FedwireParser implements StatementParser {
  readonly format: FormatName = 'fedwire';
  private readonly sink: StatementSink;
  private readonly tags: FedwireTags;
  private readonly tally = new WarningTally();
  private readonly statements = new Map<string, number>();
  private message: FedwireMessage | null = null;
  private messages = 0;
  private transfers = 0;
  private appendedLead = false;

  constructor({ sink, codecFor }: ParserContext) {
    this.sink = sink;
    this.tags = new FedwireTags(codecFor, tag => this.tag(tag));
  }

  write(chunk: Uint8Array): void {
    this.tags.write(chunk);
  }

  end(): void {
    this.tags.end();
    this.endMessage();
    if (this.messages === 0)
      throw new FileRefused(
        'fedwire.no-message',
        'The file holds no tag {nnnn} of a Fedwire message. Check that it is the right file.',
      );
    this.tally.send(this.sink);
  }

  encoding(): string {
    return this.tags.encoding;
  }

  dialect(): Dialect {
    return { messages: this.messages, transfers: this.transfers, senders: [...this.statements.keys()].slice(0, 100) };
  }

  private tag(tag: FedwireTag): void {
    if (tag.tag === '') {
      if (tag.text.trim() !== '')
        this.sink.reject({
          place: { row: tag.row, byteOffset: tag.byteOffset, byteLength: tag.byteLength },
          reason: 'text before the first tag',
          raw: tag.text,
        });
      return;
    }
    if (!KNOWN.has(tag.tag))
      this.tally.note('fedwire.unknown-tag', tag.row, `The format has no tag {${tag.tag}}; it stays in the raw record`);
    const { message } = this;
    if (message === null) {
      this.appendedLead ||= this.messages === 0 && APPENDED.has(tag.tag);
      this.message = new FedwireMessage(tag);
    } else if (this.begins(tag.tag, message)) {
      this.endMessage();
      this.message = new FedwireMessage(tag);
    } else message.add(tag);
  }

  private begins(tag: string, message: FedwireMessage): boolean {
    if (APPENDED.has(tag)) return this.appendedLead && MANDATORY.some(each => message.has(each));
    if (tag === '1500') return MANDATORY.some(each => message.has(each));
    return ONCE.has(tag) && message.has(tag);
  }

  private endMessage(): void {
    const { message } = this;
    this.message = null;
    if (message === null) return;
    this.messages++;
    const { fault, cents } = message;
    if (fault !== null || cents === null) {
      this.sink.reject({ place: message.place, reason: fault ?? 'the message states no amount', raw: message.raw });
      return;
    }
    this.warn(message);
    this.transfers++;
    this.sink.transaction(message.transaction(cents, this.statementOf(message)));
  }

  private warn(message: FedwireMessage): void {
    const note = (code: string, text: string): void => this.tally.note(code, message.row, text);
    const missing = MANDATORY.filter(tag => !message.has(tag));
    if (missing.length > 0)
      note('fedwire.missing-tag', `A message lacks the mandatory ${missing.map(tag => `{${tag}}`).join(', ')}`);
    if (message.isTest) note('fedwire.test-message', 'A message says that it is a test ({1500}, T)');
    if (message.isPossibleDuplicate)
      note('fedwire.possible-duplicate', 'A message says that it may be a duplicate ({1500}, P)');
    if (message.day === UNKNOWN_DAY) note('fedwire.no-date', 'A message states no day of its cycle ({1520} or {1120})');
  }

  /** One statement for each sender: the account that a transfer debits is the sender's with the Federal Reserve. */
  private statementOf(message: FedwireMessage): number {
    const { identifier, name } = message.sender;
    let statement = this.statements.get(identifier);
    if (statement === undefined) {
      statement = this.sink.statement({
        accountId: identifier,
        currency: 'USD',
        institution: name || null,
        owner: null,
        statementId: null,
      });
      this.statements.set(identifier, statement);
    }
    return statement;
  }
}

/**
 * A streaming reader of messages in the Fedwire Funds Service format (FAIM). Throws FileRefused `fedwire.no-message`,
 * `fedwire.tag-too-long`. What becomes of each tag: docs/specs/format-fedwire.md.
 */
export const createFedwireParser: CreateParser = context => new FedwireParser(context);
