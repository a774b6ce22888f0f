import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { isCurrencyCode } from '../../../kernel/currency.ts';
import { type Decimal, parseDecimal } from '../../../kernel/decimal.ts';
import type {
  JpkAccountField,
  JpkControlField,
  JpkHeaderField,
  JpkJournalField,
  JpkLineField,
  JpkPartyField,
} from './saft-jpk-fields.ts';
import { postedAmount, statedSum } from './saft-ledger.ts';
import { FileRefused, type ParsedTransaction, type RecordPlace, type StatementSink } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';
import { checkControl, ENTRY_UNBALANCED, NamedFaults } from './xml-ledger.ts';
import { XmlFields } from './xml-paths.ts';
import { dayAsWritten, sumText, unitsOf } from './xml-values.ts';

/** Journal entries that are remembered for the postings after them, which state no date of their own. */
const JPK_MAX_JOURNAL = 2_000_000;

interface JournalEntry {
  readonly day: CivilDay | null;
  readonly written: string;
  readonly description: string;
  readonly reference: string;
  readonly type: string;
  readonly partyId: string;
  /** Who answers for the entry. */
  readonly operator: string;
  sum: bigint;
}

/**
 * Reads the Polish audit file of accounting books: the journal (`Dziennik`) dates and describes the entries, the
 * postings (`KontoZapis`) hold the amounts. A posting of JPK_KR states a debit and a credit side; each side with an
 * amount is one transaction.
 */
export class SaftJpk {
  readonly header = new XmlFields<JpkHeaderField>();
  readonly account = new XmlFields<JpkAccountField>();
  readonly party = new XmlFields<JpkPartyField>();
  readonly journal = new XmlFields<JpkJournalField>();
  readonly line = new XmlFields<JpkLineField>();
  readonly control = new XmlFields<JpkControlField>();
  private readonly sink: StatementSink;
  private readonly tally: WarningTally;
  private readonly accounts = new Map<string, string>();
  private readonly parties = new Map<string, string>();
  private readonly entries = new Map<string, JournalEntry>();
  private statement: number | null = null;
  private current: string | null = null;
  private journalRows = 0;
  private journalTotal = 0n;
  private lines = 0;
  private debit = 0n;
  private credit = 0n;
  private sides = 0;

  constructor(sink: StatementSink, tally: WarningTally) {
    this.sink = sink;
    this.tally = tally;
  }

  get counts(): { readonly accounts: number; readonly entries: number; readonly lines: number } {
    return { accounts: this.accounts.size, entries: this.journalRows, lines: this.lines };
  }

  endAccount(): void {
    const number = this.account.get('accountId');
    if (number !== '' && !this.accounts.has(number)) this.accounts.set(number, this.account.get('name'));
    this.account.clear();
  }

  endParty(): void {
    const id = this.party.get('partyId');
    if (id !== '') this.parties.set(id, this.party.get('taxNumber'));
  }

  beginJournal(): void {
    this.journal.clear();
    this.current = null;
  }

  endJournal(): void {
    this.openEntry();
    this.current = null;
    this.journalRows++;
    const amount = parseDecimal(this.journal.get('amount'));
    if (amount !== null) this.journalTotal += unitsOf(amount);
  }

  endLine(place: RecordPlace, raw: () => string): void {
    this.lines++;
    // KR_PD has the postings inside their journal entry, whose fields come first.
    if (this.line.get('entryNumber') === '') this.openEntry();
    const number = this.line.get('entryNumber') || (this.current ?? '');
    const entry = this.entries.get(number);
    if (entry === undefined || entry.day === null) {
      const reason =
        entry === undefined
          ? `its journal entry "${number}" is not in the journal before it, so it has no date`
          : `the date "${entry.written}" of its journal entry is not a day of the calendar`;
      this.sink.reject({ place, reason, raw: raw() });
      return;
    }
    const debit = this.side('debit');
    const credit = this.side('credit');
    const broken = [debit, credit].find(each => each !== null && 'reason' in each);
    if (broken !== undefined && broken !== null && 'reason' in broken) {
      this.sink.reject({ place, reason: broken.reason, raw: raw() });
      return;
    }
    const statement = this.open();
    let sent = 0;
    for (const side of ['debit', 'credit'] as const) {
      const amount = side === 'debit' ? debit : credit;
      if (amount === null || 'reason' in amount || amount.units === 0) continue;
      sent++;
      const units = unitsOf(amount);
      entry.sum += units;
      if (side === 'debit') this.debit += units;
      else this.credit -= units;
      this.sink.transaction(this.posting(place, statement, number, entry, entry.day, amount, side));
    }
    this.sides += sent;
    if (sent === 0) this.sink.reject({ place, reason: 'the posting states no amount on either side', raw: raw() });
  }

