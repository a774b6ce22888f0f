import type { CodecFor, TextCodec } from '../../../kernel/text.ts';
import { currencyOf, type DecimalSign, peelAmount } from './csv-amount.ts';
import { type DecimalVotes, fitOrders, type OrderFit, voteDecimal } from './csv-column-profile.ts';
import { type ColumnChoice, type ColumnChoices, chooseColumns } from './csv-columns.ts';
import { DATE_ORDERS, type DateOrder } from './csv-date.ts';
import { bomLength, detectEncoding, ENCODINGS, type EncodingGuess, looksBinary, Utf16Decoder } from './csv-encoding.ts';
import type { DialectQuestion, HeadSample } from './csv-head.ts';
import { COLUMN_ROLES, type ColumnRole, isDayFirstHeader, namesAnyRole } from './csv-header-lexicon.ts';
import {
  DELIMITERS,
  type DelimiterGuess,
  detectDelimiter,
  detectHeader,
  detectQuote,
  type HeaderGuess,
  usualFieldCount,
} from './csv-layout.ts';
import { isBlank, type SampleRecord, sampleRecords } from './csv-sample.ts';
import { FileRefused } from './statement-sink.ts';
import { tabledCodec } from './utf8-text.ts';

/** Choices of the examiner, by key: they win over what the file suggests. */
export type CsvOverrides = Readonly<Record<string, string>>;

/** How a file is laid out. */
export interface CsvLayout {
  readonly encoding: EncodingGuess;
  readonly delimiter: DelimiterGuess;
  readonly quote: string | null;
  readonly header: HeaderGuess;
  /** Names of the columns; null without a header. */
  readonly names: readonly string[] | null;
  readonly columnCount: number;
  /** Row of the header's first record (1-based), null without one. */
  readonly headerRow: number | null;
  /** First row that may hold data. */
  readonly firstDataRow: number;
  /** Records above the header. */
  readonly preamble: readonly SampleRecord[];
  /** Sample of the data. */
  readonly rows: readonly (readonly string[])[];
}

/** How to read its values. */
export interface CsvDialect extends CsvLayout {
  readonly choices: ColumnChoices;
  readonly dateOrder: Settled<DateOrder>;
  readonly valueDateOrder: Settled<DateOrder>;
  readonly decimalSign: Settled<DecimalSign>;
  readonly groupingSign: string | null;
  /** True when amounts carry no sign of their own and the indicator column gives it. */
  readonly indicatorSigns: boolean;
  /** True when values of the debit column are negative already. */
  readonly debitSigned: boolean;
  /** Account and currency as text around the table gives them; null where it does not. */
  readonly account: string | null;
  readonly currency: string | null;
  readonly questions: readonly DialectQuestion[];
}

export interface Settled<T> {
  readonly value: T;
  readonly confidence: number;
  readonly reason: string;
}

/** Records of the head that are looked at; all of them when these leave a question open. */
const SAMPLE_RECORDS = 2_000;
const PROFILE_RECORDS = 300;

export const OVERRIDE_KEYS: readonly string[] = [
  'encoding',
  'delimiter',
  'quote',
  'headerRow',
  'dateOrder',
  'valueDateOrder',
  'decimalSign',
  'groupingSign',
  ...COLUMN_ROLES,
];

const DELIMITER_NAMES: Readonly<Record<string, string>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  '\\t': '\t',
  pipe: '|',
  space: ' ',
};

const unknown = (key: string, value: string, allowed: readonly string[]): FileRefused =>
  new FileRefused('dialect.unknown', `${key}=${value}: allowed are ${allowed.join(', ')}.`);

const chosen = <T extends string>(overrides: CsvOverrides, key: string, allowed: readonly T[]): T | null => {
  const value = overrides[key];
  if (value === undefined) return null;
  const found = allowed.find(item => item === value);
  if (found === undefined) throw unknown(key, value, allowed);
  return found;
};

/** Refuses override keys that mean nothing. */
export const checkOverrideKeys = (overrides: CsvOverrides): void => {
  for (const key of Object.keys(overrides))
    if (!OVERRIDE_KEYS.includes(key))
      throw new FileRefused(
        'dialect.unknown',
        `"${key}" is no setting of a table: allowed are ${OVERRIDE_KEYS.join(', ')}.`,
      );
};

