import type { SideChoice } from '../../../contract/reconciliation-sides.ts';
import { isoDate } from '../../../kernel/civil-date.ts';
import { currencyExponent } from '../../../kernel/currency.ts';
import { formatUnits, powerOfTen } from '../../../kernel/decimal.ts';
import type { CaseSource } from '../../ingestion/service/case-source.ts';
import type {
  CashFigure,
  CashLine,
  ReconciliationMatch,
  ReconciliationResult,
  ReconciliationSide,
  StatedBalances,
  UnmatchedRow,
} from '../domain/index.ts';
import { proofOfCash, RECONCILIATION_VERSION } from '../domain/index.ts';
import type { SidePart } from './side-rows.ts';
import { currencyReader, eachRow, sideParts } from './side-rows.ts';

/** A match that stands or is suggested, by ids. */
export interface CashMatch {
  readonly kind: ReconciliationMatch['kind'];
  readonly isMatched: boolean;
  readonly a: readonly number[];
  readonly b: readonly number[];
}

export const CASH_COLUMNS = ['opening', 'receipts', 'disbursements', 'closing'] as const;
export type CashColumn = (typeof CASH_COLUMNS)[number];

/** A figure of a proof: its rows are asked for one by one, since all of them together are every row many times. */
export interface CashFigureName {
  /** '' where none is known. */
  readonly currency: string;
  /** First day of the month. */
  readonly from: string;
  readonly line: CashLine['kind'];
  readonly column: CashColumn;
}

export interface CashTask {
  readonly task: 'cash-proofs';
  readonly sources: readonly CaseSource[];
  readonly a: SideChoice;
  readonly b: SideChoice;
  readonly matches: readonly CashMatch[];
  /** Kinds of proposals on open rows, by id. */
  readonly proposals: readonly (readonly [id: number, kinds: readonly string[]])[];
  /** Rows confirmed to repeat others, by id. */
  readonly repeated: readonly number[];
  readonly isOpposite: boolean;
  readonly stated: { readonly bank: readonly StatedBalances[]; readonly books: readonly StatedBalances[] };
  /** Null: all proofs, with counts of rows. */
  readonly figure: CashFigureName | null;
}

export interface CashFigureText {
  readonly amount: string | null;
  readonly rows: number;
}
export interface CashProofText {
  readonly currency: string | null;
  readonly from: string;
  readonly to: string;
  readonly lines: readonly ({ readonly line: CashLine['kind'] } & Readonly<Record<CashColumn, CashFigureText>>)[];
  readonly footsAcross: boolean | null;
  readonly crossFoots: boolean;
  readonly balancesAgree: boolean | null;
  readonly suggestedRows: number;
}
export interface CashAnswer {
  readonly proofs: readonly CashProofText[];
  readonly unplaced: { readonly a: number; readonly b: number };
  /** Ids of the figure that was asked for, ascending. */
  readonly ids: Float64Array | null;
}

interface Side {
  readonly side: ReconciliationSide;
  readonly ids: Float64Array;
  readonly currencyOf: (index: number) => string | null;
}

const sideOf = (own: readonly SidePart[], other: readonly SidePart[], repeated: ReadonlySet<number>): Side => {
  const count = own.reduce((sum, part) => sum + (part.rows?.length ?? part.source.columns.count), 0);
  const scale = own.reduce((most, { source }) => Math.max(most, source.columns.scale), 0);
  const ids = new Float64Array(count);
  const amountUnits = new Float64Array(count);
  const day = new Int32Array(count);
  const rowNumber = new Uint32Array(count);
  const names: (string | null)[] = [];
  const codes = new Int32Array(count);
  const codeOf = new Map<string | null, number>();
  const currencyOf = currencyReader(own, other);
  let at = 0;
  for (const part of own) {
    const { columns, firstTransactionId } = part.source;
    const factor = powerOfTen(scale - columns.scale);
    eachRow(part, row => {
      const currency = currencyOf(part, row);
      let code = codeOf.get(currency);
      if (code === undefined) {
        code = names.push(currency) - 1;
        codeOf.set(currency, code);
      }
      codes[at] = code;
      ids[at] = firstTransactionId + row;
      amountUnits[at] = (columns.columns.amountUnits[row] ?? Number.NaN) * factor;
      day[at] = columns.columns.bookingDay[row] ?? 0;
      rowNumber[at] = columns.columns.rowNumber[row] ?? 0;
      at += 1;
    });
  }
  const indexes = new Set<number>();
  if (repeated.size > 0)
    for (let index = 0; index < count; index++) if (repeated.has(ids[index] ?? -1)) indexes.add(index);
  return {
    ids,
    currencyOf: index => names[codes[index] ?? -1] ?? null,
    side: {
      rowCount: count,
      rowNumber,
      day,
      amountUnits,
      scale,
      currency: null,
      text: () => '',
      reference: () => '',
      repeated: indexes,
    },
  };
};

