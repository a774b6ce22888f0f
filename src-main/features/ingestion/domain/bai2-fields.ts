import type { CivilDay } from '../../../kernel/civil-date.ts';
import { swiftDay } from './mt940-values.ts';

/** Fields of a record one after the other, across its continuations: the end of a physical record ends a field. */
export class Bai2Fields {
  private readonly pieces: readonly (readonly string[])[];
  private piece = 0;
  private field = 0;

  constructor(pieces: readonly string[]) {
    this.pieces = pieces.map(piece => piece.split(','));
  }

  /** The next field, trimmed; '' beyond the last. */
  next(): string {
    while (this.piece < this.pieces.length && this.field >= this.pieces[this.piece]!.length) {
      this.piece++;
      this.field = 0;
    }
    return this.pieces[this.piece]?.[this.field++]?.trim() ?? '';
  }

  /** What is left as text, commas included: of this physical record, and of each that follows. */
  texts(): string[] {
    const [current, ...more] = this.pieces.slice(this.piece);
    const texts = [(current ?? []).slice(this.field), ...more].map(fields => fields.join(',').trim());
    return texts.filter(text => text !== '');
  }

  /** All fields that are left. */
  rest(): string[] {
    const [current, ...more] = this.pieces.slice(this.piece);
    return [(current ?? []).slice(this.field), ...more].flat().map(field => field.trim());
  }
}

/** An integer number of minor units with an optional sign (decimals are implied by the currency); null for anything else. */
export const bai2Amount = (text: string): number | null => {
  if (!/^[+-]?\d{1,18}$/.test(text)) return null;
  const units = Number(text);
  return Number.isSafeInteger(units) ? (units === 0 ? 0 : units) : null;
};

/** A date YYMMDD; null where it is none of the calendar. The century is that of SWIFT dates: 80–99 are 19xx. */
export const bai2Day = (text: string): CivilDay | null => swiftDay(text);

/** When funds are available (funds type and the fields that belong to it). */
export interface Funds {
  /** `Z`, `0`, `1`, `2`, `V`, `S`, `D` or '' (as Z: unknown). */
  readonly type: string;
  /** Of V: value date as written. */
  readonly valueDate: string | null;
  /** Of S and D: the amounts by availability. */
  readonly distribution: readonly string[] | null;
}

const FUNDS_TYPES = new Set(['', 'Z', '0', '1', '2', 'V', 'S', 'D']);

/** Reads a funds type and what follows it; null where the type is none of BAI2. */
export const readFunds = (type: string, next: () => string): Funds | null => {
  const kind = type.toUpperCase();
  if (!FUNDS_TYPES.has(kind)) return null;
  if (kind === 'V') {
    const valueDate = next();
    next(); // The time of day.
    return { type: kind, valueDate, distribution: null };
  }
  if (kind === 'S') return { type: kind, valueDate: null, distribution: [next(), next(), next()] };
  if (kind !== 'D') return { type: kind, valueDate: null, distribution: null };
  const count = Number(/^\d{1,2}$/.exec(next())?.[0] ?? 0);
  const distribution: string[] = [];
  for (let i = 0; i < count; i++) {
    next(); // Days until the amount is available.
    distribution.push(next());
  }
  return { type: kind, valueDate: null, distribution };
};

/** One status or summary of an account record (03). */
export interface Summary {
  readonly code: string;
  readonly amount: number;
  readonly itemCount: number | null;
}

/**
 * Status and summary fields of an account record, in groups of type code, amount, item count and funds type. Groups
 * that are empty are passed over. Banks leave fields out at the end of a physical record or put one too many: a type
 * code in the place of a funds type begins the next group. `unread` is the text where no group can be read any more.
 */
export const readSummaries = (fields: readonly string[]): { summaries: Summary[]; unread: string | null } => {
  const summaries: Summary[] = [];
  let at = 0;
  const next = (): string => fields[at++] ?? '';
  while (at < fields.length) {
    const start = at;
    const code = next();
    if (code === '') {
      if (fields.slice(at, at + 3).every(field => field === '')) at += 3;
      continue;
    }
    const amountText = next();
    const amount = amountText === '' ? 0 : bai2Amount(amountText);
    if (!/^\d{3}$/.test(code) || amount === null) return { summaries, unread: fields.slice(start).join(',') };
    const count = next();
    const funds = at < fields.length ? next() : '';
    if (readFunds(funds, next) === null) at--;
    if (amountText !== '') summaries.push({ code, amount, itemCount: /^\d{1,9}$/.test(count) ? Number(count) : null });
  }
  return { summaries, unread: null };
};