  end(): void {
    const statement = this.open();
    this.sink.entries(statement, this.journalRows);
    const { control } = this;
    const counts = [
      ['journal entries', 'statedJournal', String(this.journalRows)],
      ['postings', 'statedLines', String(this.lines)],
    ] as const;
    for (const [what, field, found] of counts)
      if (control.get(field) !== '')
        checkControl(this.sink, 'control.count', `The count of ${what}`, control.get(field), found);
    const totals = [
      ['journal', 'statedJournalTotal', this.journalTotal],
      ['debit', 'statedDebit', this.debit],
      ['credit', 'statedCredit', this.credit],
    ] as const;
    for (const [what, field, found] of totals)
      if (control.get(field) !== '')
        checkControl(
          this.sink,
          'control.total',
          `The ${what} total`,
          statedSum(control.get(field)) ?? `"${control.get(field)}"`,
          sumText(found),
        );
    const unbalanced = new NamedFaults();
    for (const [number, { sum }] of this.entries) if (sum !== 0n) unbalanced.add(`${number} by ${sumText(sum)}`, null);
    unbalanced.warn(this.sink, 'ledger.entry-unbalanced', ENTRY_UNBALANCED);
  }

  private open(): number {
    if (this.statement !== null) return this.statement;
    const { header } = this;
    const currency = header.get('currency').toUpperCase();
    this.statement = this.sink.statement({
      accountId: header.get('taxNumber') || null,
      currency: isCurrencyCode(currency) ? currency : null,
      institution: null,
      owner: header.get('companyName') || null,
      statementId: [header.get('startDate'), header.get('endDate')].filter(Boolean).join('/') || null,
    });
    return this.statement;
  }

  private openEntry(): void {
    if (this.current !== null) return;
    const { journal } = this;
    const number = journal.get('entryNumber');
    if (this.entries.size >= JPK_MAX_JOURNAL)
      throw new FileRefused(
        'saft.too-many-entries',
        `The file holds more than ${JPK_MAX_JOURNAL} journal entries, which must be remembered to date its postings. Have it exported in smaller periods.`,
      );
    const written = journal.first('postingDate', 'operationDate');
    this.current = number;
    if (this.entries.has(number)) {
      this.tally.note(
        'saft.repeated-entry',
        null,
        `A journal entry has the number of an earlier one, first ${number}; the first dates the postings`,
      );
      return;
    }
    this.entries.set(number, {
      day: dayAsWritten(written),
      written,
      description: journal.get('description'),
      reference: journal.get('documentNumber'),
      type: journal.get('journal') || journal.get('documentType'),
      partyId: journal.get('partyId'),
      operator: journal.get('operator'),
      sum: 0n,
    });
  }

  /** The signed amount of one side; null where the side states none. */
  private side(side: 'debit' | 'credit'): Decimal | { readonly reason: string } | null {
    const text = this.line.get(side);
    if (text === '') return null;
    if (this.line.isContradicted(side)) return { reason: `the posting states its ${side} amount twice, differently` };
    return side === 'debit' ? postedAmount(text, '') : postedAmount('', text);
  }

  private posting(
    place: RecordPlace,
    statement: number,
    number: string,
    entry: JournalEntry,
    day: CivilDay,
    amount: Decimal,
    side: 'debit' | 'credit',
  ): ParsedTransaction {
    const { line } = this;
    const account = line.get('account') || line.get(side === 'debit' ? 'debitAccount' : 'creditAccount');
    const name = this.accounts.get(account) ?? '';
    const currency = this.header.get('currency').toUpperCase();
    return {
      place,
      statement,
      bookingDate: day,
      valueDate: UNKNOWN_DAY,
      amount,
      currency: isCurrencyCode(currency) ? currency : null,
      description: line.get('text') || line.get(side === 'debit' ? 'debitText' : 'creditText') || entry.description,
      counterparty: '',
      counterpartyAccount: this.parties.get(entry.partyId) || entry.partyId,
      reference: entry.reference,
      type: entry.type,
      entry: number,
      poster: entry.operator,
      ...(account === '' ? {} : { ledgerAccount: name === '' ? account : `${account} ${name}` }),
    };
  }
}
