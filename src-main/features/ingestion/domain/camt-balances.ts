import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { parseDecimal } from '../../../kernel/decimal.ts';
import type { BalanceField, CamtFields } from './camt-fields.ts';
import { dayAsWritten, directionSign, signedAmount } from './camt-values.ts';
import type { StatedBalance, StatementBalances } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';

interface KindedBalance {
  readonly kind: string;
  readonly currency: string;
  readonly balance: StatedBalance;
}

/** ISO 20022 ExternalBalanceType1Code. Other kinds (available, forward, information) are no part of the booked arithmetic. */
const KINDS: ReadonlySet<string> = new Set(['OPBD', 'PRCD', 'CLBD', 'ITBD']);

/** Gathers the balances of one statement and picks the booked opening and closing balance. */
export class CamtBalances {
  private readonly list: KindedBalance[] = [];
  private readonly tally: WarningTally;
  constructor(tally: WarningTally) {
    this.tally = tally;
  }

  add(fields: CamtFields<BalanceField>): void {
    const kind = fields.get('kind');
    if (!KINDS.has(kind)) return;
    const text = fields.get('amount');
    const direction = fields.get('direction');
    const sign = directionSign(direction);
    if (sign === null)
      this.tally.note(
        'camt.balance-direction',
        null,
        'A balance states no credit or debit side (CdtDbtInd) and is taken as signed by its amount',
      );
    const amount = sign === null ? parseDecimal(text) : signedAmount(text, sign);
    if (amount === null || fields.isContradicted('amount') || fields.isContradicted('direction')) {
      this.tally.note(
        'camt.balance-unreadable',
        null,
        `The amount "${text}" of a ${kind} balance cannot be read; the balance counts as not stated`,
      );
      return;
    }
    const date = dayAsWritten(fields.get('date')) ?? UNKNOWN_DAY;
    this.list.push({ kind, currency: fields.get('currency'), balance: { amount, date } });
  }

  /** The currency of the booked balances, where they agree on one. */
  get currency(): string | null {
    const first = this.list[0]?.currency ?? '';
    return first !== '' && this.list.every(each => each.currency === first) ? first : null;
  }

  /** Opening and closing balance as far as they are known, for their dates. */
  dates(): StatementBalances {
    const last = (kind: string): StatedBalance | null =>
      this.list.findLast(each => each.kind === kind)?.balance ?? null;
    return { opening: last('OPBD') ?? last('PRCD'), closing: last('CLBD') };
  }

  /** The currency of the opening balance, where one is stated. */
  get openingCurrency(): string | null {
    return this.list.find(each => each.kind === 'OPBD' || each.kind === 'PRCD')?.currency || null;
  }

  /**
   * Opening: OPBD, else PRCD (the closing balance of the statement before). Closing: CLBD; an intraday report
   * (camt.052) has none and gives its last ITBD instead. `currency` is the statement's.
   */
  pick(intraday: boolean, currency: string | null): StatementBalances {
    const opening = this.find('OPBD', currency) ?? this.find('PRCD', currency);
    let closing = this.find('CLBD', currency);
    if (!closing && intraday) {
      closing = this.list.findLast(each => each.kind === 'ITBD') ?? null;
      if (closing)
        this.tally.note(
          'camt.interim-balance',
          null,
          'A report has no closing balance; its interim booked balance (ITBD) stands in its place',
        );
    }
    for (const each of [opening, closing])
      if (each && currency !== null && each.currency !== '' && each.currency !== currency)
        this.tally.note(
          'camt.balance-currency',
          null,
          `A ${each.kind} balance is in ${each.currency}, its statement in ${currency}`,
        );
    return { opening: opening?.balance ?? null, closing: closing?.balance ?? null };
  }

  private find(kind: string, currency: string | null): KindedBalance | null {
    const ofKind = this.list.filter(each => each.kind === kind);
    const inCurrency = ofKind.filter(each => currency === null || each.currency === currency || each.currency === '');
    const found = inCurrency[0] ?? ofKind[0] ?? null;
    if (found && inCurrency.length > 1)
      this.tally.note('camt.balance-repeated', null, `A statement has several ${kind} balances; the first is used`);
    return found;
  }
}
