import { UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { parseDecimal } from '../../../kernel/decimal.ts';
import type { BalanceField } from './camt-fields.ts';
import { directionSign, signedAmount } from './camt-values.ts';
import type { StatedBalance, StatementBalances } from './statement-sink.ts';
import type { WarningTally } from './warning-tally.ts';
import type { XmlFields } from './xml-paths.ts';
import { dayAsWritten } from './xml-values.ts';

interface KindedBalance {
  readonly kind: string;
  /** Of a page of a statement in several (SubTp INTM), not of the whole statement. */
  readonly ofPage: boolean;
  readonly currency: string;
  readonly balance: StatedBalance;
}

/** ISO 20022 ExternalBalanceType1Code. Other kinds (OPAV, ITAV, CLAV, FWAV, INFO, XPCD) are no part of the booked arithmetic. */
const KINDS: ReadonlySet<string> = new Set(['OPBD', 'PRCD', 'CLBD', 'ITBD']);

/** Balances that are no part of it are shown as stated, this many of a file. */
const OTHERS_KEPT = 50;

/** How the statement stands to its balances. */
export interface BalanceSetting {
  /** A camt.052 reports within the day: it has no closing balance. */
  readonly intraday: boolean;
  /** The statement comes in several pages, and this is not its first, or not its last. */
  readonly hasPageBefore: boolean;
  readonly hasPageAfter: boolean;
  /** The statement's currency. */
  readonly currency: string | null;
}

/** Gathers the balances of one statement and picks the booked opening and closing balance. */
export class CamtBalances {
  private readonly list: KindedBalance[] = [];
  private readonly tally: WarningTally;
  /** Balances that are not booked ones, as the file states them. */
  private readonly others: string[];
  constructor(tally: WarningTally, others: string[]) {
    this.tally = tally;
    this.others = others;
  }

  add(fields: XmlFields<BalanceField>): void {
    const kind = fields.get('kind');
    if (!KINDS.has(kind)) {
      const parts = [kind, fields.get('direction'), fields.get('amount'), fields.get('currency'), fields.get('date')];
      if (this.others.length < OTHERS_KEPT) this.others.push(parts.filter(Boolean).join(' '));
      return;
    }
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
    const ofPage = fields.get('subKind') === 'INTM';
    this.list.push({ kind, ofPage, currency: fields.get('currency'), balance: { amount, date } });
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
   * Opening: OPBD, else PRCD (the closing balance of the statement before). Closing: CLBD. Of a page of a statement: its
   * interim balances, which are marked INTM or are the first and last ITBD. A camt.052 has no closing balance and gives
   * its last ITBD instead.
   */
  pick(setting: BalanceSetting): StatementBalances {
    const { intraday, hasPageBefore, hasPageAfter, currency } = setting;
    let opening =
      (hasPageBefore ? this.ofPage('OPBD') : null) ?? this.find('OPBD', currency) ?? this.find('PRCD', currency);
    let closing = (hasPageAfter ? this.ofPage('CLBD') : null) ?? this.find('CLBD', currency);
    const interim = this.list.filter(each => each.kind === 'ITBD');
    // A single one closes the page where nothing else does.
    if (!opening && hasPageBefore && (interim.length > 1 || (closing !== null && interim.length > 0))) {
      opening = interim[0] ?? null;
      this.interim('opening', 'A page after the first');
    }
    const last = interim.at(-1) ?? null;
    if (!closing && last !== null && last !== opening && (intraday || hasPageAfter)) {
      closing = last;
      this.interim('closing', intraday ? 'A report' : 'A page before the last');
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

  private interim(which: 'opening' | 'closing', what: string): void {
    this.tally.note(
      'camt.interim-balance',
      null,
      `${what} has no ${which} balance; its interim booked balance (ITBD) stands in its place`,
    );
  }

  private ofPage(kind: string): KindedBalance | null {
    return this.list.find(each => each.kind === kind && each.ofPage) ?? null;
  }

  /** The statement's own balance of a kind before one of a page; in its currency before any. */
  private find(kind: string, currency: string | null): KindedBalance | null {
    const all = this.list.filter(each => each.kind === kind);
    const whole = all.filter(each => !each.ofPage);
    const ofKind = whole.length > 0 ? whole : all;
    const inCurrency = ofKind.filter(each => currency === null || each.currency === currency || each.currency === '');
    const found = inCurrency[0] ?? ofKind[0] ?? null;
    if (found && inCurrency.length > 1)
      this.tally.note('camt.balance-repeated', null, `A statement has several ${kind} balances; the first is used`);
    return found;
  }
}
