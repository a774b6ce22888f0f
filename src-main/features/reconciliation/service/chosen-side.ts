import type { SideChoice } from '../../../contract/reconciliation-sides.ts';
import type { CodedColumn } from '../../../kernel/dictionary.ts';
import { CaseTable } from '../../ingestion/domain/case-table.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import { decodeUtf8 } from '../../ingestion/service/decode-utf8.ts';
import type { ReconciliationSide } from '../domain/index.ts';

/** The sources that a choice may take rows of. */
export const sourcesOfChoice = (sources: readonly CaseSource[], { side, sourceIds }: SideChoice): CaseSource[] =>
  sources.filter(
    source =>
      (side === undefined || source.side === side) && (sourceIds === undefined || sourceIds.includes(source.id)),
  );

/**
 * The statements whose balances speak of all rows of a choice; none where some ledger accounts were chosen, since their rows
 * are a part of what a statement's balances speak of.
 */
export const statementsOfChoice = <Line extends { readonly source: number; readonly account: string | null }>(
  sources: readonly CaseSource[],
  statements: readonly Line[],
  choice: SideChoice,
): Line[] => {
  const chosen = new Set(sourcesOfChoice(sources, choice).map(({ ordinal }) => ordinal));
  return choice.ledgerAccounts !== undefined
    ? []
    : statements.filter(
        ({ source, account }) =>
          chosen.has(source) && (choice.accounts === undefined || choice.accounts.includes(account ?? '')),
      );
};

const wantedCodes = (column: CodedColumn, wanted: readonly string[] | undefined): ((row: number) => boolean) => {
  if (wanted === undefined) return () => true;
  const set = new Set(wanted);
  const known = column.values.map(value => set.has(value));
  const unstated = set.has('');
  return row => {
    const code = column.codes[row] ?? -1;
    return code < 0 ? unstated : known[code] === true;
  };
};

/** Rows of these sources (over all of them, ascending) whose accounts were chosen; null where that is all of them. */
export const rowsOfChoice = (sources: readonly CaseSource[], choice: SideChoice): Uint32Array | null => {
  if (choice.accounts === undefined && choice.ledgerAccounts === undefined) return null;
  const table = new CaseTable(sources, decodeUtf8);
  const byAccount = wantedCodes(table.accounts(), choice.accounts);
  const byLedgerAccount = wantedCodes(table.coded('ledgerAccount'), choice.ledgerAccounts);
  const rows: number[] = [];
  for (let row = 0; row < table.rowCount; row++) if (byAccount(row) && byLedgerAccount(row)) rows.push(row);
  return Uint32Array.from(rows);
};

const gathered = (column: CodedColumn | null, rows: Uint32Array): CodedColumn | null =>
  column === null ? null : { codes: Int32Array.from(rows, row => column.codes[row] ?? -1), values: column.values };

/** The rows of a side that were chosen, as a side of their own. */
export const limitedSide = (side: ReconciliationSide, rows: Uint32Array): ReconciliationSide => ({
  rowCount: rows.length,
  rowNumber: rows.map(row => side.rowNumber[row] ?? 0),
  day: Int32Array.from(rows, row => side.day[row] ?? 0),
  amountUnits: Float64Array.from(rows, row => side.amountUnits[row] ?? Number.NaN),
  scale: side.scale,
  currency: gathered(side.currency, rows),
  account: gathered(side.account ?? null, rows),
  text: index => side.text(rows[index] ?? -1),
  reference: index => side.reference(rows[index] ?? -1),
  ...(side.repeated === undefined
    ? {}
    : {
        repeated: new Set(Array.from(rows.keys()).filter(index => side.repeated?.has(rows[index] ?? -1) === true)),
      }),
});
