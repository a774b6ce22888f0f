import type { TextCodec } from '../../../kernel/text.ts';
import { looksLikeAmount, looksLikeDate } from './csv-column-profile.ts';
import { isBlank, type SampleRecord, sampleRecords } from './csv-sample.ts';

/** Delimiters that are looked for, the commonest first. */
export const DELIMITERS = [',', ';', '\t', '|', '^', '~', '\u001f'] as const;

const PROBE_RECORDS = 120;

/** The most frequent number of fields among records that are not blank (the larger one of a tie). */
export const usualFieldCount = (records: readonly SampleRecord[]): number => {
  const counts = new Map<number, number>();
  for (const { fields } of records)
    if (!isBlank(fields)) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  let best = 1;
  let frequency = 0;
  for (const [fields, count] of counts)
    if (count > frequency || (count === frequency && fields > best)) {
      best = fields;
      frequency = count;
    }
  return best;
};

export interface DelimiterGuess {
  readonly delimiter: string;
  readonly confidence: number;
  readonly reason: string;
}

const SEPARATOR_LINE = /^(?:"sep=(.)"|sep=(.))[^\S\t]*$/i;

/** The delimiter that a first line `sep=;`, as spreadsheets write it, states; null where there is none. */
export const statedSeparator = (head: Uint8Array, codec: TextCodec): string | null => {
  const end = head.findIndex(byte => byte === 10 || byte === 13);
  if (end < 0 || end > 8) return null;
  const line = SEPARATOR_LINE.exec(codec.slice(head, 0, end));
  return line?.[1] ?? line?.[2] ?? null;
};

/**
 * The delimiter under which the head falls into records of equal length whose columns hold dates and amounts.
 * A file of one column has none; then a comma is assumed.
 */
export const detectDelimiter = (
  head: Uint8Array,
  whole: boolean,
  quote: string | null,
  codec: TextCodec,
): DelimiterGuess => {
  const stated = statedSeparator(head, codec);
  if (stated !== null && DELIMITERS.some(delimiter => delimiter === stated))
    return { delimiter: stated, confidence: 1, reason: `the first line says sep=${stated}` };
  const probe = head.subarray(0, 65_536);
  let best: DelimiterGuess = { delimiter: ',', confidence: 0.3, reason: 'no delimiter found: one column' };
  let bestScore = 0;
  let second = 0;
  for (const delimiter of DELIMITERS) {
    const records = sampleRecords(
      probe,
      whole && probe.length === head.length,
      delimiter,
      quote,
      codec,
      PROBE_RECORDS,
    ).filter(record => !isBlank(record.fields));
    if (records.length === 0) continue;
    const usual = usualFieldCount(records);
    if (usual < 2) continue;
    const regular = records.filter(record => record.fields.length === usual);
    const share = regular.length / records.length;
    let dated = 0;
    let priced = 0;
    for (const { fields } of regular) {
      if (fields.some(looksLikeDate)) dated++;
      if (fields.some(looksLikeAmount)) priced++;
    }
    const score =
      share * (1 + Math.min(usual, 12) / 24) + 0.5 * (dated / regular.length) + 0.5 * (priced / regular.length);
    if (score > bestScore) {
      second = bestScore;
      bestScore = score;
      best = {
        delimiter,
        confidence: 0,
        reason: `${regular.length} of the first ${records.length} records have ${usual} fields`,
      };
    } else second = Math.max(second, score);
  }
  if (bestScore === 0) return best;
  return { ...best, confidence: Math.max(0.3, Math.min(0.99, 0.5 + (bestScore - second) / 2)) };
};

/** The quote character: the double one unless fields are plainly wrapped in single ones. */
export const detectQuote = (head: Uint8Array): string => {
  let double = 0;
  let opening = 0;
  let closing = 0;
  const length = Math.min(head.length, 65_536);
  const boundary = (byte: number | undefined): boolean =>
    byte === undefined || byte === 10 || byte === 13 || byte === 44 || byte === 59 || byte === 9 || byte === 124;
  for (let i = 0; i < length; i++) {
    if (head[i] === 34) double++;
    else if (head[i] === 39) {
      if (boundary(head[i - 1])) opening++;
      if (boundary(head[i + 1])) closing++;
    }
  }
  // Apostrophes that only open are how spreadsheets mark text.
  return double === 0 && opening >= 2 && closing >= 0.9 * opening ? "'" : '"';
};
