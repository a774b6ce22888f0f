import type { Decimal } from '../../../kernel/decimal.ts';
import type { CodaMovement } from './coda-movement.ts';
import type { RecordPlace } from './statement-sink.ts';

/** A movement that moves the balance, with the details that explain it. */
export interface CodaBooking {
  readonly movement: CodaMovement;
  readonly amount: Decimal;
  readonly details: readonly CodaMovement[];
}

/** What becomes of the movements of one continuous sequence number. */
export interface CodaBookings {
  readonly bookings: readonly CodaBooking[];
  readonly rejected: readonly { readonly movement: CodaMovement; readonly reason: string }[];
  /** The movement whose total its details do not add up to. */
  readonly unequal: CodaMovement | null;
}

const thousandths = ({ amount }: CodaMovement): number =>
  amount === null ? 0 : amount.units * (amount.scale === 2 ? 10 : 1);

const totalOf = (movements: readonly CodaMovement[]): bigint =>
  movements.reduce((sum, each) => sum + BigInt(thousandths(each)), 0n);

/** Details of a total are of type 5 (of 1), 6 or 7 (of 2); some banks leave 0. Types 8 and 9 are details of 3 and 7. */
const isDetailOfTotal = ({ type }: CodaMovement): boolean => type !== '8' && type !== '9';

/** Gathers each movement that `leads` with those behind it that do not. */
const gather = (movements: readonly CodaMovement[], leads: (movement: CodaMovement) => boolean): CodaBookings => {
  const bookings: CodaBooking[] = [];
  const rejected: { movement: CodaMovement; reason: string }[] = [];
  let details: CodaMovement[] = [];
  for (const movement of movements) {
    const { fault, amount } = movement;
    if (!leads(movement) && bookings.length > 0) details.push(movement);
    else if (fault !== null || amount === null)
      rejected.push({ movement, reason: `a movement cannot be read: ${fault}` });
    else {
      details = [];
      bookings.push({ movement, amount, details });
    }
  }
  return { bookings, rejected, unequal: null };
};

/**
 * Decides which of the movements of one continuous sequence number are transactions (standard 2.6, sections 3.1 and 6).
 * Only the movement with detail number 0000 moves the balance. Where it is a total (type 1 or 2) whose details add up to
 * it exactly, the details stand for it, because they name the counterparties; else it stands itself. Details of type 8
 * and 9 (net amount and charges) stay with the movement they explain. `isSeparate`: a separate application holds details
 * whose total was booked in another file.
 */
export const codaBookings = (movements: readonly CodaMovement[], isSeparate: boolean): CodaBookings => {
  const [top, ...details] = movements;
  if (top === undefined) return { bookings: [], rejected: [], unequal: null };
  if (top.detail !== '0000') {
    if (isSeparate) return gather(movements, each => isDetailOfTotal(each) || each === top);
    const reason = 'a detail whose movement (detail number 0000) is not in the file';
    return { bookings: [], rejected: movements.map(movement => ({ movement, reason })), unequal: null };
  }
  const { amount, fault } = top;
  if (fault !== null || amount === null)
    return {
      bookings: [],
      rejected: [
        { movement: top, reason: `a movement cannot be read: ${fault}` },
        ...details.map(movement => ({ movement, reason: 'a detail of a movement that cannot be read' })),
      ],
      unequal: null,
    };
  const ofTotal = details.filter(isDetailOfTotal);
  const readable = details.every(each => each.fault === null);
  const isTotal = top.type === '1' || top.type === '2';
  if (isTotal && ofTotal.length > 0 && readable && totalOf(ofTotal) === BigInt(thousandths(top)))
    return gather(details, isDetailOfTotal);
  const explaining = ofTotal.length > 0 ? ofTotal : details;
  return {
    bookings: [{ movement: top, amount, details: details.filter(each => each.fault === null) }],
    rejected: details
      .filter(each => each.fault !== null)
      .map(movement => ({ movement, reason: `a detail cannot be read: ${movement.fault}` })),
    unequal: explaining.length > 0 && totalOf(explaining) !== BigInt(thousandths(top)) ? top : null,
  };
};

/** Bytes of a movement with its details. */
export const bookingPlace = ({ movement, details }: CodaBooking): RecordPlace => {
  const last = details.at(-1)?.place;
  const place = movement.place;
  return last === undefined ? place : { ...place, byteLength: last.byteOffset + last.byteLength - place.byteOffset };
};
