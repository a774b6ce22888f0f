import { DATE_ORDERS, type DateOrder } from './csv-date.ts';
import { unknownSetting } from './csv-overrides.ts';

/** What the examiner may state of a PDF statement. */
export interface PdfSettings {
  readonly dateOrder: DateOrder | null;
  readonly decimalSign: '.' | ',' | null;
  /** True: amounts written without a minus are money out. */
  readonly flipAmount: boolean | null;
  /** The year in which the statement ends. */
  readonly year: number | null;
}

const oneOf = <T extends string>(key: string, value: string | undefined, allowed: readonly T[]): T | null => {
  if (value === undefined) return null;
  const found = allowed.find(each => each === value.trim());
  if (found === undefined) throw unknownSetting(key, value, allowed);
  return found;
};

/** The examiner's answers. Throws FileRefused `dialect.unknown`. */
export const settingsOf = (overrides: Readonly<Record<string, string>>): PdfSettings => {
  const { dateOrder, decimalSign, flipAmount, year, ...others } = overrides;
  for (const [key, value] of Object.entries(others))
    throw unknownSetting(key, value, ['dateOrder', 'decimalSign', 'flipAmount', 'year']);
  if (year !== undefined && !/^(?:19|20)\d{2}$/.test(year)) throw unknownSetting('year', year, ['1900 to 2099']);
  const flip = oneOf('flipAmount', flipAmount, ['yes', 'no']);
  return {
    dateOrder: oneOf('dateOrder', dateOrder, DATE_ORDERS),
    decimalSign: oneOf('decimalSign', decimalSign, ['.', ',']),
    flipAmount: flip === null ? null : flip === 'yes',
    year: year === undefined ? null : Number(year),
  };
};
