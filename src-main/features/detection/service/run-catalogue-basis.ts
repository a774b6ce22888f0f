import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import { productVersion } from '../../../platform/product-version.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import type { RecipeEvent } from '../../standardization/domain/index.ts';
import { foldRecipe } from '../../standardization/domain/index.ts';
import type { ForensicTest, Parameters } from '../domain/forensic-test.ts';
import type { TableBasis } from '../domain/test-basis.ts';
import { basisOf } from '../domain/test-basis.ts';
import { decidedView } from './decided-view.ts';

export type Side = 'bank' | 'ledger';

/** The sources that tests of a side run on: bank statements, or all there is where there are none; the ledger, or null. */
export const sourcesOf = (side: Side, sources: readonly CaseSource[]): readonly CaseSource[] | null => {
  const own = sources.filter(source => source.side === side);
  if (own.length > 0) return own;
  return side === 'bank' ? sources : null;
};

/** Records that the tests of each side run on; 0 for a ledger that is not there. */
export const rowsOfSides = (sources: readonly CaseSource[]): Readonly<Record<Side, number>> => {
  const rows = (side: Side): number =>
    (sourcesOf(side, sources) ?? []).reduce((sum, { columns }) => sum + columns.count, 0);
  return { bank: rows('bank'), ledger: rows('ledger') };
};

export const digestOf = (value: unknown): string => hex(sha256(utf8(JSON.stringify(value))));

/** What the tables of each side are made of; null for a ledger that is not there. */
export const tableBases = (
  sources: readonly CaseSource[],
  events: readonly RecipeEvent[],
): Readonly<Record<Side, TableBasis | null>> => {
  const parties = digestOf(foldRecipe(events).parties.merged());
  const basis = (side: Side): TableBasis | null => {
    const own = sourcesOf(side, sources);
    if (own === null) return null;
    const records = own.map(({ id, sha256: original, side: stated }) => [id, original, stated]);
    return { records: digestOf([records, [...decidedView(own, events).without]]), parties };
  };
  return { bank: basis('bank'), ledger: basis('ledger') };
};

/** Digest of what the result of a test rests on: see `basisOf`. */
export const testBasis = (
  test: ForensicTest,
  parameters: Parameters,
  table: TableBasis,
  columnsRead: readonly string[],
): string => hex(sha256(utf8(basisOf(test, productVersion, parameters, table, columnsRead))));
