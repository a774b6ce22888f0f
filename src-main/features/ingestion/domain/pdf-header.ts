import { isKnownCurrency } from './csv-currency.ts';
import { headerEvidence } from './csv-header-lexicon.ts';
import { cellsOf, type PdfLine, type PdfWord } from './pdf-lines.ts';

/** Parts a column of a statement plays. */
export type PdfRole =
  | 'bookingDate'
  | 'valueDate'
  | 'description'
  | 'reference'
  | 'type'
  | 'debit'
  | 'credit'
  | 'amount'
  | 'balance';
const ROLES: readonly PdfRole[] = [
  'bookingDate',
  'valueDate',
  'description',
  'reference',
  'type',
  'debit',
  'credit',
  'amount',
  'balance',
];
export const MONEY_ROLES: ReadonlySet<PdfRole> = new Set(['debit', 'credit', 'amount', 'balance']);
const LEAST = 0.6;
/** A currency as the header of a column: the amount, where nothing else is. */
const CURRENCY_EVIDENCE = 0.5;

/** A column by its header: the part it plays and where the header stands. */
export interface PdfColumn {
  readonly role: PdfRole;
  readonly name: string;
  /** How surely the name means the part, up to 1. */
  readonly evidence: number;
  readonly x0: number;
  readonly x1: number;
}

/** A header without the currency it is in: `Valor R$`, `£ Paid out`. */
const withoutSigns = (text: string): string => text.replace(/R\$|US\$|[$€£]/g, ' ').trim();

const roleOf = (text: string): { role: PdfRole; evidence: number } | null => {
  const name = withoutSigns(text);
  if (isKnownCurrency(name)) return { role: 'amount', evidence: CURRENCY_EVIDENCE };
  let best: { role: PdfRole; evidence: number } | null = null;
  for (const role of ROLES) {
    const evidence = headerEvidence(name, role);
    if (evidence >= LEAST && (best === null || evidence > best.evidence)) best = { role, evidence };
  }
  return best;
};

const LONGEST_PHRASE = 4;

/** Header phrases among the words of a line, longest first. */
const phrasesIn = (words: readonly PdfWord[], fontSize: number): { columns: PdfColumn[]; letters: number } => {
  const columns: PdfColumn[] = [];
  let letters = 0;
  for (let i = 0; i < words.length; ) {
    let taken = 0;
    for (let count = Math.min(LONGEST_PHRASE, words.length - i); count > 0 && taken === 0; count--) {
      const run = words.slice(i, i + count);
      if (run.some((word, k) => k > 0 && word.x0 - run[k - 1]!.x1 > 1.2 * fontSize)) continue;
      const name = run.map(word => word.text).join(' ');
      const found = roleOf(name);
      if (found === null) continue;
      columns.push({ ...found, name, x0: run[0]!.x0, x1: run.at(-1)!.x1 });
      letters += name.length;
      taken = count;
    }
    i += Math.max(1, taken);
  }
  return { columns, letters };
};

/** Cells of neighbouring lines that stand above each other, as one. */
const stacked = (lines: readonly PdfLine[]): PdfWord[] => {
  const cells: PdfWord[] = [];
  for (const line of lines)
    for (const cell of cellsOf(line.words, line.fontSize)) {
      const over = cells.findIndex(other => Math.min(other.x1, cell.x1) - Math.max(other.x0, cell.x0) > 0);
      const other = cells[over];
      if (other === undefined) cells.push(cell);
      else
        cells[over] = {
          text: `${other.text} ${cell.text}`,
          x0: Math.min(other.x0, cell.x0),
          x1: Math.max(other.x1, cell.x1),
        };
    }
  return cells.sort((a, b) => a.x0 - b.x0);
};

const isBooked = (role: PdfRole): boolean => MONEY_ROLES.has(role) && role !== 'balance';

