import { isCurrencyCode } from '../../../kernel/currency.ts';
import { OfxBalances } from './ofx-balances.ts';
import { OfxIdentifiers } from './ofx-identifiers.ts';
import { INVESTMENT_TRANSACTIONS, readInvestment } from './ofx-investment.ts';
import type { OfxPreview } from './ofx-preview.ts';
import type { OfxListener } from './ofx-structure.ts';
import { OfxTransactionFields, readOfxTransaction } from './ofx-transaction.ts';
import { FileRefused, type ParsedTransaction, type RecordPlace, type StatementSink } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';

const STATEMENTS: ReadonlySet<string> = new Set(['STMTRS', 'CCSTMTRS', 'INVSTMTRS']);
const ACCOUNTS: ReadonlySet<string> = new Set(['BANKACCTFROM', 'CCACCTFROM', 'INVACCTFROM']);
/** Responses that carry no transactions: statements (read below), account and security lists, profiles, enrolment. */
const RESPONSES_WITHOUT_MORE: ReadonlySet<string> = new Set([
  'STMTTRNRS',
  'CCSTMTTRNRS',
  'INVSTMTTRNRS',
  'ACCTINFOTRNRS',
  'SECLISTTRNRS',
  'PROFTRNRS',
  'ENROLLTRNRS',
  'PINCHTRNRS',
  'CHALLENGETRNRS',
]);
/** The records of statements. */
const TRANSACTIONS: ReadonlySet<string> = new Set(['STMTTRN', 'STMTTRNP', ...INVESTMENT_TRANSACTIONS]);
const ACCOUNTS_KEPT = 1000;
const RAW_CHARACTERS = 2000;

interface OpenStatement {
  readonly name: string;
  currency: string | null;
  bankId: string;
  brokerId: string;
  accountId: string;
  /** The sink's index, once a transaction or the statement's end made it known. */
  index: number | null;
  readonly balances: OfxBalances;
  readonly identifiers: OfxIdentifiers;
}

interface OpenTransaction {
  /** STMTTRN, STMTTRNP (pending) or the element name of an investment transaction. */
  readonly kind: string;
  readonly start: number;
  readonly fields: OfxTransactionFields;
}

interface OpenStatus {
  readonly of: string;
  code: string;
  severity: string;
  message: string;
}

/** Turns the structure of OFX into statements, transactions, balances, rejected records and warnings. */
export class OfxStatements implements OfxListener {
  statements = 0;
  records = 0;
  readonly notRead = new Map<string, number>();
  /** Accounts of statements and account lists: number and kind, as stated. */
  readonly accounts: string[] = [];
  /** Balances other than the ledger balance, as stated. */
  readonly otherBalances: string[] = [];
  positions = 0;
  securities = 0;
  /** Status of the sign-on, as stated. */
  signOn: string | null = null;
  private readonly sink: StatementSink;
  private readonly tally: WarningTally;
  private readonly preview: OfxPreview;
  private readonly rawText: (start: number, end: number) => string;
  private institution = '';
  private statement: OpenStatement | null = null;
  private transaction: OpenTransaction | null = null;
  private status: OpenStatus | null = null;
  private account: string[] = [];

  constructor(
    sink: StatementSink,
    tally: WarningTally,
    preview: OfxPreview,
    rawText: (start: number, end: number) => string,
  ) {
    this.sink = sink;
    this.tally = tally;
    this.preview = preview;
    this.rawText = rawText;
  }

  open(name: string, parent: string | null, start: number): void {
    if (STATEMENTS.has(name)) this.statement = this.emptyStatement(name);
    else if (TRANSACTIONS.has(name)) this.openTransaction(name, start);
    else if (name === 'STATUS') this.status = { of: parent ?? '', code: '', severity: '', message: '' };
    else if (ACCOUNTS.has(name)) this.account = [];
    else if (name === 'INVPOS') this.positions++;
    else if (name === 'SECINFO') this.securities++;
    else if (parent === 'INVTRANLIST' && name !== 'INVBANKTRAN')
      this.countNotRead(`investment transactions of kind ${name}`);
    else if (name.endsWith('TRNRS') && !RESPONSES_WITHOUT_MORE.has(name))
      this.countNotRead(`responses of kind ${name}`);
  }

