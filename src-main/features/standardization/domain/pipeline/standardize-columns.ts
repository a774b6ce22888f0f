import type { CodedColumn } from '../../../../kernel/dictionary.ts';
import type { RuleTable } from '../rules/rule-table.ts';
import type { RulesRun } from '../rules/run-rules.ts';
import type { Figure } from './figures.ts';
import { FigureRows, flaggedRows } from './figures.ts';
import type { StandardizedValue } from './standardize-value.ts';
import { standardizeAccount, standardizeCurrency, standardizeReference, standardizeType } from './standardize-value.ts';

/** Columns standardized value by value, and how. */
export const STANDARDIZED_COLUMNS = {
  counterpartyAccount: standardizeAccount,
  account: standardizeAccount,
  type: standardizeType,
  currency: standardizeCurrency,
} as const;
export type StandardizedColumn = keyof typeof STANDARDIZED_COLUMNS;

const COLUMN_TITLES: Readonly<Record<StandardizedColumn | 'party' | 'reference', string>> = {
  counterpartyAccount: 'Counterparty account standardized',
  account: 'Account standardized',
  type: 'Transaction type standardized',
  currency: 'Currency standardized',
  party: 'Party name standardized',
  reference: 'Reference standardized',
};

export interface StandardizedColumns {
  /** Each distinct value with what it became. */
  readonly columns: Readonly<
    Record<StandardizedColumn, { readonly column: CodedColumn; readonly values: readonly StandardizedValue[] }>
  >;
  /** What references that are told otherwise than in the file became, by row, ascending. */
  readonly references: ReadonlyMap<number, string>;
  /** `changed:<field>` and `problem:<field>`. */
  readonly figures: readonly Figure[];
  /** Rows with at least one value that differs from the file's, ascending. */
  readonly changed: Uint32Array;
}

/**
 * The FormatStandardizer: every distinct value of the coded columns once, every reference once. Originals stay as they are
 * in the columns; what is returned stands beside them. A type that a rule sets prevails over the bank's words.
 */
export const standardizeColumns = (table: RuleTable, rules: RulesRun): StandardizedColumns => {
  const found = new FigureRows();
  const changed = new Uint8Array(table.rowCount);
  const columns = Object.fromEntries(
    (Object.keys(STANDARDIZED_COLUMNS) as StandardizedColumn[]).map(name => {
      const column = table.coded(name);
      const values = column.values.map(STANDARDIZED_COLUMNS[name]);
      const differs = values.map(({ standardized }, code) => standardized !== column.values[code]);
      const ruled = name === 'type' ? rules.set.type.codes : null;
      if (ruled === null && !differs.includes(true) && values.every(({ problem }) => problem === null))
        return [name, { column, values }];
      for (let row = 0; row < table.rowCount; row++) {
        const code = column.codes[row]!;
        if ((ruled !== null && ruled[row]! >= 0) || (code >= 0 && differs[code] === true)) {
          found.add(`changed:${name}`, COLUMN_TITLES[name], row);
          changed[row] = 1;
        }
        if (code >= 0 && values[code]!.problem !== null) found.add(`problem:${name}`, problemTitle(name), row);
      }
      return [name, { column, values }];
    }),
  ) as unknown as StandardizedColumns['columns'];
  markParties(table, rules, found, changed);
  const references = standardizeReferences(table, found, changed);
  return { columns, references, figures: found.figures(), changed: flaggedRows(changed) };
};

const problemTitle = (name: StandardizedColumn): string =>
  name === 'currency' ? 'Currency that ISO 4217 does not know' : 'IBAN whose length or check digits do not fit';

const markParties = (table: RuleTable, rules: RulesRun, found: FigureRows, changed: Uint8Array): void => {
  const spelling = table.coded('counterparty');
  const party = table.coded('party');
  const ruled = rules.set.party.codes;
  for (let row = 0; row < table.rowCount; row++) {
    const code = party.codes[row]!;
    const written = spelling.codes[row]!;
    if (ruled[row]! < 0 && (code < 0 || party.values[code] === spelling.values[written])) continue;
    found.add('changed:party', COLUMN_TITLES.party, row);
    changed[row] = 1;
  }
};

const standardizeReferences = (table: RuleTable, found: FigureRows, changed: Uint8Array): Map<number, string> => {
  const references = new Map<number, string>();
  let row = 0;
  for (const text of table.texts('reference')) {
    if (text !== '') {
      const { standardized, problem } = standardizeReference(text);
      if (standardized !== text) {
        found.add('changed:reference', COLUMN_TITLES.reference, row);
        changed[row] = 1;
        references.set(row, standardized);
      }
      if (problem !== null) found.add('problem:reference', 'Structured reference whose check digits do not fit', row);
    }
    row += 1;
  }
  return references;
};
