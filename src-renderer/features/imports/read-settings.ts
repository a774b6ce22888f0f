/** How a table as a whole is read (docs/specs/format-csv.md); each is the override of that name. */
export interface ReadSetting {
  readonly key: string;
  /** The values to choose from; null: any text. */
  readonly choices: readonly string[] | null;
}

const DATE_ORDERS = ['ymd', 'dmy', 'mdy'];
const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1257',
  'iso-8859-1',
  'iso-8859-2',
  'iso-8859-4',
  'iso-8859-5',
  'iso-8859-7',
  'iso-8859-9',
  'iso-8859-13',
  'iso-8859-15',
  'koi8-r',
  'koi8-u',
  'mac-roman',
  'cp437',
  'cp850',
  'cp852',
  'cp866',
];
const DATE_ORDER: ReadSetting = { key: 'dateOrder', choices: DATE_ORDERS };
const DECIMAL_SIGN: ReadSetting = { key: 'decimalSign', choices: ['.', ','] };
const OF_CELLS: readonly ReadSetting[] = [
  { key: 'headerRow', choices: null },
  { key: 'flipAmount', choices: ['yes', 'no'] },
  { key: 'groupingSign', choices: ['point', 'comma', 'apostrophe', 'space', 'underscore'] },
];
const OF_TEXT: readonly ReadSetting[] = [
  { key: 'delimiter', choices: ['comma', 'semicolon', 'tab', 'pipe', '^', '~'] },
  { key: 'quote', choices: ['"', "'", '`', 'none'] },
  { key: 'encoding', choices: ENCODINGS },
];
const MARKS: readonly ReadSetting[] = [
  { key: 'indicatorDebit', choices: null },
  { key: 'indicatorCredit', choices: null },
];

/** Formats whose tables lie in cells rather than in delimited text. */
const WORKBOOKS: readonly string[] = ['xlsx', 'xls', 'ods'];

/** `Umsätze: 40 rows, 38 transactions` names the sheet “Umsätze”. */
const sheetNames = (described: unknown): readonly string[] =>
  Array.isArray(described) ? described.flatMap(sheet => /^(.*): [\d,]+ rows, /su.exec(String(sheet))?.[1] ?? []) : [];

/** The settings that mean something for a table of this format. */
export const readSettings = (
  format: string | null,
  dialect: Readonly<Record<string, unknown>>,
  overrides: Readonly<Record<string, string>>,
): readonly ReadSetting[] => {
  const ofValueDates = typeof dialect.valueDateOrder === 'string' || overrides.valueDateOrder !== undefined;
  const ofMarks = dialect.signs === 'indicator' || (overrides.indicator ?? 'none') !== 'none';
  const sheets = sheetNames(dialect.sheets);
  return [
    DATE_ORDER,
    ...(ofValueDates ? [{ key: 'valueDateOrder', choices: DATE_ORDERS }] : []),
    DECIMAL_SIGN,
    ...OF_CELLS,
    ...(ofMarks ? MARKS : []),
    ...(sheets.length > 1 ? [{ key: 'sheet', choices: sheets }] : []),
    ...(format !== null && WORKBOOKS.includes(format) ? [] : OF_TEXT),
  ];
};

const DELIMITER_WORDS: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' };

/** What the file was found to say of a setting, as the override would state it; '' where it says nothing. */
export const foundSetting = (key: string, dialect: Readonly<Record<string, unknown>>): string => {
  const value = dialect[key];
  if (key === 'quote' && value === null) return 'none';
  if (key === 'flipAmount') return value === true ? 'yes' : 'no';
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  return key === 'delimiter' ? (DELIMITER_WORDS[value] ?? String(value)) : String(value);
};

/** The settings of the file that a profile must keep so that the next file of its kind is read alike. */
export const settingsToKeep = (
  dialect: Readonly<Record<string, unknown>>,
  overrides: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(
    ['dateOrder', 'valueDateOrder', 'decimalSign']
      .map(key => [key, foundSetting(key, dialect)] as const)
      .filter(([, value]) => value !== ''),
  ),
  ...overrides,
});
