import { type CivilDay, civilDay, isoDate } from '../../../kernel/civil-date.ts';
import { isCurrencyCode } from '../../../kernel/currency.ts';
import { type SieField, textAt } from './sie-fields.ts';
import type { StatementHeader } from './statement-sink.ts';

/** Where `#VALUTA` is missing the accounts are kept in kronor (SIE 4B, `#VALUTA`). */
const DEFAULT_CURRENCY = 'SEK';

/** A date of a SIE item: ÅÅÅÅMMDD; null where it is none. */
export const sieDate = (text: string): CivilDay | null => {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  return match ? civilDay(Number(match[1]), Number(match[2]), Number(match[3])) : null;
};

/** A financial year of the file. */
interface SieYear {
  readonly first: CivilDay;
  readonly last: CivilDay;
}

/** What the identification items and the chart of accounts say. */
export class SieCompany {
  flag: string | null = null;
  format: string | null = null;
  type: string | null = null;
  program: string | null = null;
  generated: string | null = null;
  name: string | null = null;
  organisation: string | null = null;
  number: string | null = null;
  currency: string = DEFAULT_CURRENCY;
  /** Financial years by number: 0 the file's own, -1 the one before. */
  readonly years = new Map<number, SieYear>();
  readonly accounts = new Map<string, string>();
  private readonly dimensions = new Map<string, string>();
  private readonly objects = new Map<string, string>();

  /** Takes an item in; false where the label is none of identification and chart. */
  item(label: string, fields: readonly SieField[]): boolean {
    switch (label) {
      case 'FLAGGA':
        this.flag = textAt(fields, 0);
        return true;
      case 'FORMAT':
        this.format = textAt(fields, 0);
        return true;
      case 'SIETYP':
        this.type = textAt(fields, 0);
        return true;
      case 'PROGRAM':
        this.program = [textAt(fields, 0), textAt(fields, 1)].filter(part => part !== '').join(' ');
        return true;
      case 'GEN':
        this.generated = textAt(fields, 0);
        return true;
      case 'FNAMN':
        this.name = textAt(fields, 0) || null;
        return true;
      case 'ORGNR':
        this.organisation = textAt(fields, 0) || null;
        return true;
      case 'FNR':
        this.number = textAt(fields, 0) || null;
        return true;
      case 'VALUTA':
        if (isCurrencyCode(textAt(fields, 0).toUpperCase())) this.currency = textAt(fields, 0).toUpperCase();
        return true;
      case 'RAR':
        this.year(fields);
        return true;
      case 'KONTO':
        this.accounts.set(textAt(fields, 0), textAt(fields, 1));
        return true;
      case 'DIM':
      case 'UNDERDIM':
        this.dimensions.set(textAt(fields, 0), textAt(fields, 1));
        return true;
      case 'OBJEKT':
        this.objects.set(`${textAt(fields, 0)}\t${textAt(fields, 1)}`, textAt(fields, 2));
        return true;
      default:
        return OTHERS.has(label);
    }
  }

  /** `1510 Kundfordringar`; the number alone where the chart does not name it. */
  account(number: string): string {
    const name = this.accounts.get(number);
    return name === undefined || name === '' ? number : `${number} ${name}`;
  }

  /** The name of an object (`#OBJEKT`), '' where it is not stated. */
  object(dimension: string, number: string): string {
    return this.objects.get(`${dimension}\t${number}`) ?? '';
  }

  /** The name of a dimension: as stated, or as the format reserves it (SIE 4B, 8.17). */
  dimension(number: string): string {
    return this.dimensions.get(number) ?? RESERVED_DIMENSIONS[number] ?? number;
  }

  header(): StatementHeader {
    const year = this.years.get(0);
    return {
      accountId: this.organisation ?? this.number,
      currency: this.currency,
      institution: null,
      owner: this.name,
      statementId: year === undefined ? null : `${isoDate(year.first)}/${isoDate(year.last)}`,
    };
  }

  private year(fields: readonly SieField[]): void {
    const number = Number(textAt(fields, 0));
    const first = sieDate(textAt(fields, 1));
    const last = sieDate(textAt(fields, 2));
    if (Number.isInteger(number) && first !== null && last !== null) this.years.set(number, { first, last });
  }
}

/** Items of identification and chart that nothing is made of. */
const OTHERS: ReadonlySet<string> = new Set([
  'PROSA',
  'FTYP',
  'BKOD',
  'ADRESS',
  'OMFATTN',
  'TAXAR',
  'KPTYP',
  'KTYP',
  'ENHET',
  'SRU',
  'KSUMMA',
]);

const RESERVED_DIMENSIONS: Readonly<Record<string, string>> = {
  1: 'Kostnadsställe',
  2: 'Kostnadsbärare',
  6: 'Projekt',
  7: 'Anställd',
  8: 'Kund',
  9: 'Leverantör',
  10: 'Faktura',
};
