import type { TransactionRow } from '../../../contract/transactions.contract.ts';
import type { Output } from '../../../engine/handler.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { transactionRows } from '../../ingestion/service/transaction-rows.ts';
import type { PairFilter } from './pair-list.ts';
import { pairShape, passes } from './pair-list.ts';
import type { ShownReconciliation } from './shown-reconciliation.ts';

type Proof = NonNullable<Output<'reconciliations.read'>>['proof'];

/** A spreadsheet takes a cell that begins so for a formula; the apostrophe makes it text. Full-width forms as well. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;
const AMOUNT = /^-?\d+(\.\d+)?$/;
const cell = (text: string): string =>
  AMOUNT.test(text) ? text : `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
const line = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

const HEAD = [
  'part',
  'match',
  'kind',
  'score',
  'side',
  'file',
  'row',
  'date',
  'amount',
  'currency',
  'counterparty',
  'reference',
  'description',
  'why',
  'note',
];

/** The lines of an export, by place: a match is a line, whatever the number of its rows; so is an open row. */
export interface ExportPlan {
  readonly total: number;
  readonly content: (offset: number, limit: number) => string;
}

/**
 * Matched, suggested and open rows as CSV (RFC 4180): a line a row, with the match it belongs to. Without a filter the open rows
 * of both sides follow, and the totals of each currency with the difference that the parts prove to nothing.
 */
export const exportPlan = (
  store: ReadStore,
  shown: ShownReconciliation,
  filter: PairFilter,
  open: { readonly a: Float64Array; readonly b: Float64Array },
  proof: Proof,
): ExportPlan => {
  const isAll =
    filter.judgment === undefined &&
    filter.kind === undefined &&
    filter.minimumScore === undefined &&
    filter.maximumScore === undefined;
  const files = new Map(shown.view.sources.map(({ id, name }) => [id, name]));
  const matches = shown.view.matches.filter(match => passes(match, filter));
  const rowLine = (about: readonly string[], side: 'A' | 'B', row: TransactionRow, why: string, note: string): string =>
    line([
      ...about,
      side,
      files.get(row.sourceId) ?? row.sourceId,
      String(row.row),
      row.date ?? '',
      row.amount,
      row.currency ?? '',
      row.counterparty,
      row.reference,
      row.description,
      why,
      note,
    ]);
  const ofMatch = (at: number): string => {
    const match = matches[at];
    if (match === undefined) return '';
    const pair = pairShape(store, shown, match);
    const about = [pair.judgment, pair.key, pair.kind, pair.score === null ? '' : String(pair.score)];
    const left = pair.differences.map(({ amount, currency }) => `left over: ${amount} ${currency ?? ''}`.trim());
    const why = [...pair.reasons, ...left].join('; ');
    return [
      ...pair.a.map(row => rowLine(about, 'A', row, why, pair.note)),
      ...pair.b.map(row => rowLine(about, 'B', row, why, pair.note)),
    ].join('');
  };
  const openIds = isAll
    ? [...Array.from(open.a, id => ['A', id] as const), ...Array.from(open.b, id => ['B', id] as const)]
    : [];
  const ofOpen = (at: number): string => {
    const place = openIds[at];
    if (place === undefined) return '';
    const [row] = transactionRows(store, [place[1]]);
    return row === undefined ? '' : rowLine(['open', '', '', ''], place[0], row, '', '');
  };
  const total = matches.length + openIds.length;
  return {
    total,
    content: (offset, limit) => {
      const parts = offset === 0 ? [line(HEAD)] : [];
      const end = Math.min(total, offset + limit);
      for (let at = offset; at < end; at++) parts.push(at < matches.length ? ofMatch(at) : ofOpen(at - matches.length));
      if (isAll && end >= total) parts.push(...proof.map(totalsOf));
      return parts.join('');
    },
  };
};

/** The totals of a currency: each side less its parts is nothing, and the difference less that of the parts is nothing. */
const totalsOf = (proof: Proof[number]): string => {
  const currency = proof.currency ?? '';
  const totals = (['a', 'b'] as const).flatMap(side =>
    (['total', 'matched', 'suggested', 'open'] as const).map(part =>
      line([
        `total ${part}`,
        '',
        '',
        '',
        side.toUpperCase(),
        '',
        String(proof[side][part].rows),
        '',
        proof[side][part].amount,
        currency,
        '',
        '',
        '',
        '',
        '',
      ]),
    ),
  );
  return [
    ...totals,
    line(['difference A less B', '', '', '', '', '', '', '', proof.difference, currency, '', '', '', '', '']),
    line(['of it matched', '', '', '', '', '', '', '', proof.matchedDifference, currency, '', '', '', '', '']),
    line(['of it suggested and open', '', '', '', '', '', '', '', proof.openDifference, currency, '', '', '', '', '']),
    line([
      'proof',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      currency,
      '',
      '',
      '',
      proof.foots ? 'the parts prove to zero' : 'the parts do not foot',
      '',
    ]),
  ].join('');
};
