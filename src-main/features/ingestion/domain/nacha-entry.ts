import type { CivilDay } from '../../../kernel/civil-date.ts';
import { readNachaAddenda } from './nacha-addenda.ts';
import { isNachaReason, nachaTransactionCode } from './nacha-codes.ts';
import { at, digitsOf, type NachaRecord } from './nacha-records.ts';
import type { ParsedTransaction, RecordPlace } from './statement-sink.ts';

/** What an entry needs to know of its batch. */
export interface NachaBatchFacts {
  readonly statement: number;
  readonly entryClass: string;
  readonly entryDescription: string;
  readonly bookingDay: CivilDay;
  readonly settlementDay: CivilDay;
}

/** Positions of the fields that differ between the entry classes. */
interface EntryLayout {
  readonly account: readonly [number, number];
  readonly amount: readonly [number, number];
  readonly identification: readonly [number, number] | null;
  readonly name: readonly [number, number] | null;
}

const ORDINARY: EntryLayout = { account: [13, 29], amount: [30, 39], identification: [40, 54], name: [55, 76] };
const CORPORATE: EntryLayout = { ...ORDINARY, name: [59, 74] };
const TRUNCATED_CHECK: EntryLayout = { ...ORDINARY, name: null };

/** Entry classes whose entry detail record differs from the ordinary one (PPD, CCD, WEB, TEL, ARC, BOC, RCK, COR, …). */
const LAYOUTS: Readonly<Record<string, EntryLayout>> = {
  ADV: { account: [13, 27], amount: [28, 39], identification: [40, 48], name: [55, 76] },
  ATX: CORPORATE,
  CIE: { ...ORDINARY, identification: [55, 76], name: [40, 54] },
  CTX: CORPORATE,
  ENR: CORPORATE,
  IAT: { account: [40, 74], amount: [30, 39], identification: null, name: null },
  TRC: TRUNCATED_CHECK,
  TRX: CORPORATE,
  XCK: TRUNCATED_CHECK,
};

const collapse = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The ninth digit of a routing number: weights 3, 7, 1 modulo 10 (ABA). */
const hasRightCheckDigit = (routing: string): boolean => {
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += Number(routing[i]) * [3, 7, 1][i % 3]!;
  return sum % 10 === 0;
};

/** One entry: its detail record 6 with the addenda records 7 behind it. */
export class NachaEntry {
  readonly record: NachaRecord;
  readonly addenda: NachaRecord[] = [];
  private readonly layout: EntryLayout;

  constructor(record: NachaRecord, entryClass: string) {
    this.record = record;
    const layout = LAYOUTS[entryClass] ?? ORDINARY;
    // Some programs leave out the number of addenda (55–58) that stands before a company's name.
    this.layout = layout === CORPORATE && !/^[\d ]{4}$/.test(at(record, 55, 58)) ? ORDINARY : layout;
  }

  get code(): string {
    return at(this.record, 2, 3);
  }

  /** Routing number of the receiving institution without its check digit: what the entry hash adds up. Null where unreadable. */
  get routing(): number | null {
    return digitsOf(at(this.record, 4, 11));
  }

  get isRoutingProven(): boolean {
    const routing = at(this.record, 4, 12);
    return /^\d{9}$/.test(routing) && hasRightCheckDigit(routing);
  }

  /** Unsigned cents; null where unreadable. */
  get cents(): number | null {
    return digitsOf(at(this.record, ...this.layout.amount));
  }

  /** Cents with the sign of the transaction code: credits of the receiver are positive. Null where either is unreadable. */
  get signedCents(): number | null {
    const code = nachaTransactionCode(this.code);
    const { cents } = this;
    return code === null || cents === null ? null : cents === 0 ? 0 : code.sign * cents;
  }

  /** Why the entry cannot be a transaction; null where it can. */
  get fault(): string | null {
    if (this.cents === null) return `its amount "${at(this.record, ...this.layout.amount)}" is not all digits`;
    if (nachaTransactionCode(this.code) === null) return `there is no transaction code "${this.code}"`;
    return null;
  }

  /** Whether addenda follow as the entry's indicator says. */
  get isIndicatorRight(): boolean {
    return (at(this.record, 79, 79) === '1') === this.addenda.length > 0;
  }

  /** Reason codes of its returns and notifications of change that the rules do not have. */
  get unknownReasons(): readonly string[] {
    return this.addenda
      .filter(addenda => /^9[89]$/.test(at(addenda, 2, 3)))
      .map(addenda => at(addenda, 4, 6))
      .filter(code => !isNachaReason(code));
  }

  get place(): RecordPlace {
    const last = this.addenda.at(-1) ?? this.record;
    const { row, byteOffset } = this.record;
    return { row, byteOffset, byteLength: last.byteOffset + last.byteLength - byteOffset };
  }

  get raw(): string {
    return [this.record, ...this.addenda].map(each => each.text.trimEnd()).join('\n');
  }

  /** The entry as a transaction of `signedCents`. */
  transaction(signedCents: number, batch: NachaBatchFacts): ParsedTransaction {
    const { identification, name, account } = this.layout;
    const addenda = readNachaAddenda(this.addenda);
    const individual = name === null ? '' : collapse(at(this.record, ...name));
    const description = [
      batch.entryDescription,
      identification === null ? '' : collapse(at(this.record, ...identification)),
      // A merchant in the addenda is the counterparty; the holder of the card is told here.
      addenda.name !== '' && individual !== '' ? individual : '',
      // Process control field and item research number of a truncated check.
      this.layout === TRUNCATED_CHECK ? collapse(`${at(this.record, 55, 60)} ${at(this.record, 61, 76)}`) : '',
      ...addenda.texts,
    ];
    const accountNumber = at(this.record, ...account).trim();
    const code = nachaTransactionCode(this.code)?.name ?? '';
    const kind = addenda.kind || (/^[2-5][16]$/.test(this.code) ? 'return or notification' : '');
    return {
      place: this.place,
      statement: batch.statement,
      bookingDate: batch.bookingDay,
      valueDate: batch.settlementDay,
      amount: { units: signedCents, scale: 2 },
      currency: 'USD',
      description: description.filter(text => text !== '').join(' '),
      counterparty: addenda.name || individual,
      reference: at(this.record, 80, 94).trim(),
      type: `${batch.entryClass} ${this.code} ${code}${kind === '' ? '' : `, ${kind}`}`,
      counterpartyAccount: `${at(this.record, 4, 12).trim()}/${accountNumber}`,
    };
  }
}
