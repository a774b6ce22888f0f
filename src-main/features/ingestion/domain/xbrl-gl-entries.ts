import { type CivilDay, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { isCurrencyCode } from '../../../kernel/currency.ts';
import { type Decimal, parseDecimal } from '../../../kernel/decimal.ts';
import { ledgerDescription } from './ledger-description.ts';
import type { RecordPlace, StatementSink } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';
import type { DetailField, EntriesField, GlEntryField, OrganizationField } from './xbrl-gl-fields.ts';
import { type NotPosting, notPosting } from './xbrl-gl-kinds.ts';
import { EntryBalances, EntryNames } from './xml-ledger.ts';
import { XmlFields } from './xml-paths.ts';
import { dayAsWritten, minuteAsWritten, sumText, unitsOf } from './xml-values.ts';

/** `iso4217:usd` or `usd` as a currency code; '' where it is none. */
export const currencyOf = (measure: string): string => {
  const code = measure.slice(measure.indexOf(':') + 1).toUpperCase();
  return isCurrencyCode(code) ? code : '';
};

interface Excluded {
  count: number;
  debit: bigint;
  credit: bigint;
  other: bigint;
}

/** Reads one accountingEntries at a time: a statement each; one entryDetail that is a posting, one transaction. */
export class XbrlGlEntries {
  readonly fields = new XmlFields<EntriesField>();
  readonly organization = new XmlFields<OrganizationField>();
  readonly entry = new XmlFields<GlEntryField>();
  readonly detail = new XmlFields<DetailField>();
  /** Currency of each xbrli:unit by its id. */
  readonly units = new Map<string, string>();
  private readonly sink: StatementSink;
  private readonly tally: WarningTally;
  private readonly names: EntryNames;
  private readonly accounts = new Map<string, string>();
  private readonly excluded = new Map<NotPosting, Excluded>();
  private balances = new EntryBalances();
  private statement: number | null = null;
  private companyId = '';
  private companyName = '';
  private entryName: string | null = null;
  private hasSides = false;
  private ledgers = 0;
  private headers = 0;

  constructor(sink: StatementSink, tally: WarningTally) {
    this.sink = sink;
    this.tally = tally;
    this.names = new EntryNames(tally, 'xbrl-gl.repeated-entry');
  }

  /** accountingEntries and entryHeader elements so far. */
  get counts(): { readonly ledgers: number; readonly entries: number } {
    return { ledgers: this.ledgers, entries: this.headers };
  }

  begin(): void {
    this.ledgers++;
    this.statement = null;
    this.companyId = '';
    this.companyName = '';
    this.balances = new EntryBalances();
  }

  /** organizationDescription says what the identifier is (`Company Name`, `DUNS`), or is itself the name. */
  endOrganization(): void {
    const identifier = this.organization.get('identifier');
    const description = this.organization.get('description');
    if (identifier === '') this.companyName ||= description;
    else if (description === '' || /name/i.test(description)) this.companyName ||= identifier;
    else this.companyId ||= identifier;
  }

  beginEntry(): void {
    this.headers++;
    this.entryName = null;
    this.hasSides = false;
    this.balances.begin();
  }

  endDetail(place: RecordPlace, raw: () => string): void {
    const { detail, entry, fields } = this;
    const accountId = detail.get('accountId');
    const accountName = detail.get('accountName');
    if (accountId !== '' && accountName !== '') this.accounts.set(accountId, accountName);
    const amount = this.amount();
    const kind = notPosting(
      fields.get('entriesType'),
      entry.get('entryType'),
      entry.get('qualifier'),
      detail.get('include'),
    );
    const date = kind === null ? this.date(place.row) : UNKNOWN_DAY;
    const contradicted = (['amount', 'side', 'postingDate'] as const).find(field => detail.isContradicted(field));
    const reason =
      kind !== null
        ? this.exclude(kind, amount)
        : 'reason' in amount
          ? amount.reason
          : contradicted !== undefined
            ? `the line states its ${contradicted} twice, differently`
            : typeof date === 'object'
              ? date.reason
              : null;
    if (reason !== null || 'reason' in amount || typeof date === 'object') {
      this.balances.spoil();
      this.sink.reject({ place, reason: reason ?? '', raw: raw() });
      return;
    }
    this.post(amount, date, place);
  }

  endEntry(): void {
    // Lines without debit and credit (lists of invoices, of costs) are no double entry that could balance.
    if (!this.hasSides) this.balances.spoil();
    this.balances.end(this.entryName ?? this.entry.get('number'));
  }

  end(): void {
    const statement = this.open();
    this.sink.entries(statement, this.balances.entries);
    this.balances.warn(this.sink);
  }

  /** Sends what concerns the whole file. */
  warn(): void {
    for (const [kind, { count, debit, credit, other }] of this.excluded) {
      const sums = [
        ...(debit === 0n && credit === 0n ? [] : [`debits ${sumText(debit)}, credits ${sumText(credit)}`]),
        ...(other === 0n ? [] : [`without a side ${sumText(other)}`]),
      ].join(', ');
      this.sink.warn({
        row: null,
        code: 'xbrl-gl.not-postings',
        message: `${count} lines are no postings (${kind})${sums === '' ? '' : `: ${sums}`}. They are kept as rejected records.`,
      });
    }
  }

  private post(amount: Decimal, date: CivilDay, place: RecordPlace): void {
    const { detail, entry } = this;
    const statement = this.open();
    this.entryName ??= this.names.unique(entry.get('number'), entry.get('journalId'), this.headers, place.row);
    if (detail.get('side') !== '') this.hasSides = true;
    else
      this.tally.note(
        'xbrl-gl.no-side',
        place.row,
        'A line states no debit or credit (debitCreditCode): its amount is taken with its own sign',
      );
    if (detail.isContradicted('accountId'))
      this.tally.note(
        'xbrl-gl.several-accounts',
        place.row,
        'A line names several accounts for its amount; the first is used',
      );
    this.balances.add(unitsOf(amount), place.row);
    const accountId = detail.get('accountId');
    const accountName = detail.get('accountName') || (this.accounts.get(accountId) ?? '');
    const account = [accountId, accountName].filter(part => part !== '').join(' ');
    this.sink.transaction({
      place,
      statement,
      bookingDate: date,
      valueDate: UNKNOWN_DAY,
      amount,
      currency: this.currency(place.row),
      description: ledgerDescription(entry.get('comment'), detail.get('comment')),
      counterparty: detail.get('partyName'),
      counterpartyAccount: detail.get('partyId'),
      reference: detail.first('documentNumber', 'documentReference'),
      type: [entry.get('journalId'), entry.get('journalName') || detail.get('documentType')].filter(Boolean).join(' '),
      entry: this.entryName,
      poster: entry.get('enteredBy'),
      enteredDay: this.enteredDay(place.row),
      minute: minuteAsWritten(entry.get('enteredDate')),
      ...(account === '' ? {} : { ledgerAccount: account }),
    });
  }

  private open(): number {
    if (this.statement !== null) return this.statement;
    const { fields } = this;
    this.statement = this.sink.statement({
      accountId: this.companyId || null,
      currency: currencyOf(fields.get('currency')) || null,
      institution: null,
      owner: this.companyName || null,
      statementId: fields.get('uniqueId') || null,
    });
    return this.statement;
  }

  /** Debit positive, credit negative; without a side the amount's own sign, or signOfAmount's. */
  private amount(): Decimal | { readonly reason: string } {
    const text = this.detail.get('amount');
    if (text === '') return { reason: 'the line states no amount' };
    const amount = parseDecimal(text);
    if (amount === null) return { reason: `the amount "${text}" is not a decimal number that can be held exactly` };
    const side = this.detail.get('side').toLowerCase();
    const negative = /^(?:-|minus|negative)$/i.test(this.detail.get('sign')) && amount.units > 0;
    if (!/^(?:|d|debit|c|credit)$/.test(side))
      return { reason: `the side "${side}" (debitCreditCode) is neither debit nor credit` };
    const flip = side.startsWith('c') !== negative;
    return flip && amount.units !== 0 ? { units: -amount.units, scale: amount.scale } : amount;
  }

  /** postingDate is the date of accounting significance; the others stand in for it, and are told. */
  private date(row: number): CivilDay | { readonly reason: string } {
    const { detail, entry, fields } = this;
    const end = fields.get('periodEnd');
    const start = fields.get('periodStart');
    const choices = [
      ['posting date', detail.get('postingDate')],
      ['date of its document', detail.get('documentDate')],
      ['date it was posted to the computer', entry.get('postedDate')],
      ['day the file is as of (periodCoveredEnd)', start === '' || start === end ? end : ''],
    ] as const;
    const found = choices.findIndex(([, text]) => text !== '');
    const choice = choices[found];
    if (choice === undefined) return { reason: 'the line states no date' };
    const day = dayAsWritten(choice[1]);
    if (day === null) return { reason: `the ${choice[0]} "${choice[1]}" is not a day of the calendar` };
    if (found > 0) this.tally.note('xbrl-gl.date', row, `A line has no posting date; the ${choice[0]} is used`);
    return day;
  }

  /** The day on which the entry was entered; UNKNOWN_DAY where it is not stated or no day. */
  private enteredDay(row: number): CivilDay {
    const text = this.entry.get('enteredDate');
    const day = text === '' ? UNKNOWN_DAY : dayAsWritten(text);
    if (day === null)
      this.tally.note('xbrl-gl.entered-date', row, `An enteredDate "${text}" is not a day and counts as not stated`);
    return day ?? UNKNOWN_DAY;
  }

  private currency(row: number): string | null {
    const stated = currencyOf(this.detail.get('currency')) || currencyOf(this.fields.get('currency'));
    const unit = this.units.get(this.detail.get('unit')) ?? '';
    if (stated !== '' && unit !== '' && stated !== unit)
      this.tally.note(
        'xbrl-gl.unit',
        row,
        `The unit of an amount is ${unit}, its stated currency ${stated}; the latter counts`,
      );
    return stated || unit || null;
  }

  private exclude(kind: NotPosting, amount: Decimal | { readonly reason: string }): string {
    const sum = this.excluded.get(kind) ?? { count: 0, debit: 0n, credit: 0n, other: 0n };
    this.excluded.set(kind, sum);
    sum.count++;
    if (!('reason' in amount)) {
      const side = this.detail.get('side').toLowerCase();
      if (side.startsWith('d')) sum.debit += unitsOf(amount);
      else if (side.startsWith('c')) sum.credit -= unitsOf(amount);
      else sum.other += unitsOf(amount);
    }
    return `no posting: ${kind} (${[this.fields.get('entriesType'), this.entry.get('entryType') || this.entry.get('qualifier'), this.detail.get('include')].filter(Boolean).join(', ')})`;
  }
}
