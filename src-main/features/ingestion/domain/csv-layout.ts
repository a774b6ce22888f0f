import type { TextCodec } from '../../../kernel/text.ts';
import { looksLikeAmount, looksLikeDate } from './csv-column-profile.ts';
import { namesAnyRole } from './csv-header-lexicon.ts';
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
  let single = 0;
  const length = Math.min(head.length, 65_536);
  const boundary = (byte: number | undefined): boolean =>
    byte === undefined || byte === 10 || byte === 13 || byte === 44 || byte === 59 || byte === 9 || byte === 124;
  for (let i = 0; i < length; i++) {
    if (head[i] === 34) double++;
    else if (head[i] === 39 && (boundary(head[i - 1]) || boundary(head[i + 1]))) single++;
  }
  return double === 0 && single >= 4 ? "'" : '"';
};

export interface HeaderGuess {
  /** Index into the sample of the first header record, -1 when there is none. */
  readonly index: number;
  /** Records the header spans. */
  readonly span: number;
  readonly confidence: number;
  readonly reason: string;
}

const isData = (fields: readonly string[]): boolean =>
  fields.some(field => looksLikeDate(field) || looksLikeAmount(field));

/** True for a record with both a date and an amount. */
export const isTransaction = (fields: readonly string[]): boolean =>
  fields.some(looksLikeDate) && fields.some(looksLikeAmount);

/** Finds the header: the record of words right above the data, names of the lexicon counting most. */
export const detectHeader = (records: readonly SampleRecord[]): HeaderGuess => {
  const usual = usualFieldCount(records);
  const first = records.slice(0, 200);
  let best: HeaderGuess = { index: -1, span: 0, confidence: 0.7, reason: 'no record of names above the data' };
  let bestScore = 0;
  let dataRecords = 0;
  for (const [index, { fields }] of first.entries()) {
    if (isBlank(fields)) continue;
    const named = fields.filter(namesAnyRole).length;
    const filled = fields.filter(field => field.trim() !== '').length;
    const data = fields.filter(field => looksLikeDate(field) || looksLikeAmount(field)).length;
    const wide = fields.length >= Math.min(usual, 2) && (usual < 3 || filled >= Math.min(usual, 3) - 1);
    if (data === 0 && wide && named > 0) {
      const score = named + (fields.length === usual ? 1 : 0) + named / filled - index * 0.01;
      if (score > bestScore && (named >= 2 || fields.length === usual)) {
        bestScore = score;
        best = {
          index,
          span: 1,
          confidence: Math.min(0.99, 0.6 + named * 0.1),
          reason: `${named} of ${filled} cells are known column names`,
        };
      }
    }
    // Names are looked for above the data only: a header found below would turn transactions into preamble.
    if (data > 0 && fields.length === usual && (bestScore > 0 || ++dataRecords > 2 || isTransaction(fields))) break;
  }
  if (best.index < 0) {
    const index = records.findIndex(record => !isBlank(record.fields));
    const top = records[index];
    const below = records.slice(index + 1, index + 30).filter(record => !isBlank(record.fields));
    if (
      top &&
      below.length > 0 &&
      top.fields.length === usual &&
      !isData(top.fields) &&
      below.filter(record => isData(record.fields)).length > below.length / 2
    )
      best = { index, span: 1, confidence: 0.6, reason: 'the first record holds words only, the next ones data' };
  }
  if (best.index >= 0) {
    const next = records[best.index + 1];
    const after = records[best.index + 2];
    if (
      next &&
      after &&
      !isBlank(next.fields) &&
      next.fields.length === records[best.index]!.fields.length &&
      !isData(next.fields) &&
      next.fields.filter(namesAnyRole).length >= 1 &&
      next.fields.every(field => field.length < 40) &&
      isData(after.fields)
    )
      best = { ...best, span: 2 };
  }
  return best;
};