const indexesOf = (ids: Float64Array): ReadonlyMap<number, number> => {
  const indexes = new Map<number, number>();
  ids.forEach((id, index) => {
    indexes.set(id, index);
  });
  return indexes;
};

/** The shown matching as the engine's result: what people decided counts, not what the engine found. */
const shownResult = (task: CashTask, a: Side, b: Side): ReconciliationResult => {
  const [ofA, ofB] = [indexesOf(a.ids), indexesOf(b.ids)];
  const known = (ids: readonly number[], indexes: ReadonlyMap<number, number>): number[] =>
    ids.flatMap(id => indexes.get(id) ?? []);
  const taken = { a: new Uint8Array(a.ids.length), b: new Uint8Array(b.ids.length) };
  const matches = task.matches.map((match): ReconciliationMatch => {
    const [bank, ledger] = [known(match.a, ofA), known(match.b, ofB)];
    for (const index of bank) taken.a[index] = 1;
    for (const index of ledger) taken.b[index] = 1;
    return {
      bank,
      ledger,
      kind: match.kind,
      score: 1,
      status: match.isMatched ? 'confirmed' : 'proposed',
      reasons: [],
    };
  });
  const proposals = new Map(task.proposals);
  const open = (rows: Uint8Array, ids: Float64Array): UnmatchedRow[] => {
    const unmatched: UnmatchedRow[] = [];
    for (let index = 0; index < rows.length; index++) {
      if (rows[index] !== 0) continue;
      const kinds = proposals.get(ids[index] ?? -1) ?? [];
      unmatched.push({
        index,
        excludedBecause: null,
        candidates: [],
        proposals: kinds.map(kind => ({
          kind: kind as UnmatchedRow['proposals'][number]['kind'],
          bank: [],
          ledger: [],
          text: '',
        })),
        limits: [],
      });
    }
    return unmatched;
  };
  return {
    version: RECONCILIATION_VERSION,
    parameters: {},
    sign: {
      used: task.isOpposite ? 'opposite' : 'same',
      decidedBy: 'data',
      exactWhenSame: null,
      exactWhenOpposite: null,
    },
    matches,
    unmatchedBank: open(taken.a, a.ids),
    unmatchedLedger: open(taken.b, b.ids),
    bankCurrency: a.currencyOf,
    ledgerCurrency: b.currencyOf,
    notes: [],
  };
};

/** The proofs of cash of a shown matching, or the rows behind one figure of theirs. */
export const cashProofs = (task: CashTask): CashAnswer => {
  const repeated = new Set(task.repeated);
  const state = { matches: [] };
  const partsA = sideParts(task.sources, task.a, state);
  const partsB = sideParts(task.sources, task.b, state);
  const a = sideOf(partsA, partsB, repeated);
  const b = sideOf(partsB, partsA, repeated);
  const proof = proofOfCash(a.side, b.side, shownResult(task, a, b), task.stated);
  const idsOf = ({ bank, ledger }: CashFigure): Float64Array =>
    Float64Array.from(
      new Set([...bank.map(index => a.ids[index] ?? 0), ...ledger.map(index => b.ids[index] ?? 0)]),
    ).sort();
  const { figure } = task;
  const month =
    figure === null
      ? undefined
      : proof.months.find(
          ({ currency, from }) => (currency ?? '') === figure.currency && isoDate(from) === figure.from,
        );
  const line = month?.lines.find(({ kind }) => kind === figure?.line);
  return {
    unplaced: { a: proof.unplacedBank.length, b: proof.unplacedLedger.length },
    ids: figure === null ? null : line === undefined ? new Float64Array() : idsOf(line[figure.column]),
    proofs:
      figure !== null
        ? []
        : proof.months.map(({ currency, from, to, lines, footsAcross, crossFoots, balancesAgree, proposedRows }) => {
            const shown = (each: CashFigure): CashFigureText => ({
              amount:
                each.units === null
                  ? null
                  : formatUnits(each.units, proof.scale, Math.min(proof.scale, currencyExponent(currency))),
              rows: new Set([...each.bank, ...each.ledger.map(index => -1 - index)]).size,
            });
            return {
              currency,
              from: isoDate(from) ?? '',
              to: isoDate(to) ?? '',
              lines: lines.map(({ kind, opening, receipts, disbursements, closing }) => ({
                line: kind,
                opening: shown(opening),
                receipts: shown(receipts),
                disbursements: shown(disbursements),
                closing: shown(closing),
              })),
              footsAcross,
              crossFoots,
              balancesAgree,
              suggestedRows: proposedRows,
            };
          }),
  };
};