/**
 * Two columns of dates: the one whose name says booking date plainer is it, of equals the first. `Valor` is the amount
 * where no other column is one. Other parts keep their first column; two of one kind of amount are no header.
 */
const settleTwins = (all: readonly PdfColumn[]): PdfColumn[] => {
  const booking = all.some(({ role, evidence }) => isBooked(role) && evidence > CURRENCY_EVIDENCE);
  const columns = booking ? all.filter(({ evidence }) => evidence > CURRENCY_EVIDENCE) : all;
  const settled: PdfColumn[] = [];
  for (const column of columns) {
    const at = settled.findIndex(other => other.role === column.role);
    if (at < 0) settled.push(column);
    else if (MONEY_ROLES.has(column.role)) return [];
    else if (column.role === 'bookingDate' && !settled.some(other => other.role === 'valueDate')) {
      const first = settled[at]!;
      if (column.evidence <= first.evidence) settled.push({ ...column, role: 'valueDate' });
      else {
        settled[at] = { ...first, role: 'valueDate' };
        settled.push(column);
      }
    }
  }
  const booked = settled.some(column => isBooked(column.role));
  return booked
    ? settled
    : settled.map(column =>
        column.role === 'valueDate' && headerEvidence(withoutSigns(column.name), 'amount') >= LEAST
          ? { ...column, role: 'amount' }
          : column,
      );
};

const isHeader = (columns: readonly PdfColumn[]): boolean => {
  const roles = new Set(columns.map(column => column.role));
  const money = [...roles].some(role => MONEY_ROLES.has(role));
  const others = roles.has('bookingDate') || roles.has('valueDate') || roles.has('description');
  const moneys = [...roles].filter(role => MONEY_ROLES.has(role)).length;
  return money && (others || moneys >= 2) && roles.size >= 2;
};

const score = (columns: readonly PdfColumn[]): number =>
  isHeader(columns) ? columns.length + columns.filter(column => MONEY_ROLES.has(column.role)).length : 0;

export interface PdfHeader {
  readonly columns: readonly PdfColumn[];
  /** Lines it takes, from the one asked for. */
  readonly lines: number;
}

/** The header that one line is by itself; no columns where it is none. */
const ofOneLine = (line: PdfLine): readonly PdfColumn[] => {
  const { columns, letters } = phrasesIn(line.words, line.fontSize);
  const all = line.words.reduce((sum, word) => sum + word.text.length, 0);
  return letters >= 0.5 * all ? settleTwins(columns) : [];
};

const ofStack = (lines: readonly PdfLine[]): readonly PdfColumn[] => {
  const cells = stacked(lines);
  const columns: PdfColumn[] = [];
  for (const cell of cells) {
    const found = roleOf(cell.text);
    if (found !== null) columns.push({ ...found, name: cell.text, x0: cell.x0, x1: cell.x1 });
  }
  return columns.length >= 0.6 * cells.length ? settleTwins(columns) : [];
};

/**
 * The header that begins at lines[at], of one line or of up to three set above each other where these say more than
 * each of them; null where there is none. Lines with digits are none.
 */
export const headerAt = (lines: readonly PdfLine[], at: number): PdfHeader | null => {
  const first = lines[at]!;
  if (/\d{2}/.test(first.text)) return null;
  let best: PdfHeader = { columns: ofOneLine(first), lines: 1 };
  let most = score(best.columns);
  for (let count = 2; count <= 3; count++) {
    const window = lines.slice(at, at + count);
    const last = window.at(-1);
    const before = window.at(-2);
    if (window.length < count || last === undefined || before === undefined || last.page !== first.page) break;
    if (/\d{2}/.test(last.text) || last.y - before.y > 1.6 * first.fontSize) break;
    most = Math.max(most, score(ofOneLine(last)));
    const columns = ofStack(window);
    if (score(columns) <= most) continue;
    most = score(columns);
    best = { columns, lines: count };
  }
  return score(best.columns) > 0 ? best : null;
};
