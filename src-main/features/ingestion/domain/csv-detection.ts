import type { CodecFor } from '../../../kernel/text.ts';
import type { DecimalSign } from './csv-amount.ts';
import { columnAnswer, columnLabel, columnsSeen } from './csv-column-names.ts';
import type { ColumnChoice, ColumnChoices, OpenRole } from './csv-column-plan.ts';
import { chooseColumns } from './csv-columns.ts';
import { DATE_READINGS, type DateReading } from './csv-date.ts';
import { dayFirstEvidence, settleDates } from './csv-date-order.ts';
import { settleDecimal } from './csv-decimal-sign.ts';
import type { CsvDialect, CsvLayout, DialectQuestion, Settled } from './csv-dialect.ts';
import type { HeadSample } from './csv-head.ts';
import { detectLayout } from './csv-layout-detection.ts';
import {
  type CsvOverrides,
  checkedOverrides,
  chosen,
  NO_COLUMN,
  statedConstant,
  statedFlag,
  unknownSetting,
} from './csv-overrides.ts';
import { askColumn, askMissing } from './csv-questions.ts';
import { columnValues, settleSigns } from './csv-signs.ts';
import { completeSides, statesAmounts, withStatedColumns } from './csv-stated-columns.ts';
import { accountIn, currencyAround, ownerIn } from './csv-surroundings.ts';
import type { ParseWarning } from './statement-sink.ts';

/** Rows by which the columns are told. */
const PROFILE_ROWS = 300;
/** A column of amounts or dates chosen with less confidence than this is told. */
const DOUBTFUL = 0.7;

/**
 * Everything about a table of transactions that its head tells, with the questions that it leaves open. Throws
 * FileRefused `file.empty`, `csv.binary` and `dialect.unknown`.
 */
export const detectDialect = (head: HeadSample, codecFor: CodecFor, stated: CsvOverrides): CsvDialect => {
  const overrides = checkedOverrides(stated);
  const layout = detectLayout(head, codecFor, overrides);
  const found = chooseColumns(
    layout.names,
    layout.rows.slice(0, PROFILE_ROWS),
    layout.columnCount,
    statedLedger(overrides),
  );
  const choices = withStatedColumns(found.choices, layout, overrides);
  completeSides(found.open, choices, overrides);
  const questions = openQuestions(layout, found.open, choices, overrides);
  const decimalSign = decimalOf(layout, choices, overrides, questions);
  const { dateOrder, valueDateOrder } = datesOf(layout, choices, decimalSign.value, overrides, questions);
  const { remarks, ...signs } = settleSigns(layout, choices, overrides);
  const amountColumns = [choices.amount, choices.debit, choices.credit].flatMap(choice => choice?.columns ?? []);
  const preamble = layout.preamble.map(({ fields }) => fields);
  const around = currencyAround(layout.names, amountColumns, layout.rows, preamble);
  const constant = statedConstant(overrides, 'currency');
  // A column that is empty so far says nothing of these rows: what stands around them does.
  const inColumn = choices.currency?.columns.some(column => (found.profiles[column]?.filled ?? 0) > 0) === true;
  return {
    ...layout,
    profiles: found.profiles,
    claims: found.claims,
    choices,
    dateOrder,
    valueDateOrder,
    decimalSign,
    groupingSign: overrides.groupingSign === undefined ? null : statedGrouping(overrides.groupingSign),
    ...signs,
    ledger: choices.ledgerAccount !== undefined || choices.entry !== undefined,
    flipAmount: statedFlag(overrides, 'flipAmount'),
    account: statedConstant(overrides, 'account') ?? (choices.account ? null : accountIn(preamble)),
    owner: ownerIn(preamble),
    currency: constant ?? (inColumn ? null : around.currency),
    currencyInAmounts: constant === null && !inColumn && around.mixed,
    continued: hasContinuations(layout, choices),
    remarks: [
      ...encodingRemarks(layout),
      ...doubtRemarks(layout, choices),
      ...(constant === null && !inColumn ? sharedSignRemarks(around.shared) : []),
      ...remarks,
    ],
    questions,
  };
};