const settledEncoding = (head: HeadSample, overrides: CsvOverrides): EncodingGuess => {
  const encoding = chosen(overrides, 'encoding', ENCODINGS);
  if (encoding === null) return detectEncoding(head.bytes, head.whole);
  return { encoding, bomBytes: bomLength(head.bytes, encoding), confidence: 1, reason: 'stated', undecided: false };
};

/** The head as ASCII-compatible bytes without byte order mark. */
const readableHead = (head: Uint8Array, encoding: EncodingGuess): Uint8Array => {
  const text = head.subarray(encoding.bomBytes);
  return encoding.encoding === 'utf-16le' || encoding.encoding === 'utf-16be'
    ? new Utf16Decoder(encoding.encoding).decode(text, false)
    : text;
};

/** Name of the encoding that the scanner sees: UTF-16 has been turned into UTF-8 before. */
export const scannedEncoding = (encoding: string): string => (encoding.startsWith('utf-16') ? 'utf-8' : encoding);

/** The codec for the bytes the scanner sees. Throws FileRefused where the host has none. */
export const codecOf = (encoding: string, codecFor: CodecFor): TextCodec => {
  const codec = codecFor(scannedEncoding(encoding));
  if (codec === null)
    throw new FileRefused(
      'dialect.unknown',
      `The encoding ${encoding} cannot be read here. State another one with encoding=….`,
    );
  return codec.encoding === 'utf-8' ? codec : tabledCodec(codec);
};

/** Finds encoding, delimiter, quote and header by the file's head. `whole`: the head is all there is. */
export const detectLayout = (head: HeadSample, codecFor: CodecFor, overrides: CsvOverrides): CsvLayout => {
  if (head.whole && head.bytes.length === 0)
    throw new FileRefused('file.empty', 'The file is empty: it holds no bytes.');
  const guessed = settledEncoding(head, overrides);
  const layout = layoutIn(guessed, head, codecFor, overrides);
  if (overrides.encoding !== undefined || guessed.encoding !== 'windows-1252' || layout.names === null) return layout;
  // Central European files differ from Western ones in a few letters only: the names of the columns tell them apart.
  const central = layoutIn(
    {
      ...guessed,
      encoding: 'windows-1250',
      reason: 'bytes that are not valid UTF-8; in windows-1250 more column names are known words',
    },
    head,
    codecFor,
    overrides,
  );
  const known = (names: readonly string[] | null): number => names?.filter(namesAnyRole).length ?? 0;
  return known(central.names) > known(layout.names) ? central : layout;
};

