import { parseDecimal } from '../../../kernel/decimal.ts';
import type { AccountField, PartyField } from './saft-fields.ts';
import type { ParsedTransaction, StatementSink } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';
import { NamedFaults } from './xml-ledger.ts';
import type { XmlFields } from './xml-paths.ts';
import { sumText, unitsOf } from './xml-values.ts';

/** Records whose names are not known yet and that may be held; beyond it they are sent with numbers only. */
const SAFT_MAX_HELD = 250_000;

interface Account {
  readonly name: string;
  /** Balances with debit positive, in units of 10^-9; null where not stated. */
  readonly opening: bigint | null;
  readonly closing: bigint | null;
}

/** What a record refers to in the master files, by number. '' is no reference. */
export interface SaftReferences {
  readonly accountId: string;
  readonly customerId: string;
  readonly supplierId: string;
}

type Unresolved = Omit<ParsedTransaction, 'ledgerAccount'>;

/** A balance of which one side is stated: debit positive, null where neither is a number. */
const balanceOf = (fields: XmlFields<AccountField>, debit: AccountField, credit: AccountField): bigint | null => {
  const debitAmount = parseDecimal(fields.get(debit));
  const creditAmount = parseDecimal(fields.get(credit));
  if (debitAmount === null && creditAmount === null) return null;
  return (debitAmount === null ? 0n : unitsOf(debitAmount)) - (creditAmount === null ? 0n : unitsOf(creditAmount));
};

const withNumber = (number: string, name: string): string => (name === '' ? number : `${number} ${name}`.trim());

/**
 * The accounts, customers and suppliers of an audit file, and the records that refer to them. Records that come before
 * the master files wait for them, up to SAFT_MAX_HELD.
 */
export class SaftMasters {
  private readonly sink: StatementSink;
  private readonly tally: WarningTally;
  private readonly accounts = new Map<string, Account>();
  private readonly customers = new Map<string, string>();
  private readonly suppliers = new Map<string, string>();
  private held: { readonly transaction: Unresolved; readonly refers: SaftReferences }[] = [];
  private known = false;
  /** Sum of the lines of each account, in units of 10^-9. */
  private readonly posted = new Map<string, bigint>();
  private readonly unknownAccounts = new Set<string>();

  constructor(sink: StatementSink, tally: WarningTally) {
    this.sink = sink;
    this.tally = tally;
  }

  get counts(): { readonly accounts: number; readonly customers: number; readonly suppliers: number } {
    return { accounts: this.accounts.size, customers: this.customers.size, suppliers: this.suppliers.size };
  }

  account(fields: XmlFields<AccountField>): void {
    const number = fields.get('accountId');
    if (number === '') return;
    const name = fields.get('name');
    const known = this.accounts.get(number);
    if (known !== undefined) {
      this.tally.note(
        'saft.repeated-account',
        null,
        `The chart of accounts has an account twice, first ${number}; the first is used`,
      );
      return;
    }
    // PT: GR, GA, AR and AA are sums of other accounts, whose balances the lines below them make up.
    const isSum = /^(?:GR|GA|AR|AA)$/.test(fields.get('grouping'));
    this.accounts.set(number, {
      name,
      opening: isSum ? null : balanceOf(fields, 'openingDebit', 'openingCredit'),
      closing: isSum ? null : balanceOf(fields, 'closingDebit', 'closingCredit'),
    });
  }

  party(kind: 'customer' | 'supplier', fields: XmlFields<PartyField>): void {
    const id = fields.get('partyId');
    const parties = kind === 'customer' ? this.customers : this.suppliers;
    if (id !== '' && !parties.has(id)) parties.set(id, fields.get('name'));
  }

  /** The master files have ended: what waited for them is sent. */
  complete(): void {
    this.known = true;
    this.flush();
  }

  /** Sends a record, with the names of what it refers to. A counterparty that it names itself stands. */
  send(transaction: Unresolved, refers: SaftReferences): void {
    if (!this.known) {
      this.held.push({ transaction, refers });
      if (this.held.length < SAFT_MAX_HELD) return;
      this.tally.note(
        'saft.names-late',
        null,
        `The master files come after more than ${SAFT_MAX_HELD} records, against the schema: records before them have numbers of accounts and parties without names`,
      );
      this.flush();
      return;
    }
    this.resolved(transaction, refers);
  }

  /** Adds a posted line to its account, in units of 10^-9. */
  post(accountId: string, units: bigint): void {
    this.posted.set(accountId, (this.posted.get(accountId) ?? 0n) + units);
  }

  /** Ends the file: sends what still waits and compares the accounts' balances with their lines. */
  end(): void {
    this.flush();
    const faults = new NamedFaults();
    for (const [number, posted] of this.posted) {
      const { opening = null, closing = null } = this.accounts.get(number) ?? {};
      if (opening !== null && closing !== null && opening + posted !== closing)
        faults.add(
          `${number} opens at ${sumText(opening)}, its lines make ${sumText(posted)}, it closes at ${sumText(closing)}`,
          null,
        );
    }
    faults.warn(
      this.sink,
      'control.balance',
      'Accounts that do not close at their opening balance plus their lines (debits positive)',
    );
  }

  private flush(): void {
    const waiting = this.held;
    this.held = [];
    for (const { transaction, refers } of waiting) this.resolved(transaction, refers);
  }

  private resolved(transaction: Unresolved, refers: SaftReferences): void {
    const { accountId } = refers;
    if (
      accountId !== '' &&
      this.accounts.size > 0 &&
      !this.accounts.has(accountId) &&
      !this.unknownAccounts.has(accountId)
    ) {
      this.unknownAccounts.add(accountId);
      this.tally.note(
        'saft.unknown-account',
        transaction.place.row,
        'An account that lines are posted to is missing from the chart of accounts of the file',
      );
    }
    const party = this.partyOf(refers);
    this.sink.transaction({
      ...transaction,
      counterparty: transaction.counterparty || party.name,
      counterpartyAccount: party.id,
      ...(accountId === '' ? {} : { ledgerAccount: withNumber(accountId, this.accounts.get(accountId)?.name ?? '') }),
    });
  }

  /** LT and RO state both numbers, one of them a stand-in: the party that has a name is the one. `0` is none (RO). */
  private partyOf({ customerId, supplierId }: SaftReferences): { readonly id: string; readonly name: string } {
    const customer = customerId === '0' && !this.customers.has('0') ? '' : customerId;
    const supplier = supplierId === '0' && !this.suppliers.has('0') ? '' : supplierId;
    const customerName = this.customers.get(customer) ?? '';
    const supplierName = this.suppliers.get(supplier) ?? '';
    if (customer !== '' && (customerName !== '' || supplierName === '')) return { id: customer, name: customerName };
    return { id: supplier, name: supplierName };
  }
}
