import { utf8 } from '../../../platform/digest.ts';
import { analysisColumns, shareColumns } from '../../ingestion/domain/shared-columns.ts';
import type { ColumnSlice } from '../../ingestion/domain/transaction-columns.ts';
import { decodeUtf8 } from '../../ingestion/service/decode-utf8.ts';
import { readSource } from '../../ingestion/service/read-source.ts';
import { partyKey } from '../../standardization/domain/party-key.ts';
import type { TransactionTable } from '../domain/transaction-table.ts';
import { DetectionTable, type TransactionTexts } from './detection-table.ts';

/** Texts of the transactions of a file that is not stored, as the parser sent them. */
class SliceTexts implements TransactionTexts {
  private readonly slices: ColumnSlice[] = [];

  readonly add = (slice: ColumnSlice): void => void this.slices.push(slice);

  isStated(name: 'reference' | 'description'): boolean {
    return this.slices.some(slice => {
      for (let i = 0; i < slice.count; i++) if (pieceOf(slice, i, name).length > 0) return true;
      return false;
    });
  }

  at(name: 'reference' | 'description', row: number): string {
    const slice = this.slices.findLast(({ first }) => first <= row);
    if (slice === undefined) return '';
    const { start, end } = placeOf(slice, row - slice.first, name);
    return decodeUtf8(slice.text, start, end).trim();
  }
}

const placeOf = ({ textEnds }: ColumnSlice, i: number, name: 'reference' | 'description') => {
  const piece = 2 * i + (name === 'reference' ? 0 : 1);
  return { start: piece === 0 ? 0 : textEnds[piece - 1]!, end: textEnds[piece]! };
};

const pieceOf = (slice: ColumnSlice, i: number, name: 'reference' | 'description'): Uint8Array => {
  const { start, end } = placeOf(slice, i, name);
  return slice.text.subarray(start, end);
};

/** The transactions of a statement or ledger of any format that is read, as a table for tests. Nothing is stored. */
export const readStatementTable = async (path: string, name: string): Promise<TransactionTable> => {
  const texts = new SliceTexts();
  const { builder, sha256 } = await readSource({
    origin: { kind: 'file', path },
    name,
    overrides: {},
    seal: null,
    textSeal: null,
    onSlice: texts.add,
  });
  const source = {
    ordinal: -1,
    id: name,
    name,
    sha256: sha256 ?? '',
    side: 'ledger' as const,
    rejected: builder.rejected.length,
    controlsAgree: null,
    // Ids are indexes: texts are asked for by them.
    firstTransactionId: 0,
    accounts: builder.statements().map(total => total.header.accountId),
    columns: shareColumns(
      -1,
      analysisColumns(builder.columns()),
      builder.scale,
      dictionary => builder.values(dictionary),
      partyKey,
      utf8,
    ),
  };
  return new DetectionTable([source], { nameOf: party => party, without: new Uint32Array() }, texts).table;
};
