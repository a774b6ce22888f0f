import { columnAnswer } from './csv-column-names.ts';
import type { ColumnChoice, ColumnChoices } from './csv-column-plan.ts';
import type { CsvDialect } from './csv-dialect.ts';
import { COLUMN_ROLES, type ColumnRole } from './csv-header-lexicon.ts';
import type { Dialect } from './statement-sink.ts';

/** What was seen of the file while it was read. */
interface SeenFacts {
  readonly encoding: string;
  readonly lineEnds: readonly string[];
  /** Records of the file, those above the data and blank ones included. */
  readonly rows: number;
  readonly blankRows: number;
  readonly continuationRows: number;
}

interface DescribedChoice {
  readonly role: ColumnRole;
  readonly label: string;
  readonly choice: ColumnChoice;
}

/** Role → column names or numbers, in the words that state them again. */
const describeChoices = (choices: ColumnChoices, names: readonly string[] | null): DescribedChoice[] =>
  COLUMN_ROLES.flatMap(role => {
    const choice = choices[role];
    return choice === undefined
      ? []
      : [{ role, label: choice.columns.map(column => columnAnswer(names, column)).join(' + '), choice }];
  });

/** How a table was read, as shown to the examiner and stored with the import. JSON-safe. */
export const describeDialect = (found: CsvDialect, seen: SeenFacts): Dialect => {
  const described = describeChoices(found.choices, found.names);
  const { lineEnds } = seen;
  return {
    delimiter: found.delimiter.delimiter,
    quote: found.quote,
    encoding: seen.encoding,
    byteOrderMark: found.encoding.bomBytes > 0,
    lineEnd: lineEnds.length === 1 ? lineEnds[0]! : lineEnds.length === 0 ? null : 'mixed',
    headerRow: found.headerRow,
    preambleRows: found.preamble.length,
    header: found.names,
    dateOrder: found.choices.bookingDate ? found.dateOrder.value : null,
    valueDateOrder: found.choices.valueDate ? found.valueDateOrder.value : null,
    decimalSign: found.decimalSign.value,
    groupingSign: found.groupingSign,
    signs: found.signs,
    flipAmount: found.flipAmount,
    ...(found.signs === 'indicator'
      ? { indicatorDebit: found.indicator.debit, indicatorCredit: found.indicator.credit }
      : {}),
    ledger: found.ledger,
    account: found.account,
    currency: found.currency,
    rows: seen.rows,
    rowsAboveData: found.firstDataRow - 1,
    blankRows: seen.blankRows,
    continuationRows: seen.continuationRows,
    columns: described.map(({ role, label }) => `${role}: ${label}`),
    confidence: {
      encoding: found.encoding.confidence,
      delimiter: found.delimiter.confidence,
      header: found.header.confidence,
      dateOrder: found.dateOrder.confidence,
      decimalSign: found.decimalSign.confidence,
      ...Object.fromEntries(described.map(({ role, choice }) => [role, choice.confidence])),
    },
    reasons: [
      `encoding: ${found.encoding.reason}`,
      `delimiter: ${found.delimiter.reason}`,
      `header: ${found.header.reason}`,
      `dateOrder: ${found.dateOrder.reason}`,
      `decimalSign: ${found.decimalSign.reason}`,
      ...described.map(({ role, choice }) => `${role}: ${choice.reason}`),
    ],
  };
};
