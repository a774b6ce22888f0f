import { MONEY_ROLES, type PdfColumn, type PdfRole } from './pdf-header.ts';
import type { PdfMoney } from './pdf-money.ts';

export type MoneyRole = 'debit' | 'credit' | 'amount' | 'balance';
export type AssignedMoney = Partial<Record<MoneyRole, PdfMoney>>;

/** Where the amounts of a table stand. */
export interface MoneyLayout {
  /**
   * `aligned`: each in the column it stands in. `trailing`: the amounts at the end of a line, in order, for the line is
   * set as running text.
   */
  readonly mode: 'aligned' | 'trailing';
  readonly columns: readonly (PdfColumn & { readonly role: MoneyRole })[];
  /** What gives the columns their parts. */
  readonly by: 'header' | 'position';
}

/** An amount belongs to a column whose header it stands under or no farther beside than this (points). */
const REACH = 28;
const FLUSH = 5;

const distance = (money: PdfMoney, column: PdfColumn): number => {
  if (Math.abs(money.x1 - column.x1) <= FLUSH) return 0;
  const gap = Math.max(column.x0 - money.x1, money.x0 - column.x1, 0);
  return gap + 0.05 * Math.min(Math.abs(money.x1 - column.x1), Math.abs(money.x0 - column.x0));
};

/** The parts that the amounts of a line play. Amounts in no column are text. */
export const assignMoney = (monies: readonly PdfMoney[], wordCount: number, layout: MoneyLayout): AssignedMoney => {
  if (layout.mode === 'trailing') return trailing(monies, wordCount, layout);
  const assigned: AssignedMoney = {};
  const reach = layout.by === 'position' ? 2 * FLUSH : REACH;
  for (const money of monies) {
    let best: MoneyRole | null = null;
    let least = reach;
    for (const column of layout.columns) {
      const far = distance(money, column);
      if (far < least) {
        least = far;
        best = column.role;
      }
    }
    if (best === null) continue;
    // The amount farther right is the column's; one before it belongs to the text.
    assigned[best] = money;
  }
  return assigned;
};

const trailing = (monies: readonly PdfMoney[], wordCount: number, layout: MoneyLayout): AssignedMoney => {
  const run: PdfMoney[] = [];
  let end = wordCount - 1;
  for (let i = monies.length - 1; i >= 0 && monies[i]!.last === end && run.length < 3; i--) {
    run.unshift(monies[i]!);
    end = monies[i]!.first - 1;
  }
  const roles = layout.columns.map(column => column.role);
  const wanted = roles.length === 0 ? 1 : roles.length;
  const taken = run.slice(-wanted);
  if (taken.length === 0) return {};
  if (taken.length === roles.length) return Object.fromEntries(roles.map((role, i) => [role, taken[i]!]));
  // Debit or credit, of which only one is filled, before the balance: which of them the balance must tell.
  const hasBalance = roles.at(-1) === 'balance';
  if (taken.length === 2 && hasBalance) return { amount: taken[0]!, balance: taken[1]! };
  return { amount: taken[0]! };
};

/** Amounts of a line that begins with a date. */
export interface SampleLine {
  readonly monies: readonly PdfMoney[];
  readonly words: number;
}

const LEAST_ALIGNED = 0.65;

/** Right edges that several lines share, left to right, with how many lines. */
const edgesOf = (samples: readonly SampleLine[]): { x0: number; x1: number; lines: number }[] => {
  const edges: { x0: number; x1: number; lines: number }[] = [];
  for (const money of samples.flatMap(sample => sample.monies)) {
    const near = edges.find(edge => Math.abs(edge.x1 - money.x1) <= FLUSH);
    if (near === undefined) edges.push({ x0: money.x0, x1: money.x1, lines: 1 });
    else {
      near.lines++;
      near.x0 = Math.min(near.x0, money.x0);
    }
  }
  return edges.filter(edge => edge.lines >= Math.max(2, 0.04 * samples.length)).sort((a, b) => a.x1 - b.x1);
};

