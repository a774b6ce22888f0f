import { type CamtAggregate, type CamtField, type CamtNode, STATEMENT_NODE } from './camt-fields.ts';
import type { FormatName } from './statement-sink.ts';
import type { XmlHandler } from './xml-reader.ts';

export type CamtFormat = Extract<FormatName, `camt.${string}`>;

/** Message element to format and to the name of its statements. */
const MESSAGES: Readonly<Record<string, { readonly format: CamtFormat; readonly statement: string }>> = {
  BkToCstmrAcctRpt: { format: 'camt.052', statement: 'Rpt' },
  BkToCstmrStmt: { format: 'camt.053', statement: 'Stmt' },
  BkToCstmrDbtCdtNtfctn: { format: 'camt.054', statement: 'Ntfctn' },
};

/** The format of a message element, by its name without prefix; null for any other element. Version 001.01 ends it in `V01`. */
export const camtFormatOf = (elementName: string): CamtFormat | null =>
  MESSAGES[elementName.replace(/V\d{2}$/, '')]?.format ?? null;

/** Receives what is read of a message, in document order. */
export interface CamtListener {
  message(format: CamtFormat): void;
  /** An aggregate begins; false leaves it out with all that is in it. */
  begin(aggregate: CamtAggregate): boolean;
  /** Text of a field, trimmed and not empty. */
  field(owner: CamtAggregate, field: CamtField, text: string): void;
  end(aggregate: CamtAggregate): void;
}

/** Walks the elements of a message, keeps to those that are read, and skips the rest. */
export class CamtWalker implements XmlHandler {
  private readonly listener: CamtListener;
  /** Name of the statement elements of the message being read; null outside a message. */
  private statementName: string | null = null;
  private readonly path: CamtNode[] = [];
  /** Elements open since the last one that is read. */
  private skipped = 0;
  private pending = '';
  rootName: string | null = null;
  /** The namespace that names a camt version, where one is declared. */
  namespace: string | null = null;

  constructor(listener: CamtListener) {
    this.listener = listener;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.statementName === null) {
      this.openOutside(name, attributes);
      return;
    }
    if (this.skipped > 0) {
      this.skipped++;
      return;
    }
    const parent = this.path.at(-1);
    const node = parent ? parent.children.get(name) : name === this.statementName ? STATEMENT_NODE : undefined;
    if (!node || (node.begins !== null && !this.listener.begin(node.begins))) {
      this.skipped = 1;
      return;
    }
    this.path.push(node);
    this.pending = '';
    if (node.field === 'amount') {
      const currency = attributes.Ccy?.trim() ?? '';
      if (currency !== '') this.listener.field(node.owner, 'currency', currency);
    }
  }

  text(text: string): void {
    if (this.skipped === 0 && this.path.at(-1)?.field) this.pending += text;
  }

  close(): void {
    if (this.statementName === null) return;
    if (this.skipped > 0) {
      this.skipped--;
      return;
    }
    const node = this.path.pop();
    if (!node) {
      this.statementName = null;
      return;
    }
    if (node.field !== null) {
      const text = this.pending.trim();
      if (text !== '') this.listener.field(node.owner, node.field, text);
    }
    this.pending = '';
    if (node.begins !== null) this.listener.end(node.begins);
  }

  private openOutside(name: string, attributes: Readonly<Record<string, string>>): void {
    this.rootName ??= name;
    for (const [key, value] of Object.entries(attributes))
      if (/^xmlns(:|$)/.test(key) && /camt\.05[234]\./.test(value)) this.namespace = value.trim();
    const message = MESSAGES[name.replace(/V\d{2}$/, '')];
    if (!message) return;
    this.statementName = message.statement;
    this.listener.message(message.format);
  }
}