/** A sign that says which currencies are possible and not which one is meant. */
const sharedSignRemarks = (sign: string | null): ParseWarning[] =>
  sign === null
    ? []
    : [
        {
          row: null,
          code: 'csv.currency-shared-sign',
          message: `the amounts carry "${sign}", the sign of several currencies, and nothing says which is meant: the currency is kept as unknown; state it with currency==CODE`,
        },
      ];

/** What the stated columns say about the table being a ledger; null where nothing is stated. */
const statedLedger = (overrides: CsvOverrides): boolean | null => {
  if (overrides.ledgerAccount === NO_COLUMN) return false;
  return overrides.ledgerAccount === undefined ? null : true;
};

/** Roles without which nothing can be read, and those that several columns could play. */
const openQuestions = (
  layout: CsvLayout,
  open: readonly OpenRole[],
  choices: ColumnChoices,
  overrides: CsvOverrides,
): DialectQuestion[] => {
  const { names } = layout;
  const seen = columnsSeen(names, layout.columnCount);
  const columns = Array.from({ length: layout.columnCount }, (_, column) => columnAnswer(names, column));
  // A table without dates is hardly one of transactions: nothing else is asked before that is answered.
  if (!choices.bookingDate && overrides.bookingDate !== NO_COLUMN)
    return [
      askMissing(
        'bookingDate',
        'csv.no-date-column',
        [...columns, NO_COLUMN],
        `No column of dates was found. Columns: ${seen}. Name it with --set bookingDate=COLUMN, or read the rows without dates with --set bookingDate=none.`,
      ),
    ];
  const asked = statesAmounts(overrides)
    ? []
    : open.map(({ role, candidates, why }) =>
        askColumn(
          role,
          candidates.map(column => columnAnswer(names, column)),
          why,
        ),
      );
  if (asked.length > 0 || choices.amount || choices.debit || choices.credit) return asked;
  return [
    askMissing(
      'amount',
      'csv.no-amount-column',
      columns,
      `No column of amounts was found. Columns: ${seen}. Name it with --set amount=COLUMN (or debit=COLUMN and credit=COLUMN).`,
    ),
  ];
};

const decimalOf = (
  layout: CsvLayout,
  choices: ColumnChoices,
  overrides: CsvOverrides,
  questions: DialectQuestion[],
): Settled<DecimalSign> => {
  const stated = chosen(overrides, 'decimalSign', ['.', ',', 'point', 'comma']);
  if (stated !== null)
    return { value: stated === ',' || stated === 'comma' ? ',' : '.', confidence: 1, reason: 'stated' };
  const money = [choices.amount, choices.debit, choices.credit];
  return settleDecimal(
    layout,
    money.flatMap(choice => columnValues(layout.rows, choice)),
    columnValues(layout.rows, choices.currency),
    questions,
  );
};

const datesOf = (
  layout: CsvLayout,
  choices: ColumnChoices,
  decimalSign: DecimalSign,
  overrides: CsvOverrides,
  questions: DialectQuestion[],
): { readonly dateOrder: Settled<DateReading>; readonly valueDateOrder: Settled<DateReading> } => {
  const evidence = dayFirstEvidence(layout, decimalSign);
  const bookingDates = columnValues(layout.rows, choices.bookingDate);
  const valueDates = columnValues(layout.rows, choices.valueDate);
  const statedOrder = (key: 'dateOrder' | 'valueDateOrder'): Settled<DateReading> | null => {
    const value = chosen(overrides, key, DATE_READINGS);
    return value === null ? null : { value, confidence: 1, reason: 'stated' };
  };
  const around = layout.preamble.flatMap(({ fields }) => fields.flatMap(datesInText));
  const header = (choice: ColumnChoice | undefined): string => layout.names?.[choice?.columns[0] ?? -1] ?? '';
  const dateOrder =
    statedOrder('dateOrder') ??
    settleDates(
      {
        key: 'dateOrder',
        values: bookingDates,
        others: valueDates,
        header: header(choices.bookingDate),
        around,
        settled: null,
      },
      evidence,
      questions,
    );
  const valueDateOrder =
    statedOrder('valueDateOrder') ??
    (choices.valueDate === undefined
      ? dateOrder
      : settleDates(
          {
            key: 'valueDateOrder',
            values: valueDates,
            others: bookingDates,
            header: header(choices.valueDate),
            around,
            settled: dateOrder,
          },
          evidence,
          questions,
        ));
  return { dateOrder, valueDateOrder };
};