/** Edges of one column differ by no more than this (points); ends of running text fall anywhere. */
const TRUE_EDGE = 1.5;
const MOST_EDGES = 4;

/** True where the last amounts of the lines stand in columns (flush right or left). */
export const areAligned = (samples: readonly SampleLine[]): boolean => {
  const last = samples.map(sample => sample.monies.at(-1)).filter(money => money !== undefined);
  const share = (edge: (money: PdfMoney) => number): number => {
    const sorted = last.map(edge).sort((a, b) => a - b);
    const runs: number[] = [];
    for (const [i, at] of sorted.entries()) {
      if (i > 0 && at - sorted[i - 1]! <= TRUE_EDGE / 3) runs[runs.length - 1]!++;
      else runs.push(1);
    }
    const top = runs
      .filter(count => count > 1)
      .sort((a, b) => b - a)
      .slice(0, MOST_EDGES);
    return top.reduce((sum, count) => sum + count, 0) / Math.max(1, last.length);
  };
  return last.length < 4 || share(money => money.x1) >= LEAST_ALIGNED || share(money => money.x0) >= LEAST_ALIGNED;
};

const column = (role: MoneyRole, edge: { x0: number; x1: number }): MoneyLayout['columns'][number] => ({
  role,
  name: '',
  evidence: 0,
  ...edge,
});

/** Where amounts stand, by the header and by the lines that begin with a date (`aligned`: see `areAligned`). */
export const layoutOf = (
  header: readonly PdfColumn[],
  samples: readonly SampleLine[],
  aligned: boolean,
): MoneyLayout => {
  const named = header.filter((each): each is PdfColumn & { role: MoneyRole } => isMoney(each.role));
  if (named.length > 0) return { mode: aligned ? 'aligned' : 'trailing', columns: named, by: 'header' };
  if (!aligned) {
    const most = samples.reduce((max, sample) => Math.max(max, sample.monies.length), 0);
    const roles: MoneyRole[] =
      most >= 2 && samples.filter(s => s.monies.length >= 2).length > 0.8 * samples.length
        ? ['amount', 'balance']
        : ['amount'];
    return { mode: 'trailing', columns: roles.map(role => column(role, { x0: 0, x1: 0 })), by: 'position' };
  }
  if (samples.length < 2) return { mode: 'trailing', columns: [column('amount', { x0: 0, x1: 0 })], by: 'position' };
  const edges = edgesOf(samples).slice(-3);
  const both = samples.filter(sample => sample.monies.length >= 2).length;
  if (edges.length === 0) return { mode: 'trailing', columns: [column('amount', { x0: 0, x1: 0 })], by: 'position' };
  if (edges.length === 1) return { mode: 'aligned', columns: [column('amount', edges[0]!)], by: 'position' };
  if (edges.length === 2) {
    const roles: readonly MoneyRole[] = both > 0.3 * samples.length ? ['amount', 'balance'] : ['debit', 'credit'];
    return { mode: 'aligned', columns: edges.map((edge, i) => column(roles[i]!, edge)), by: 'position' };
  }
  const roles: readonly MoneyRole[] = ['debit', 'credit', 'balance'];
  return { mode: 'aligned', columns: edges.map((edge, i) => column(roles[i]!, edge)), by: 'position' };
};

const isMoney = (role: PdfRole): role is MoneyRole => MONEY_ROLES.has(role);

/** The amount of a line that is booked. */
export interface Booked {
  readonly money: PdfMoney;
  readonly column: 'debit' | 'credit' | 'amount';
}

/** The booked amount of a line; a zero beside the other side is none. */
export const bookedOf = ({ debit, credit, amount }: AssignedMoney): Booked | 'both' | null => {
  const filled = [
    debit === undefined ? null : ({ money: debit, column: 'debit' } as const),
    credit === undefined ? null : ({ money: credit, column: 'credit' } as const),
    amount === undefined ? null : ({ money: amount, column: 'amount' } as const),
  ].filter(each => each !== null);
  const nonzero = filled.filter(each => each.money.units !== 0);
  if (nonzero.length > 1) return 'both';
  return nonzero[0] ?? filled[0] ?? null;
};