const layoutIn = (
  encoding: EncodingGuess,
  head: HeadSample,
  codecFor: CodecFor,
  overrides: CsvOverrides,
): CsvLayout => {
  const { whole } = head;
  const text = readableHead(head.bytes, encoding);
  if (looksBinary(text))
    throw new FileRefused('csv.binary', 'The file is not text: it holds control characters that no table has.');
  const codec = codecOf(encoding.encoding, codecFor);
  const quoteText = overrides.quote;
  if (quoteText !== undefined && quoteText !== 'none' && !/^["'`]$/.test(quoteText))
    throw unknown('quote', quoteText, ['"', "'", '`', 'none']);
  const quote = quoteText === 'none' ? null : (quoteText ?? detectQuote(text));
  const stated = overrides.delimiter;
  const delimiterChar = stated === undefined ? null : (DELIMITER_NAMES[stated] ?? stated);
  if (
    delimiterChar !== null &&
    (delimiterChar.length !== 1 || delimiterChar.charCodeAt(0) >= 0x80 || /[\r\n"\w]/.test(delimiterChar))
  )
    throw unknown('delimiter', stated!, [
      'one character',
      ...Object.keys(DELIMITER_NAMES).filter(name => !name.startsWith('\\')),
      ...DELIMITERS.slice(0, 4),
    ]);
  const delimiter =
    delimiterChar === null
      ? detectDelimiter(text, whole, quote, codec)
      : { delimiter: delimiterChar, confidence: 1, reason: 'stated' };
  const records = sampleRecords(
    text,
    whole,
    delimiter.delimiter,
    quote,
    codec,
    head.thorough ? Number.POSITIVE_INFINITY : SAMPLE_RECORDS,
  );
  const header = settledHeader(records, overrides);
  const headerRecords = header.index < 0 ? [] : records.slice(header.index, header.index + header.span);
  const data = records
    .slice(header.index < 0 ? 0 : header.index + header.span)
    .filter(record => !isBlank(record.fields));
  const named = headerRecords[0]?.fields.length ?? 0;
  const columnCount = data.some(record => record.fields.length === named)
    ? named
    : Math.max(usualFieldCount(data), named);
  const names =
    headerRecords.length === 0
      ? null
      : Array.from({ length: columnCount }, (_, column) =>
          headerRecords
            .map(record => (record.fields[column] ?? '').trim())
            .filter(name => name !== '')
            .join(' '),
        );
  return {
    encoding,
    delimiter,
    quote,
    header,
    names,
    columnCount,
    headerRow: headerRecords[0]?.row ?? null,
    firstDataRow: headerRecords.length === 0 ? 1 : headerRecords.at(-1)!.row + 1,
    preamble: header.index < 0 ? [] : records.slice(0, header.index),
    rows: data.map(record => record.fields),
  };
};

const settledHeader = (records: readonly SampleRecord[], overrides: CsvOverrides): HeaderGuess => {
  const stated = overrides.headerRow;
  if (stated === undefined) return detectHeader(records);
  if (stated === 'none' || stated === '0') return { index: -1, span: 0, confidence: 1, reason: 'stated' };
  const index = /^\d{1,6}$/.test(stated) ? records.findIndex(record => record.row === Number(stated)) : -1;
  if (index < 0)
    throw unknown('headerRow', stated, ['none', `a row of the file's head (1 to ${records.at(-1)?.row ?? 0})`]);
  return { index, span: 1, confidence: 1, reason: 'stated' };
};

/** What a column is called: its header name, else its number. */
export const columnLabel = (names: readonly string[] | null, column: number): string => {
  const name = names?.[column];
  return name === undefined || name === '' ? `column ${column + 1}` : name;
};

/** Finds a column by header name (case does not matter) or 1-based number. */
export const findColumn = (
  key: string,
  wanted: string,
  names: readonly string[] | null,
  columnCount: number,
): number => {
  const text = wanted.trim();
  const exact = names?.indexOf(text) ?? -1;
  if (exact >= 0 && text !== '') return exact;
  const folded = names?.findIndex(name => name.toLowerCase() === text.toLowerCase()) ?? -1;
  if (folded >= 0 && text !== '') return folded;
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= columnCount) return number - 1;
  const seen = Array.from({ length: columnCount }, (_, column) => columnLabel(names, column));
  throw new FileRefused(
    'dialect.unknown',
    `${key}=${wanted}: no such column. Columns are ${seen.join(', ')} (or numbers 1 to ${columnCount}).`,
  );
};

const overriddenChoices = (choices: ColumnChoices, layout: CsvLayout, overrides: CsvOverrides): ColumnChoices => {
  const result: ColumnChoices = { ...choices };
  for (const role of COLUMN_ROLES) {
    const stated = overrides[role];
    if (stated === undefined) continue;
    if (stated === 'none') {
      delete result[role];
      continue;
    }
    const parts = role === 'description' ? stated.split('+') : [stated];
    const columns = parts.map(part => findColumn(role, part, layout.names, layout.columnCount));
    for (const other of COLUMN_ROLES) {
      const taken = result[other];
      if (other === role || taken === undefined || overrides[other] !== undefined) continue;
      const left = taken.columns.filter(column => !columns.includes(column));
      if (left.length === 0) delete result[other];
      else if (left.length < taken.columns.length) result[other] = { ...taken, columns: left };
    }
    result[role] = { columns, confidence: 1, reason: 'stated' };
  }
  if (overrides.amount !== undefined && overrides.amount !== 'none') {
    if (overrides.debit === undefined) delete result.debit;
    if (overrides.credit === undefined) delete result.credit;
  } else if (overrides.debit !== undefined || overrides.credit !== undefined) delete result.amount;
  return result;
};

/** Where two columns were found to be debit and credit without saying which, one stated side settles the other. */
const completeSides = (
  role: ColumnRole,
  candidates: readonly number[],
  choices: ColumnChoices,
  overrides: CsvOverrides,
): void => {
  if (role !== 'debit') return;
  for (const [stated, other] of [
    ['debit', 'credit'],
    ['credit', 'debit'],
  ] as const) {
    const column = choices[stated]?.columns[0];
    const rest = candidates.find(candidate => candidate !== column);
    if (
      column !== undefined &&
      candidates.includes(column) &&
      rest !== undefined &&
      overrides[other] === undefined &&
      choices[other] === undefined
    )
      choices[other] = { columns: [rest], confidence: 0.9, reason: `the counterpart of the stated ${stated} column` };
  }
};

const columnValues = (rows: readonly (readonly string[])[], choice: ColumnChoice | undefined): string[] =>
  choice === undefined ? [] : rows.map(fields => fields[choice.columns[0]!] ?? '').filter(value => value.trim() !== '');

/** Everything about a table of transactions that its head tells. Refuses what has no dates or no amounts. */
export const detectDialect = (head: HeadSample, codecFor: CodecFor, overrides: CsvOverrides): CsvDialect => {
  checkOverrideKeys(overrides);
  const layout = detectLayout(head, codecFor, overrides);
  const found = chooseColumns(layout.names, layout.rows.slice(0, PROFILE_RECORDS), layout.columnCount);
  const choices = overriddenChoices(found.choices, layout, overrides);
  const questions: DialectQuestion[] = [];
  for (const { role, candidates } of found.open) completeSides(role, candidates, choices, overrides);
  for (const { role, candidates } of found.open)
    if (!choices.amount && !choices.debit && !choices.credit)
      questions.push({
        key: role,
        candidates: candidates.map(column => (layout.names ? columnLabel(layout.names, column) : String(column + 1))),
        example:
          layout.rows
            .find(fields => candidates.some(column => (fields[column] ?? '').trim() !== ''))
            ?.join(layout.delimiter.delimiter) ?? '',
      });
  const seen = Array.from({ length: layout.columnCount }, (_, column) => columnLabel(layout.names, column))
    .slice(0, 40)
    .join(', ');
  if (!choices.bookingDate)
    throw new FileRefused(
      'csv.no-date-column',
      `No column of dates was found. Columns: ${seen}. Name it with --set bookingDate=COLUMN.`,
    );
  if (!choices.amount && !choices.debit && !choices.credit && questions.length === 0)
    throw new FileRefused(
      'csv.no-amount-column',
      `No column of amounts was found. Columns: ${seen}. Name it with --set amount=COLUMN (or debit=COLUMN and credit=COLUMN).`,
    );
  const decimalSign = settleDecimal(layout, choices, overrides, questions);
  const evidence = dayFirstEvidence(layout, decimalSign.value);
  const dateOrder = settleDates(
    'dateOrder',
    layout,
    choices.bookingDate,
    choices.valueDate,
    overrides,
    evidence,
    questions,
  );
  const valueDateOrder = choices.valueDate
    ? settleDates(
        'valueDateOrder',
        layout,
        choices.valueDate,
        choices.bookingDate,
        overrides,
        evidence,
        questions,
        dateOrder,
      )
    : dateOrder;
  const amounts = columnValues(layout.rows, choices.amount);
  const debits = columnValues(layout.rows, choices.debit).filter(text => /[1-9]/.test(text));
  const indicatorSigns =
    choices.indicator !== undefined &&
    choices.amount !== undefined &&
    (overrides.indicator !== undefined || !amounts.some(text => peelAmount(text)?.negative === true));
  if (choices.indicator !== undefined && !indicatorSigns) {
    const { columns } = choices.indicator;
    if (choices.type === undefined)
      choices.type = { columns, confidence: 0.6, reason: 'debit/credit marks beside amounts that carry their sign' };
    delete choices.indicator;
  }
  return {
    ...layout,
    choices,
    dateOrder,
    valueDateOrder,
    decimalSign,
    groupingSign: overrides.groupingSign === undefined ? null : statedGrouping(overrides.groupingSign),
    indicatorSigns,
    debitSigned: debits.length > 0 && debits.every(text => peelAmount(text)?.negative === true),
    account: choices.account ? null : preambleAccount(layout),
    currency: choices.currency ? null : currencyAround(layout, choices),
    questions,
  };
};

const GROUPINGS: Readonly<Record<string, string>> = {
  '.': '.',
  ',': ',',
  "'": "'",
  space: ' ',
  ' ': ' ',
  point: '.',
  comma: ',',
  apostrophe: "'",
};
const statedGrouping = (value: string): string => {
  const sign = GROUPINGS[value];
  if (sign === undefined)
    throw unknown(
      'groupingSign',
      value,
      Object.keys(GROUPINGS).filter(key => key !== ' '),
    );
  return sign;
};

const settleDecimal = (
  layout: CsvLayout,
  choices: ColumnChoices,
  overrides: CsvOverrides,
  questions: DialectQuestion[],
): Settled<DecimalSign> => {
  const stated = chosen(overrides, 'decimalSign', ['.', ',', 'point', 'comma']);
  if (stated !== null)
    return { value: stated === ',' || stated === 'comma' ? ',' : '.', confidence: 1, reason: 'stated' };
  const votes: DecimalVotes = { point: 0, comma: 0, ambiguous: 0, example: '' };
  for (const choice of [choices.amount, choices.debit, choices.credit, choices.balance])
    for (const text of columnValues(layout.rows, choice)) voteDecimal(text, votes);
  if (votes.point + votes.comma > 0) {
    const value = votes.point >= votes.comma ? '.' : ',';
    const total = votes.point + votes.comma;
    const winner = Math.max(votes.point, votes.comma);
    return { value, confidence: winner / total, reason: `${winner} of ${total} amounts can only be read so` };
  }
  if (votes.ambiguous === 0) return { value: '.', confidence: 0.5, reason: 'no amount has a decimal sign' };
  const others: DecimalVotes = { point: 0, comma: 0, ambiguous: 0, example: '' };
  for (const fields of layout.rows.slice(0, PROFILE_RECORDS)) for (const text of fields) voteDecimal(text, others);
  if (others.point + others.comma > 0 && (others.point === 0 || others.comma === 0))
    return {
      value: others.point > 0 ? '.' : ',',
      confidence: 0.7,
      reason: 'numbers in other columns can only be read so',
    };
  if (layout.delimiter.delimiter === ';' && layout.names !== null && isDayFirstHeader(layout.names))
    return { value: ',', confidence: 0.6, reason: 'semicolons and the language of the header' };
  questions.push({ key: 'decimalSign', candidates: ['.', ','], example: votes.example });
  return { value: '.', confidence: 0, reason: 'undecided' };
};

/** Circumstances that speak for day before month, null where there are none. */
const dayFirstEvidence = (layout: CsvLayout, decimalSign: DecimalSign): string | null => {
  const reasons: string[] = [];
  if (decimalSign === ',') reasons.push('a decimal comma');
  if (layout.delimiter.delimiter === ';') reasons.push('semicolons between fields');
  if (layout.names !== null && isDayFirstHeader(layout.names)) reasons.push('the language of the header');
  return reasons.length === 0 ? null : reasons.join(', ');
};

const possibleOrders = (fit: OrderFit): DateOrder[] => {
  const most = Math.max(...DATE_ORDERS.map(order => fit.fits[order]));
  return DATE_ORDERS.filter(order => fit.fits[order] === most);
};

const sortedUnder = (fit: OrderFit, order: DateOrder): boolean => {
  const steps = fit.rises[order] + fit.falls[order];
  return steps >= 3 && Math.min(fit.rises[order], fit.falls[order]) === 0;
};

const settleDates = (
  key: 'dateOrder' | 'valueDateOrder',
  layout: CsvLayout,
  choice: ColumnChoice,
  other: ColumnChoice | undefined,
  overrides: CsvOverrides,
  evidence: string | null,
  questions: DialectQuestion[],
  settled: Settled<DateOrder> | null = null,
): Settled<DateOrder> => {
  const stated = chosen(overrides, key, DATE_ORDERS);
  if (stated !== null) return { value: stated, confidence: 1, reason: 'stated' };
  const fit = fitOrders(columnValues(layout.rows, choice));
  const orders = possibleOrders(fit);
  if (fit.dates === 0) return settled ?? { value: 'ymd', confidence: 0.5, reason: 'no dates seen yet' };
  if (fit.named === fit.dates) return { value: 'dmy', confidence: 0.99, reason: 'months are written as names' };
  if (orders.length === 1 || (fit.separator === '' && orders[0] === 'ymd'))
    return {
      value: orders[0]!,
      confidence: Math.min(0.99, fit.fits[orders[0]!] / fit.dates),
      reason: `${fit.fits[orders[0]!]} of ${fit.dates} dates, and no other order fits as many`,
    };
  if (settled !== null && orders.includes(settled.value))
    return { ...settled, reason: `as the booking dates: ${settled.reason}` };
  if (other !== undefined) {
    const otherFit = fitOrders(columnValues(layout.rows, other));
    const otherOrders = possibleOrders(otherFit);
    if (
      otherFit.dates > 0 &&
      otherOrders.length === 1 &&
      orders.includes(otherOrders[0]!) &&
      otherFit.separator === fit.separator
    )
      return { value: otherOrders[0]!, confidence: 0.9, reason: 'the other column of dates allows only this order' };
  }
  const sorted = orders.filter(order => sortedUnder(fit, order));
  if (sorted.length === 1)
    return { value: sorted[0]!, confidence: 0.85, reason: 'only in this order are the rows sorted by date' };
  if (orders.includes('dmy') && fit.separator === '.')
    return { value: 'dmy', confidence: 0.9, reason: 'dates with points are written day first' };
  if (orders.includes('dmy') && evidence !== null) return { value: 'dmy', confidence: 0.7, reason: evidence };
  questions.push({ key, candidates: orders, example: fit.example });
  return { value: orders[0]!, confidence: 0, reason: 'undecided' };
};

const preambleAccount = (layout: CsvLayout): string | null => {
  for (const { fields } of layout.preamble) {
    const text = fields.join(' ');
    const iban = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/.exec(text);
    if (iban) return iban[0].replaceAll(' ', '');
    const labelled =
      /(?:account|konto|kontonummer|compte|cuenta|conto|rekening|tili|rachunek)[^:;,]*[:;,\s]\s*["=]*([A-Z0-9][A-Z0-9 /.-]{5,33}\d)/i.exec(
        fields.filter(field => field !== '').join(';'),
      );
    if (labelled) return labelled[1]!.trim();
  }
  return null;
};

const currencyAround = (layout: CsvLayout, choices: ColumnChoices): string | null => {
  const columns = [choices.amount, choices.debit, choices.credit].flatMap(choice => choice?.columns ?? []);
  for (const column of columns) {
    const name = layout.names?.[column] ?? '';
    const code = /(?:^|[^A-Za-z])([A-Z]{3})(?:[^A-Za-z]|$)/.exec(name)?.[1];
    if (code !== undefined) return code;
    const sign = /[€£]/.exec(name)?.[0];
    if (sign !== undefined) return currencyOf(sign);
  }
  const signs = new Set<string>();
  for (const fields of layout.rows)
    for (const column of columns) {
      const sign = peelAmount(fields[column] ?? '')?.currency;
      if (sign) signs.add(sign);
    }
  const [only] = signs;
  return signs.size === 1 ? currencyOf(only!) : null;
};

/** Role → column names or numbers, for the dialect shown to the examiner. */
export const describeChoices = (
  choices: ColumnChoices,
  names: readonly string[] | null,
): { role: ColumnRole; label: string; choice: ColumnChoice }[] =>
  COLUMN_ROLES.flatMap(role => {
    const choice = choices[role];
    return choice === undefined
      ? []
      : [
          {
            role,
            label: choice.columns.map(column => (names?.[column] ? names[column] : String(column + 1))).join(' + '),
            choice,
          },
        ];
  });

/** Decimal sign and date order for columns that the examiner named; what stays open is added to `questions`. */
export const settleColumns = (
  layout: CsvLayout,
  amount: number | null,
  date: number | null,
  overrides: CsvOverrides,
  questions: DialectQuestion[],
): { decimalSign: DecimalSign; dateOrder: DateOrder } => {
  checkOverrideKeys(overrides);
  const stated = (column: number): ColumnChoice => ({ columns: [column], confidence: 1, reason: 'stated' });
  const decimalSign =
    amount === null ? '.' : settleDecimal(layout, { amount: stated(amount) }, overrides, questions).value;
  const dateOrder =
    date === null
      ? 'ymd'
      : settleDates(
          'dateOrder',
          layout,
          stated(date),
          undefined,
          overrides,
          dayFirstEvidence(layout, decimalSign),
          questions,
        ).value;
  return { decimalSign, dateOrder };
};
