import { parseAmount, peelAmount } from './csv-amount.ts';
import { balanceFollows } from './csv-balance-equation.ts';
import { columnLabel } from './csv-column-names.ts';
import type { ColumnChoice, ColumnChoices } from './csv-column-plan.ts';
import { type ColumnProfile, profileColumn } from './csv-column-profile.ts';
import { isOneSided } from './csv-content-columns.ts';
import type { CsvLayout, SignRule } from './csv-dialect.ts';
import { normalizeHeader } from './csv-header-lexicon.ts';
import { directionOf, type IndicatorReading, indicatorSign, readIndicators } from './csv-indicator.ts';
import { type CsvOverrides, statedList } from './csv-overrides.ts';
import type { ParseWarning } from './statement-sink.ts';

/** Values of the first column of a choice, empty ones left out. */
export const columnValues = (rows: readonly (readonly string[])[], choice: ColumnChoice | undefined): string[] =>
  choice === undefined ? [] : rows.map(fields => fields[choice.columns[0]!] ?? '').filter(value => value.trim() !== '');

const NO_READING: IndicatorReading = { debit: [], credit: [], empty: 0 };

/** How the marks of the indicator column are read: as stated, by the values it holds, or each by itself. */
const settleIndicator = (profile: ColumnProfile, overrides: CsvOverrides): IndicatorReading => {
  const debit = statedList(overrides, 'indicatorDebit');
  const credit = statedList(overrides, 'indicatorCredit');
  if (debit.length > 0 || credit.length > 0) {
    const others = profile.values.filter(value => !debit.includes(value) && !credit.includes(value));
    // One side stated: every other mark of the file is the other side.
    if (credit.length === 0) return { debit, credit: others, empty: 0 };
    return { debit: debit.length === 0 ? others : debit, credit, empty: 0 };
  }
  const reading = readIndicators(profile.values);
  if (reading === null) return NO_READING;
  return isOneSided(profile) ? { ...reading, empty: reading.debit.length === 0 ? -1 : 1 } : reading;
};

interface AmountMarks {
  readonly negatives: number;
  /** Amounts with a plus or a credit mark. */
  readonly creditMarks: number;
  /** Amounts other than zero without any. */
  readonly unmarked: number;
}

const countMarks = (values: readonly string[]): AmountMarks => {
  let negatives = 0;
  let creditMarks = 0;
  let unmarked = 0;
  for (const value of values) {
    const peeled = peelAmount(value);
    if (peeled === null) continue;
    if (peeled.negative) negatives++;
    else if (peeled.signed) creditMarks++;
    else if (/[1-9]/.test(peeled.digits)) unmarked++;
  }
  return { negatives, creditMarks, unmarked };
};

export interface SettledSigns {
  readonly signs: SignRule;
  readonly indicator: IndicatorReading;
  readonly debitSigned: boolean;
  readonly feesApart: boolean;
  readonly remarks: readonly ParseWarning[];
}

/**
 * What gives the amounts their sign. An indicator that only repeats the sign of the amounts is a type; one that
 * contradicts it in every row is told, and the amounts are read as written. `choices` is changed accordingly.
 */
export const settleSigns = (layout: CsvLayout, choices: ColumnChoices, overrides: CsvOverrides): SettledSigns => {
  const { rows, names } = layout;
  const remarks: ParseWarning[] = [];
  const debits = columnValues(rows, choices.debit).filter(text => /[1-9]/.test(text));
  const debitSigned = debits.length > 0 && debits.every(text => peelAmount(text)?.negative === true);
  const feesApart = areFeesApart(layout, choices);
  if (!choices.amount) {
    delete choices.indicator;
    return { signs: 'debit and credit columns', indicator: NO_READING, debitSigned, feesApart, remarks };
  }
  const amounts = countMarks(columnValues(rows, choices.amount));
  const column = choices.indicator?.columns[0];
  if (column !== undefined) {
    const profile = profileColumn(rows.map(fields => fields[column] ?? ''));
    const indicator = settleIndicator(profile, overrides);
    if (overrides.indicator !== undefined || amounts.negatives === 0)
      return { signs: 'indicator', indicator, debitSigned, feesApart, remarks };
    if (contradicts(rows, choices.amount.columns[0]!, column, indicator))
      remarks.push({
        row: null,
        code: 'csv.sign-contradicts',
        message: `in every row looked at the sign of the amount is the opposite of what column "${columnLabel(names, column)}" says; the amounts were read as written: state flipAmount=yes if charges are positive here`,
      });
    choices.type ??= {
      columns: [column],
      confidence: 0.6,
      reason: 'debit/credit marks beside amounts that carry their sign',
    };
    delete choices.indicator;
  } else typeContradicts(layout, choices, remarks);
  if (names === null && amounts.negatives === 0 && amounts.creditMarks === 0 && amounts.unmarked > 0)
    remarks.push({
      row: null,
      code: 'csv.unsigned',
      message: `no amount in ${columnLabel(names, choices.amount.columns[0]!)} carries a sign and no header says what it is: all were read as money in; state flipAmount=yes, or debit=COLUMN, if it goes out`,
    });
  const marked = amounts.creditMarks > 0 && amounts.unmarked > 0 && amounts.negatives === 0;
  return { signs: marked ? 'credit marks' : 'amount', indicator: NO_READING, debitSigned, feesApart, remarks };
};

/** A column of types that says debit and credit and contradicts every amount. */
const typeContradicts = (layout: CsvLayout, choices: ColumnChoices, remarks: ParseWarning[]): void => {
  const { rows, names } = layout;
  const type = choices.type?.columns[0];
  const amount = choices.amount?.columns[0];
  if (type === undefined || amount === undefined || !contradicts(rows, amount, type, NO_READING)) return;
  remarks.push({
    row: null,
    code: 'csv.sign-contradicts',
    message: `in every row looked at the sign of the amount is the opposite of what column "${columnLabel(names, type)}" says; the amounts were read as written: state flipAmount=yes if charges are positive here`,
  });
};

const contradicts = (
  rows: readonly (readonly string[])[],
  amount: number,
  marks: number,
  reading: IndicatorReading,
): boolean => {
  let opposite = 0;
  let negative = 0;
  for (const fields of rows) {
    const mark = fields[marks] ?? '';
    const sign = reading === NO_READING ? indicatorSign(mark) : directionOf(mark, reading);
    const peeled = peelAmount(fields[amount] ?? '');
    if (sign === 0 || peeled === null || !/[1-9]/.test(peeled.digits)) continue;
    if (peeled.negative === sign < 0) return false;
    opposite++;
    if (peeled.negative) negative++;
  }
  return opposite >= 2 && negative > 0;
};

/** True unless the amounts are net of the fees: by their name, or because the running balance moves by them alone. */
const areFeesApart = (layout: CsvLayout, choices: ColumnChoices): boolean => {
  const { fee, amount, balance } = choices;
  if (fee === undefined || amount === undefined) return false;
  const column = amount.columns[0]!;
  if (/^(?:net|netto)\b/.test(normalizeHeader(layout.names?.[column] ?? ''))) return false;
  const fees = columnValues(layout.rows, fee).filter(text => {
    const value = parseAmount(text, '.', null) ?? parseAmount(text, ',', null);
    return value !== null && value.units !== 0;
  });
  return !(fees.length > 0 && balance !== undefined && balanceFollows(layout.rows, balance.columns[0]!, column));
};
