import type { PostingKind } from './hledger-account.ts';
import type { PostingValue } from './hledger-amount.ts';
import { DATE, type WrittenDate } from './hledger-dates.ts';
import type { RecordPlace } from './statement-sink.ts';

export type EntryStatus = '' | 'cleared' | 'pending';

/** The first line of a journal entry. */
interface EntryHeading {
  readonly date: WrittenDate;
  readonly secondary: WrittenDate | null;
  readonly status: EntryStatus;
  readonly code: string;
  readonly payee: string;
  /** What stands behind `|`; the payee where there is no `|`. */
  readonly text: string;
}

/** A posting as read from its line; amounts are settled when the journal has been read. */
export interface WrittenPosting {
  readonly place: RecordPlace;
  readonly raw: string;
  readonly account: string;
  readonly kind: PostingKind;
  readonly status: EntryStatus;
  readonly value: PostingValue;
  readonly defaultCommodity: string | null;
  comment: string;
  date: WrittenDate | null;
  secondary: WrittenDate | null;
}

export interface WrittenEntry {
  readonly heading: EntryHeading;
  readonly row: number;
  readonly ordinal: number;
  readonly postings: WrittenPosting[];
  /** Whether a posting of it could not be read. */
  incomplete: boolean;
}

const statusOf = (sign: string | undefined): EntryStatus => (sign === '*' ? 'cleared' : sign === '!' ? 'pending' : '');

/** Takes apart `DATE[=DATE2] [*|!] [(CODE)] PAYEE[ | NOTE] [; COMMENT]`; null where the line begins with no date. */
export const entryHeading = (line: string, defaultYear: number | null): EntryHeading | null => {
  const date = dateAt(line, 0);
  if (date === null) return null;
  let at = date.length;
  let secondary: string | null = null;
  if (line[at] === '=') {
    secondary = dateAt(line, at + 1);
    if (secondary === null) return null;
    at += 1 + secondary.length;
  }
  if (at < line.length && !/\s/.test(line[at]!)) return null;
  const rest = /^\s*(?:([*!])\s*)?(?:\(([^)]*)\)\s*)?([^;]*)/.exec(line.slice(at))!;
  const description = rest[3]!.trim();
  const bar = description.indexOf('|');
  const payee = bar < 0 ? description : description.slice(0, bar).trim();
  return {
    date: { text: date, defaultYear },
    secondary: secondary === null ? null : { text: secondary, defaultYear },
    status: statusOf(rest[1]),
    code: (rest[2] ?? '').trim(),
    payee,
    text: bar < 0 ? description : description.slice(bar + 1).trim(),
  };
};

interface PostingLine {
  readonly status: EntryStatus;
  /** With its brackets. */
  readonly account: string;
  readonly value: string;
  readonly comment: string;
}

/** Takes apart `[*|!] ACCOUNT  VALUE [; COMMENT]`: the account ends at two blanks or a tab. */
export const postingLine = (text: string): PostingLine => {
  const status = /^([*!])\s*/.exec(text);
  const rest = status === null ? text : text.slice(status[0].length);
  const end = /[ \u00a0]{2}|\t| \t/.exec(rest)?.index ?? rest.length;
  const behind = rest.slice(end).trim();
  const comment = commentAt(behind);
  return {
    status: statusOf(status?.[1]),
    account: rest.slice(0, end).trim(),
    value: (comment < 0 ? behind : behind.slice(0, comment)).trim(),
    comment: comment < 0 ? '' : behind.slice(comment + 1).trim(),
  };
};

/** Where the comment begins: the first `;` outside a quoted commodity. */
const commentAt = (text: string): number => {
  let inQuotes = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') inQuotes = !inQuotes;
    else if (text[at] === ';' && !inQuotes) return at;
  }
  return -1;
};

/** Dates that a posting's comment sets: `[2004/01/01=2004/02/01]` (ledger), `date:2004-01-01`, `date2:…` (hledger). */
export const commentDates = (
  comment: string,
  defaultYear: number | null,
): { readonly date: WrittenDate | null; readonly secondary: WrittenDate | null; readonly text: string } => {
  let date: string | null = null;
  let secondary: string | null = null;
  const text = comment
    .replace(/\[([\d/.-]+)?(?:=([\d/.-]+))?\]/g, (whole, first?: string, second?: string) => {
      if (![first, second].some(each => each !== undefined && isDate(each))) return whole;
      if (first !== undefined && isDate(first)) date = first;
      if (second !== undefined && isDate(second)) secondary = second;
      return '';
    })
    .replace(/\b(date2?):\s*([\d/.-]+)(?:\s*,)?/g, (whole, tag: string, value: string) => {
      if (!isDate(value)) return whole;
      if (tag === 'date') date = value;
      else secondary = value;
      return '';
    })
    .trim();
  const written = (value: string | null): WrittenDate | null => (value === null ? null : { text: value, defaultYear });
  return { date: written(date), secondary: written(secondary), text };
};

const dateAt = (text: string, at: number): string | null => {
  DATE.lastIndex = at;
  return DATE.exec(text)?.[0] ?? null;
};

const isDate = (text: string): boolean => dateAt(text, 0) === text;