const datesInText = (text: string): string[] => text.match(/\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}/g) ?? [];

const GROUPINGS: Readonly<Record<string, string>> = {
  '.': '.',
  ',': ',',
  "'": "'",
  space: ' ',
  ' ': ' ',
  _: '_',
  point: '.',
  comma: ',',
  apostrophe: "'",
  underscore: '_',
};
const statedGrouping = (value: string): string => {
  const sign = GROUPINGS[value];
  if (sign === undefined)
    throw unknownSetting(
      'groupingSign',
      value,
      Object.keys(GROUPINGS).filter(key => key !== ' '),
    );
  return sign;
};

/** Share of the rows that must be continuations of the one above for the file to write transactions so. */
const CONTINUED_SHARE = 0.1;

/** True when rows that hold nothing but a description stand below transactions again and again. */
const hasContinuations = (layout: CsvLayout, choices: ColumnChoices): boolean => {
  const date = choices.bookingDate?.columns[0];
  const text = choices.description?.columns;
  if (date === undefined || text === undefined) return false;
  let continuations = 0;
  let afterTransaction = false;
  for (const fields of layout.rows.slice(0, PROFILE_ROWS)) {
    const bare = fields.every((field, column) => field.trim() === '' || text.includes(column));
    if (bare && afterTransaction) continuations++;
    else afterTransaction = (fields[date] ?? '').trim() !== '';
  }
  return continuations >= Math.max(2, CONTINUED_SHARE * Math.min(layout.rows.length, PROFILE_ROWS));
};

const encodingRemarks = ({ encoding }: CsvLayout): ParseWarning[] =>
  encoding.doubt === null ? [] : [{ row: null, code: 'csv.encoding-guessed', message: encoding.doubt }];

/** Columns of amounts and dates that a header does not name and content alone chose. */
const doubtRemarks = (layout: CsvLayout, choices: ColumnChoices): ParseWarning[] => {
  const doubtful = (role: 'amount' | 'bookingDate', choice: ColumnChoice | undefined): ParseWarning[] =>
    layout.names === null || choice === undefined || choice.confidence >= DOUBTFUL || choice.reason.startsWith('named')
      ? []
      : [
          {
            row: layout.headerRow,
            code: 'csv.column-guessed',
            message: `column "${columnLabel(layout.names, choice.columns[0]!)}" was taken for the ${role} by its content alone (${choice.reason}): state ${role}=COLUMN if it is another`,
          },
        ];
  return [...doubtful('amount', choices.amount), ...doubtful('bookingDate', choices.bookingDate)];
};

/** Decimal sign and date order for columns that the examiner named; what stays open is added to `questions`. */
export const settleColumns = (
  layout: CsvLayout,
  amount: number | null,
  date: number | null,
  overrides: CsvOverrides,
  questions: DialectQuestion[],
): { readonly decimalSign: DecimalSign; readonly dateOrder: DateReading } => {
  const stated = (column: number): ColumnChoice => ({ columns: [column], confidence: 1, reason: 'stated' });
  const choices: ColumnChoices = {
    ...(amount === null ? {} : { amount: stated(amount) }),
    ...(date === null ? {} : { bookingDate: stated(date) }),
  };
  const decimalSign = amount === null ? '.' : decimalOf(layout, choices, overrides, questions).value;
  const dateOrder = date === null ? 'ymd' : datesOf(layout, choices, decimalSign, overrides, questions).dateOrder.value;
  return { decimalSign, dateOrder };
};
