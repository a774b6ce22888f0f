import { type CivilDay, civilDay, civilParts, isoDate } from '../../../kernel/civil-date.ts';
import { isCurrencyCode } from '../../../kernel/currency.ts';
import { FileRefused, type StatementHeader } from './statement-sink.ts';

/** Category of the records that are bookings (header field 3). */
export const BOOKING_BATCH = 21;

/** What categories other than the booking batch hold (header field 3). */
const CATEGORIES: Readonly<Record<number, string>> = {
  16: 'customers and suppliers (Debitoren/Kreditoren)',
  20: 'names of accounts (Kontenbeschriftungen)',
  44: 'text keys (Textschlüssel)',
  46: 'terms of payment (Zahlungsbedingungen)',
  47: 'notes on accounts (Konto-Notizen)',
  48: 'further addresses (Diverse Adressen)',
  62: 'branches (Filialen)',
  63: 'templates of asset bookings (Buchungssatzvorlagen der Anlagenbuchführung)',
  65: 'recurring bookings, which are templates and not booked (Wiederkehrende Buchungen)',
  67: 'constant booking texts (Buchungstextkonstanten)',
};

/** The header record of a DATEV-Format file, by field number (31 fields; older versions have fewer). */
export interface DatevHeader {
  readonly origin: 'EXTF' | 'DTVF';
  readonly version: number;
  readonly category: number;
  readonly formatName: string;
  readonly formatVersion: string;
  readonly adviser: string;
  readonly client: string;
  readonly yearStart: CivilDay | null;
  readonly accountLength: string;
  readonly from: CivilDay | null;
  readonly until: CivilDay | null;
  readonly batchName: string;
  /** Initials of who recorded the batch (Diktatkürzel). */
  readonly initials: string;
  readonly locked: boolean | null;
  readonly currency: string | null;
}

/** Reads the first record. Throws FileRefused `datev.header` where it is none. */
export const datevHeader = (fields: readonly string[]): DatevHeader => {
  const at = (number: number): string => fields[number - 1] ?? '';
  const [origin, category] = [at(1), Number(at(3))];
  if ((origin !== 'EXTF' && origin !== 'DTVF') || !/^\d+$/.test(at(2)) || !/^\d+$/.test(at(3)))
    throw new FileRefused(
      'datev.header',
      'The first record is no header of the DATEV-Format (EXTF or DTVF, version, category). Export the batch again.',
      1,
    );
  return {
    origin,
    version: Number(at(2)),
    category,
    formatName: at(4),
    formatVersion: at(5),
    adviser: at(11),
    client: at(12),
    yearStart: compactDate(at(13)),
    accountLength: at(14),
    from: compactDate(at(15)),
    until: compactDate(at(16)),
    batchName: at(17),
    initials: at(18),
    locked: at(21) === '' ? null : at(21) !== '0',
    currency: isCurrencyCode(at(22)) ? at(22) : null,
  };
};

export const categoryName = (header: DatevHeader): string => CATEGORIES[header.category] ?? header.formatName;

export const statementHeader = (header: DatevHeader): StatementHeader => ({
  accountId: header.client === '' ? null : [header.adviser, header.client].filter(part => part !== '').join('/'),
  currency: header.currency,
  institution: null,
  owner: null,
  statementId:
    header.from !== null && header.until !== null ? `${isoDate(header.from)}/${isoDate(header.until)}` : null,
});

/** JJJJMMTT to a day; null for anything else. */
const compactDate = (text: string): CivilDay | null => {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  return match ? civilDay(Number(match[1]), Number(match[2]), Number(match[3])) : null;
};

/** A document date with its year, or the reason why it has none. */
type DatevDate = { readonly day: CivilDay; readonly inPeriod: boolean } | { readonly reason: string };

/**
 * The day of a document date (field 10). It is TTMM: its year follows from the header's period, else from the financial
 * year (DATEV-Format, Buchungsstapel field 10). Eight digits (TTMMJJJJ) state the year themselves. `inPeriod` is false
 * for a day within the financial year but outside the period of the batch.
 */
export const documentDate = (text: string, header: DatevHeader): DatevDate => {
  const full = /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  const { from, until, yearStart } = header;
  const isWithin = (day: CivilDay): boolean => (from === null || day >= from) && (until === null || day <= until);
  if (full) {
    const day = civilDay(Number(full[3]), Number(full[2]), Number(full[1]));
    return day === null ? noDay(text) : { day, inPeriod: isWithin(day) };
  }
  const match = /^(\d{1,2})(\d{2})$/.exec(text);
  if (!match) return noDay(text);
  const [day, month] = [Number(match[1]), Number(match[2])];
  if (from !== null && until !== null) {
    const fitting = daysBetween(day, month, from, until);
    if (fitting.length === 1) return { day: fitting[0]!, inPeriod: true };
    if (fitting.length > 1)
      return { reason: `the document date "${text}" has no year, and the header's period has it more than once` };
  }
  const start = yearStart ?? from;
  if (start === null) return { reason: `the document date "${text}" has no year, and the header states no period` };
  const fitting = daysBetween(day, month, start, yearAfter(start) - 1);
  return fitting.length === 1 ? { day: fitting[0]!, inPeriod: until === null && from === null } : noDay(text);
};

const noDay = (text: string): DatevDate => ({
  reason: `the document date "${text}" is not a day of the financial year`,
});

/** The days of that day and month from `first` to `last`. */
const daysBetween = (day: number, month: number, first: CivilDay, last: CivilDay): CivilDay[] => {
  const days: CivilDay[] = [];
  for (let year = civilParts(first).year; year <= civilParts(last).year && days.length < 2; year++) {
    const candidate = civilDay(year, month, day);
    if (candidate !== null && candidate >= first && candidate <= last) days.push(candidate);
  }
  return days;
};

const yearAfter = (start: CivilDay): CivilDay => {
  const { year, month, day } = civilParts(start);
  return civilDay(year + 1, month, day) ?? start + 366;
};