  element(aggregate: string, name: string, value: string): void {
    if (this.transaction) {
      const inside = aggregate === this.transaction.kind ? name : `${aggregate}/${name}`;
      this.transaction.fields.add(inside, value);
    } else if (aggregate === 'STATUS' && this.status) {
      if (name === 'CODE') this.status.code = value;
      else if (name === 'SEVERITY') this.status.severity = value;
      else if (name === 'MESSAGE') this.status.message = value;
    } else if (aggregate === 'FI') {
      if (name === 'ORG') this.institution = value;
    } else {
      if (ACCOUNTS.has(aggregate) && value !== '') this.account.push(name === 'ACCTID' ? value : `${name} ${value}`);
      if (this.statement) this.statementElement(this.statement, aggregate, name, value);
    }
  }

  close(name: string, end: number, closed: boolean): void {
    if (TRANSACTIONS.has(name)) this.endTransaction(end, closed);
    else if (name === 'STATUS') this.endStatus();
    else if (ACCOUNTS.has(name)) this.endAccount();
    else if (name === 'BAL') this.statement?.balances.endListed();
    else if (STATEMENTS.has(name) || name === 'OFX') this.endStatement();
  }

  /** Sends what concerns the whole file. */
  sendWarnings(): void {
    if (this.statements === 0)
      this.sink.warn({
        row: null,
        code: 'ofx.no-statement',
        message: 'The file is whole and holds no account statement: there is nothing to import from it.',
      });
    this.tally.send(this.sink);
    for (const [what, count] of this.notRead)
      this.sink.warn({
        row: null,
        code: 'ofx.not-read',
        message: `${count} ${what} are in the file and were not read: NEXUS reads movements of cash.`,
      });
    if (this.positions > 0)
      this.sink.warn({
        row: null,
        code: 'ofx.positions',
        message: `${this.positions} positions in securities are in the file. They are holdings, no transactions, and were not read.`,
      });
  }

  private openTransaction(kind: string, start: number): void {
    if (this.statement === null) {
      this.tally.note(
        'ofx.no-statement',
        this.records + 1,
        'A transaction stands outside any statement; its account is not stated',
      );
      this.statement = this.emptyStatement('');
    }
    this.transaction = { kind, start, fields: new OfxTransactionFields() };
  }

  private endAccount(): void {
    const text = this.account.join(', ');
    if (text !== '' && !this.accounts.includes(text) && this.accounts.length < ACCOUNTS_KEPT) this.accounts.push(text);
  }

  private emptyStatement(name: string): OpenStatement {
    return {
      name,
      currency: null,
      bankId: '',
      brokerId: '',
      accountId: '',
      index: null,
      balances: new OfxBalances(this.tally, this.otherBalances),
      identifiers: new OfxIdentifiers(),
    };
  }

  private countNotRead(what: string): void {
    this.notRead.set(what, (this.notRead.get(what) ?? 0) + 1);
  }

  private statementElement(statement: OpenStatement, aggregate: string, name: string, value: string): void {
    if (value === '') return;
    if (statement.balances.element(aggregate, name, value)) return;
    const isAccount = ACCOUNTS.has(aggregate);
    const isCurrency = aggregate === statement.name && name === 'CURDEF';
    if (statement.index !== null && (isCurrency || (isAccount && name === 'ACCTID')))
      throw new FileRefused(
        'ofx.account-after-transactions',
        `A statement names its account or currency (${name} ${value}) after its transactions, against the OFX specification; they could be given to the wrong account. Ask the bank for a valid file.`,
        this.records,
      );
    if (isCurrency) {
      const code = value.toUpperCase();
      if (isCurrencyCode(code)) statement.currency = code;
      else
        this.tally.note(
          'ofx.currency',
          null,
          `The currency "${value}" of a statement (CURDEF) is not a currency code and counts as not stated`,
        );
    } else if (isAccount) {
      if (name === 'ACCTID') statement.accountId = value;
      else if (name === 'BANKID') statement.bankId = value;
      else if (name === 'BROKERID') statement.brokerId = value;
    }
  }

