import { formatUnits } from '../../../../kernel/decimal.ts';
import { countOf, formatCount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest, TestContext } from '../forensic-test.ts';
import { decimalParameter, integerParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { type RowsByCode, rowsByCode } from '../rows-by-code.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';

/** A series with more gaps than this is numbered together with records that are not here: it gets one finding, not thousands. */
const MOST_GAP_FINDINGS = 1000;

/** Numbers missing between two neighbours: all of `from` … `to`. */
interface Gap {
  readonly from: number;
  readonly to: number;
}

interface Series {
  readonly name: string;
  readonly distinct: number;
  readonly missing: number;
  readonly gaps: readonly Gap[];
  /** Jumps wider than maximum-gap: the numbering went on elsewhere. */
  readonly jumps: readonly Gap[];
}

/** Sorted distinct values; by presence marks where they lie dense (no comparison), else by sorting. */
const sortedDistinct = (numbers: Float64Array): Float64Array => {
  let lowest = Infinity;
  let highest = -Infinity;
  for (const number of numbers) {
    if (number < lowest) lowest = number;
    if (number > highest) highest = number;
  }
  const span = highest - lowest + 1;
  const sorted = new Float64Array(numbers.length);
  let count = 0;
  if (span <= 32 * numbers.length) {
    const present = new Uint8Array(span);
    for (const number of numbers) present[number - lowest] = 1;
    for (let i = 0; i < span; i++) if (present[i] === 1) sorted[count++] = lowest + i;
  } else {
    const all = numbers.slice().sort();
    for (let i = 0; i < all.length; i++) if (i === 0 || all[i] !== all[i - 1]) sorted[count++] = all[i]!;
  }
  return sorted.subarray(0, count);
};

const examine = (name: string, numbers: Float64Array, maximumGap: number): Series => {
  const sorted = sortedDistinct(numbers);
  const gaps: Gap[] = [];
  const jumps: Gap[] = [];
  let missing = 0;
  for (let i = 1; i < sorted.length; i++) {
    const width = sorted[i]! - sorted[i - 1]! - 1;
    if (width === 0) continue;
    const gap = { from: sorted[i - 1]! + 1, to: sorted[i]! - 1 };
    if (width > maximumGap) jumps.push(gap);
    else {
      gaps.push(gap);
      missing += width;
    }
  }
  return { name, distinct: sorted.length, missing, gaps, jumps };
};

const rangeText = ({ from, to }: Gap): string => (from === to ? `${from}` : `${from} to ${to}`);

const titled = (name: string): string => (name === '' ? 'References of digits only' : `Series "${name}"`);

/** For each number next to a gap, the rows that carry it. */
const edgeRows = (gaps: readonly Gap[], rows: Uint32Array, numbers: Float64Array): Map<number, number[]> => {
  const edges = new Map<number, number[]>();
  for (const { from, to } of gaps) edges.set(from - 1, []).set(to + 1, []);
  for (let i = 0; i < rows.length; i++) edges.get(numbers[i]!)?.push(rows[i]!);
  return edges;
};

const rowsBeside = (gaps: readonly Gap[], edges: ReadonlyMap<number, readonly number[]>): Uint32Array => {
  const rows = new Set<number>();
  for (const { from, to } of gaps)
    for (const edge of [from - 1, to + 1]) for (const row of edges.get(edge) ?? []) rows.add(row);
  return Uint32Array.from(rows).sort();
};

const findingsOf = (series: Series, rows: Uint32Array, numbers: Float64Array, maximumGap: number): FindingDraft[] => {
  const { name, gaps, jumps, distinct, missing } = series;
  if (gaps.length + jumps.length === 0) return [];
  const edges = edgeRows([...gaps, ...jumps], rows, numbers);
  const fill = distinct / (distinct + missing);
  const findings: FindingDraft[] = [];
  if (gaps.length > MOST_GAP_FINDINGS)
    findings.push({
      key: JSON.stringify([name, 'many']),
      rows: rowsBeside(gaps, edges),
      severity: 'low',
      score: fill / 2,
      reason: `${titled(name)}: ${formatCount(missing)} numbers are missing in ${formatCount(gaps.length)} gaps. So many suggest that the numbers are shared with records that are not here.`,
    });
  else
    for (const gap of gaps) {
      const count = gap.to - gap.from + 1;
      findings.push({
        key: JSON.stringify([name, gap.from, gap.to]),
        rows: rowsBeside([gap], edges),
        severity: 'medium',
        score: fill,
        reason: `${titled(name)}: ${count === 1 ? 'number' : `${formatCount(count)} numbers,`} ${rangeText(gap)}${count === 1 ? ' is' : ', are'} missing between ${gap.from - 1} and ${gap.to + 1}.`,
      });
    }
  if (jumps.length > 0) {
    const examples = jumps.slice(0, 3).map(rangeText).join('; ');
    findings.push({
      key: JSON.stringify([name, 'jumps']),
      rows: rowsBeside(jumps, edges),
      severity: 'low',
      score: fill / 4,
      reason: `${titled(name)}: the numbering jumps by more than ${formatCount(maximumGap)} in ${countOf(jumps.length, 'place')} (${examples}${jumps.length > 3 ? '; …' : ''}).`,
    });
  }
  return findings;
};

const rowsOfSeries = (table: TransactionTable, context: TestContext): RowsByCode & { readonly unnumbered: number } => {
  const { codes, values } = requireColumn(table.series, 'reference');
  const numbers = requireColumn(table.seriesNumber, 'reference');
  const buckets = new Int32Array(table.rowCount);
  let unnumbered = 0;
  for (let row = 0; row < table.rowCount; row++) {
    reportProgress(context, row, table.rowCount, 0, 0.3);
    // The series without a text (digits only) is bucket 0.
    buckets[row] = Number.isNaN(numbers[row]) ? -1 : codes[row]! + 1;
    if (buckets[row] === -1) unnumbered++;
  }
  return { ...rowsByCode(buckets, values.length + 1), unnumbered };
};

/** Missing numbers in series of references. Spec: docs/specs/sequence-gap.md. */
export const sequenceGap: ForensicTest = {
  id: 'sequence-gap',
  version: '1.0.0',
  title: 'Gaps in a sequence',
  group: 'sequence',
  side: 'bank',
  needs: ['reference'],
  uses: [],
  parameters: [
    {
      name: 'minimum-members',
      kind: 'integer',
      default: '2',
      minimum: 2,
      maximum: 1_000_000,
      meaning: 'rows that a series needs to be tested',
    },
    {
      name: 'maximum-gap',
      kind: 'integer',
      default: '1000',
      minimum: 1,
      maximum: 1_000_000_000,
      meaning: 'missing numbers in one place beyond which it is a jump of the numbering, not a gap',
    },
    {
      name: 'minimum-fill',
      kind: 'decimal',
      default: '0.1',
      minimum: 0.0001,
      maximum: 1,
      meaning: 'share of the numbers that must be present for a series to count as consecutive',
    },
  ],
  explanations: ['immaterial'],
  run(table, parameters, context) {
    const minimumMembers = integerParameter(parameters, 'minimum-members');
    const maximumGap = integerParameter(parameters, 'maximum-gap');
    const fill = decimalParameter(parameters, 'minimum-fill');
    const minimumFill = fill.units / 10 ** fill.scale;
    const { values } = requireColumn(table.series, 'reference');
    const seriesNumbers = requireColumn(table.seriesNumber, 'reference');
    const { starts, rows, unnumbered } = rowsOfSeries(table, context);
    const numbers = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) numbers[i] = seriesNumbers[rows[i]!]!;
    const findings: FindingDraft[] = [];
    const figures = { tested: 0, small: 0, smallRows: 0, other: 0, otherRows: 0, gaps: 0, missing: 0, jumps: 0 };
    let largestOther = { name: '', rows: 0 };
    for (let bucket = 0; bucket <= values.length; bucket++) {
      reportProgress(context, bucket, values.length + 1, 0.4, 1);
      const members = starts[bucket + 1]! - starts[bucket]!;
      if (members === 0) continue;
      if (members < minimumMembers) {
        figures.small++;
        figures.smallRows += members;
        continue;
      }
      const own = numbers.subarray(starts[bucket]!, starts[bucket + 1]!);
      const series = examine(bucket === 0 ? '' : values[bucket - 1]!, own, maximumGap);
      const { distinct, missing } = series;
      if (distinct < minimumFill * (distinct + missing) || series.jumps.length > minimumFill * distinct) {
        figures.other++;
        figures.otherRows += members;
        if (members > largestOther.rows || (members === largestOther.rows && series.name < largestOther.name))
          largestOther = { name: series.name, rows: members };
        continue;
      }
      figures.tested++;
      figures.gaps += series.gaps.length;
      figures.missing += missing;
      figures.jumps += series.jumps.length;
      for (const finding of findingsOf(series, rows.subarray(starts[bucket]!, starts[bucket + 1]!), own, maximumGap))
        findings.push(finding);
    }
    return {
      population: {
        rows: table.rowCount,
        used: rows.length - figures.smallRows - figures.otherRows,
        excluded: [
          { reason: 'reference does not end in a number of at most 15 digits', count: unnumbered },
          { reason: `series of fewer than ${minimumMembers} rows`, count: figures.smallRows },
          { reason: 'series that is not numbered consecutively', count: figures.otherRows },
        ].filter(group => group.count > 0),
      },
      statistics: {
        seriesTested: figures.tested,
        seriesTooSmall: figures.small,
        seriesNotConsecutive: figures.other,
        gaps: figures.gaps,
        missingNumbers: figures.missing,
        jumps: figures.jumps,
      },
      bins: [],
      findings: inReportOrder(findings),
      limits: [
        'Numbers missing before the first or after the last of a series cannot be seen.',
        ...(figures.other > 0
          ? [
              `${countOf(figures.other, 'series', 'series')} (${countOf(figures.otherRows, 'row')}) ${figures.other === 1 ? 'was' : 'were'} not tested: fewer than ${formatUnits(fill.units * 100, fill.scale, 0)} % of the numbers are there, or the numbering jumps too often. The largest: ${titled(largestOther.name)}, ${countOf(largestOther.rows, 'row')}.`,
            ]
          : []),
      ],
    };
  },
};
