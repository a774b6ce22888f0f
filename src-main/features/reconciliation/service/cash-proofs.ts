import { CASH_LINES } from '../../../contract/reconciliation-work.contract.ts';
import type { Output, QueryContext } from '../../../engine/handler.ts';
import { repeatedIds } from '../../detection/service/decided-view.ts';
import { caseSources } from '../../ingestion/service/case-source.ts';
import { recipeEvents } from '../../standardization/storage/recipe.repository.ts';
import { caseStatements } from './case-statements.ts';
import type { CashAnswer, CashFigureName, CashTask } from './cash-task.ts';
import { CASH_COLUMNS } from './cash-task.ts';
import { sourcesOfChoice, statementsOfChoice } from './chosen-side.ts';
import { leftoverProposals } from './leftovers.ts';
import { isMatched } from './match-view.ts';
import { statedBalances } from './proof-of-cash-lines.ts';
import type { ShownReconciliation } from './shown-reconciliation.ts';
import { sideParts } from './side-rows.ts';

/** `cash:EUR:2025-03-01:in-transit-end:receipts` */
const NAME = /^cash:([^:]*):(\d{4}-\d{2}-\d{2}):([a-z-]+):(opening|receipts|disbursements|closing)$/;

const setName = (currency: string | null, { from, line, column }: Omit<CashFigureName, 'currency'>): string =>
  `cash:${currency ?? ''}:${from}:${line}:${column}`;

const cashTask = async (
  context: QueryContext,
  caseId: string,
  shown: ShownReconciliation,
  figure: CashFigureName | null,
): Promise<CashTask> => {
  const { basis, view } = shown;
  const sources = await caseSources(context, caseId);
  const statements = caseStatements(context.store, caseId);
  const { a, b } = basis.sides;
  const namesOf = (choice: typeof a): string[] => [
    ...new Set(sideParts(sources, choice, { matches: [] }).flatMap(({ currencies }) => currencies)),
  ];
  const [ofA, ofB] = [namesOf(a), namesOf(b)];
  const statedOf = (choice: typeof a, own: readonly string[], other: readonly string[]) => {
    // What rows are compared in where a statement names no currency: as `currencyReader` takes it.
    const [only = null, ...more] = own.length === 0 ? other : own;
    return statedBalances(statementsOfChoice(sources, statements, choice), more.length === 0 ? only : null);
  };
  return {
    task: 'cash-proofs',
    sources,
    a,
    b,
    matches: view.matches
      .filter(({ judgment }) => judgment !== 'rejected')
      .map(match => ({ kind: match.kind, isMatched: isMatched(match), a: match.a, b: match.b })),
    proposals: leftoverProposals(context.store, shown).map(({ id, kinds }) => [id, kinds] as const),
    repeated: [...repeatedIds(sources, recipeEvents(context.store, caseId))],
    isOpposite: basis.summary.matched?.sign === 'opposite',
    stated: { bank: statedOf(a, ofA, ofB), books: statedOf(b, ofB, ofA) },
    figure,
  };
};

/** The four-column proofs of cash of the shown reconciliation; each figure with the name of its rows. */
export const cashProofsOf = async (
  context: QueryContext,
  caseId: string,
  shown: ShownReconciliation,
): Promise<Output<'reconciliations.proofOfCash'>> => {
  if (shown.basis.summary.matched === null) return { accounts: [], proofs: [], unplaced: { a: 0, b: 0 } };
  const task = await cashTask(context, caseId, shown, null);
  const { proofs, unplaced } = (await context.pool.run('analysis', task)) as CashAnswer;
  const accounts =
    shown.basis.sides.a.accounts ??
    sourcesOfChoice(task.sources, task.a).flatMap(({ accounts: own }) => own.flatMap(account => account ?? []));
  return {
    accounts: [...new Set(accounts)],
    unplaced,
    proofs: proofs.map(({ lines, ...proof }) => ({
      ...proof,
      lines: lines.map(({ line, ...figures }) => {
        const figure = (column: (typeof CASH_COLUMNS)[number]) => ({
          ...figures[column],
          set: figures[column].rows === 0 ? null : setName(proof.currency, { from: proof.from, line, column }),
        });
        return {
          line,
          opening: figure('opening'),
          receipts: figure('receipts'),
          disbursements: figure('disbursements'),
          closing: figure('closing'),
        };
      }),
    })),
  };
};

/** Rows behind a figure of a proof of cash; none for a name that is no figure. */
export const rowsOfCash = async (
  context: QueryContext,
  caseId: string,
  shown: ShownReconciliation,
  name: string,
): Promise<Float64Array> => {
  const [, currency, from, lineName, columnName] = NAME.exec(name) ?? [];
  const line = CASH_LINES.find(known => known === lineName);
  const column = CASH_COLUMNS.find(known => known === columnName);
  if (currency === undefined || from === undefined || line === undefined || column === undefined)
    return new Float64Array();
  const task = await cashTask(context, caseId, shown, { currency, from, line, column });
  return ((await context.pool.run('analysis', task)) as CashAnswer).ids ?? new Float64Array();
};