  private begin(statement: OpenStatement): number {
    if (statement.index !== null) return statement.index;
    statement.index = this.sink.statement({
      accountId: statement.accountId || null,
      currency: statement.currency,
      institution: this.institution || statement.bankId || statement.brokerId || null,
      owner: null,
      statementId: null,
    });
    this.statements++;
    return statement.index;
  }

  private endTransaction(end: number, closed: boolean): void {
    const { transaction, statement } = this;
    this.transaction = null;
    if (!transaction || !statement) return;
    const index = this.begin(statement);
    const place: RecordPlace = {
      row: ++this.records,
      byteOffset: transaction.start,
      byteLength: end - transaction.start,
    };
    const read = closed
      ? this.readRecord(transaction, statement, index, place)
      : { reason: `the record has no end tag (</${transaction.kind}>), so part of it may be missing` };
    if ('reason' in read) {
      this.sink.reject({
        place,
        reason: read.reason,
        raw: this.rawText(place.byteOffset, end).slice(0, RAW_CHARACTERS),
      });
      return;
    }
    this.sink.transaction(read);
    statement.identifiers.add(transaction.fields.first('FITID', 'INVTRAN/FITID'), place.row);
  }

  private readRecord(
    { kind, fields }: OpenTransaction,
    statement: OpenStatement,
    index: number,
    place: RecordPlace,
  ): ParsedTransaction | { readonly reason: string } {
    const { tally, preview } = this;
    if (INVESTMENT_TRANSACTIONS.has(kind))
      return readInvestment(kind, fields, preview.securities, index, statement.currency, place, tally);
    if (kind === 'STMTTRNP') {
      tally.note(
        'ofx.not-booked',
        place.row,
        'A pending transaction (STMTTRNP) is not part of the booked balance and is kept as a rejected record',
      );
      return { reason: 'pending, not booked (STMTTRNP)' };
    }
    const reason = this.correction(fields, statement.accountId, place.row);
    return reason === null ? readOfxTransaction(fields, index, statement.currency, place, tally) : { reason };
  }

  /** Why a corrected or deleting transaction is no movement; null where it is one. */
  private correction(fields: OfxTransactionFields, account: string, row: number): string | null {
    const corrected = fields.get('CORRECTFITID');
    const action = fields.get('CORRECTACTION').toUpperCase();
    if (corrected !== '' && action === 'DELETE') {
      this.tally.note('ofx.correction', row, 'A record deletes an earlier transaction (CORRECTACTION DELETE)');
      return `it deletes the transaction with FITID ${corrected} and moves nothing itself`;
    }
    if (corrected !== '')
      this.tally.note(
        'ofx.correction',
        row,
        'A transaction replaces an earlier one (CORRECTFITID); where that is in another file, it must not count there',
      );
    const by = this.preview.correctionOf(account, fields.get('FITID'));
    if (by === null) return null;
    return `it is ${by.action === 'DELETE' ? 'deleted' : 'replaced'} by the transaction with FITID ${by.by}`;
  }

  private endStatus(): void {
    const status = this.status;
    this.status = null;
    if (status?.of === 'SONRS')
      this.signOn = [status.code, status.severity, status.message].filter(part => part !== '').join(' ');
    if (!status || status.code === '' || /^0+$/.test(status.code)) return;
    const what = status.of === 'SONRS' ? 'The sign-on' : `The response ${status.of}`;
    const message = status.message === '' ? '' : `: ${status.message}`;
    this.sink.warn({
      row: null,
      code: status.of === 'SONRS' ? 'ofx.sign-on' : 'ofx.status',
      message: `${what} has status ${status.code} (${status.severity || 'no severity'})${message}. What it should have delivered may be missing.`,
    });
  }

  private endStatement(): void {
    const { statement } = this;
    this.statement = null;
    if (!statement) return;
    const index = this.begin(statement);
    if (statement.accountId === '') this.tally.note('ofx.account', null, 'A statement names no account');
    this.sink.balances(index, { opening: null, closing: statement.balances.closing(statement.currency) });
    statement.identifiers.warn(this.sink, statement.accountId);
  }
}
