import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { type Decimal, parseDecimal } from '../../../kernel/decimal.ts';
import { ledgerDescription } from './ledger-description.ts';
import { entryTrailOf } from './saft-entry-trail.ts';
import type { ControlField, JournalField, LineField, TransactionField } from './saft-fields.ts';
import type { SaftMasters } from './saft-masters.ts';
import type { RecordPlace, StatementSink } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';
import { checkControl, EntryBalances, EntryNames } from './xml-ledger.ts';
import { XmlFields } from './xml-paths.ts';
import { dayAsWritten, decimalOf, sumText, unitsOf } from './xml-values.ts';

/** A stated control figure in its shortest form, to compare with a sum; null where it is no number. */
export const statedSum = (text: string): string | null => {
  const amount = parseDecimal(text);
  return amount === null ? null : sumText(unitsOf(amount));
};

/** Debit less credit of a line, or the reason why there is none. */
export const postedAmount = (debitText: string, creditText: string): Decimal | { readonly reason: string } => {
  if (debitText === '' && creditText === '') return { reason: 'the line states neither a debit nor a credit amount' };
  const debit = debitText === '' ? { units: 0, scale: 0 } : parseDecimal(debitText);
  const credit = creditText === '' ? { units: 0, scale: 0 } : parseDecimal(creditText);
  if (debit === null)
    return { reason: `the debit amount "${debitText}" is not a decimal number that can be held exactly` };
  if (credit === null)
    return { reason: `the credit amount "${creditText}" is not a decimal number that can be held exactly` };
  if (creditText === '' || (credit.units === 0 && debit.units !== 0)) return debit;
  if (debit.units === 0) return { units: credit.units === 0 ? 0 : -credit.units, scale: credit.scale };
  return (
    decimalOf(unitsOf(debit) - unitsOf(credit)) ?? {
      reason: 'the difference of debit and credit cannot be held exactly',
    }
  );
};

/** Reads GeneralLedgerEntries: one line of a journal entry, one transaction. */
export class SaftLedger {
  readonly control = new XmlFields<ControlField>();
  readonly journal = new XmlFields<JournalField>();
  readonly transaction = new XmlFields<TransactionField>();
  readonly line = new XmlFields<LineField>();
  private readonly sink: StatementSink;
  private readonly masters: SaftMasters;
  private readonly tally: WarningTally;
  private readonly balances = new EntryBalances();
  private readonly names: EntryNames;
  private statement = 0;
  private currency: string | null = null;
  private entry = '';
  private lines = 0;
  private debit = 0n;
  private credit = 0n;

  constructor(sink: StatementSink, masters: SaftMasters, tally: WarningTally) {
    this.sink = sink;
    this.masters = masters;
    this.tally = tally;
    this.names = new EntryNames(tally, 'saft.repeated-entry');
  }

  get entries(): number {
    return this.balances.entries;
  }

  /** `currency` is that of the amounts: SAF-T states them in the header's. */
  begin(statement: number, currency: string | null): void {
    this.statement = statement;
    this.currency = currency;
  }

  beginTransaction(): void {
    this.transaction.clear();
    this.entry = '';
    this.balances.begin();
  }

  endLine(place: RecordPlace, raw: () => string): void {
    this.lines++;
    const { line, transaction } = this;
    if (this.entry === '')
      this.entry = this.names.unique(
        transaction.get('transactionId'),
        this.journal.get('journalId'),
        this.entries + 1,
        place.row,
      );
    const amount = postedAmount(line.get('debit'), line.get('credit'));
    const written = transaction.first('postingDate', 'transactionDate');
    const day = dayAsWritten(written);
    const contradicted = (['debit', 'credit', 'accountId'] as const).find(field => line.isContradicted(field));
    const reason =
      'reason' in amount
        ? amount.reason
        : contradicted !== undefined
          ? `the line states its ${contradicted} twice, differently`
          : day === null
            ? `the date "${written}" of its journal entry is not a day of the calendar`
            : null;
    if (reason !== null || 'reason' in amount || day === null) {
      this.balances.spoil();
      this.sink.reject({ place, reason: reason ?? '', raw: raw() });
      return;
    }
    const units = unitsOf(amount);
    this.balances.add(units, place.row);
    this.addTotals(line.get('debit'), line.get('credit'));
    const accountId = line.get('accountId');
    if (accountId === '') this.tally.note('saft.no-account', place.row, 'A line names no ledger account');
    this.masters.post(accountId, units);
    const value = line.get('valueDate');
    const valueDay = value === '' ? UNKNOWN_DAY : dayAsWritten(value);
    if (valueDay === null)
      this.tally.note('saft.value-date', place.row, `The value date "${value}" is not a day and counts as not stated`);
    const entered = line.get('systemEntryDate') || transaction.get('systemEntryDate');
    this.masters.send(
      {
        ...entryTrailOf(transaction.get('sourceId'), entered, place.row, this.tally),
        place,
        statement: this.statement,
        bookingDate: day,
        valueDate: valueDay ?? UNKNOWN_DAY,
        amount,
        currency: this.currency,
        description: ledgerDescription(transaction.get('description'), line.get('description')),
        counterparty: '',
        counterpartyAccount: '',
        reference: line.first('documentId', 'reference') || transaction.get('archiveNumber'),
        type: [this.journal.get('journalId'), this.journal.get('description')].filter(Boolean).join(' '),
        entry: this.entry,
      },
      {
        accountId,
        customerId: line.get('customerId') || transaction.get('customerId'),
        supplierId: line.get('supplierId') || transaction.get('supplierId'),
      },
    );
  }

  endTransaction(): void {
    const name = this.entry || this.transaction.get('transactionId') || `#${this.entries + 1}`;
    if (this.entry === '')
      this.tally.note(
        'saft.entry-without-lines',
        null,
        `A journal entry has no lines, first ${name}; there is nothing to read in it`,
      );
    this.balances.end(name);
  }

  end(): void {
    this.sink.entries(this.statement, this.entries);
    const stated = this.control.get('statedEntries');
    // Some writers count the lines where the schema asks for the journal entries.
    if (stated !== '' && !(/^\d+$/.test(stated) && [this.entries, this.lines].includes(Number(stated))))
      this.sink.warn({
        row: null,
        code: 'control.count',
        message: `GeneralLedgerEntries states ${stated} entries (NumberOfEntries) and holds ${this.entries}, of ${this.lines} lines`,
      });
    for (const [name, text, sum] of [
      ['TotalDebit', this.control.get('statedDebit'), this.debit],
      ['TotalCredit', this.control.get('statedCredit'), this.credit],
    ] as const)
      if (text !== '')
        checkControl(
          this.sink,
          'control.total',
          `GeneralLedgerEntries/${name}`,
          statedSum(text) ?? `"${text}"`,
          sumText(sum),
        );
    this.balances.warn(this.sink);
  }

  private addTotals(debitText: string, creditText: string): void {
    const debit = parseDecimal(debitText);
    const credit = parseDecimal(creditText);
    if (debit !== null) this.debit += unitsOf(debit);
    if (credit !== null) this.credit += unitsOf(credit);
  }
}
