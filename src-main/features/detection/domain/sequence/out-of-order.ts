import { isoDate, UNKNOWN_DAY } from '../../../../kernel/civil-date.ts';
import { countOf, formatCount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest } from '../forensic-test.ts';
import { integerParameter } from '../parameters.ts';
import { mostFindingsParameter, strongestLeads } from '../strongest-leads.ts';
import { requireColumn } from '../transaction-table.ts';
import { type DatedNumber, longestOrder } from './longest-order.ts';
import { forEachSeries, type SeriesRows, titledSeries } from './series-rows.ts';

/** A number out of order, the number in order that it contradicts, and by how many days. */
interface Displaced {
  readonly element: DatedNumber;
  readonly neighbour: DatedNumber;
  readonly days: number;
}

interface SeriesLead {
  readonly score: number;
  readonly key: string;
  readonly numbering: SeriesRows;
  readonly displaced: readonly Displaced[];
  readonly members: number;
}

/** Each (day, number) of the rows once, by day and then by number. */
const datedNumbers = (rows: Uint32Array, days: Int32Array, numbers: Float64Array): DatedNumber[] => {
  const sorted = [...rows].sort((a, b) => days[a]! - days[b]! || numbers[a]! - numbers[b]!);
  const elements: { day: number; number: number; rows: number[] }[] = [];
  for (const row of sorted) {
    const last = elements.at(-1);
    if (last !== undefined && last.day === days[row] && last.number === numbers[row]) last.rows.push(row);
    else elements.push({ day: days[row]!, number: numbers[row]!, rows: [row] });
  }
  return elements;
};

/** The rows with a known day; the same rows where all have one. */
const datedRows = (rows: Uint32Array, days: Int32Array): Uint32Array => {
  for (let i = 0; i < rows.length; i++)
    if (days[rows[i]!] === UNKNOWN_DAY) return rows.filter(row => days[row] !== UNKNOWN_DAY);
  return rows;
};

/** True where the rows stand by day and no number lies below one of an earlier day: the usual case, told without sorting. */
const isInOrder = (rows: Uint32Array, days: Int32Array, numbers: Float64Array): boolean => {
  let day = days[rows[0]!]!;
  let highestBefore = -Infinity;
  let highest = -Infinity;
  for (let i = 0; i < rows.length; i++) {
    const own = days[rows[i]!]!;
    const number = numbers[rows[i]!]!;
    if (own < day) return false;
    if (own > day) {
      day = own;
      highestBefore = highest;
    }
    if (number < highestBefore) return false;
    if (number > highest) highest = number;
  }
  return true;
};

/** Index of the first of `order` (ascending numbers) whose number is at least this; its length where there is none. */
const firstAtLeast = (order: readonly DatedNumber[], number: number): number => {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (order[middle]!.number < number) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** By how much each element that is not kept contradicts the kept numbers next to it. */
const displacedOf = (elements: readonly DatedNumber[], kept: readonly number[]): Displaced[] => {
  const order = kept.map(i => elements[i]!);
  const inOrder = new Set(kept);
  return elements.flatMap((element, i) => {
    if (inOrder.has(i)) return [];
    const below = order[firstAtLeast(order, element.number) - 1];
    const above = order[firstAtLeast(order, element.number + 1)];
    const early = below === undefined ? 0 : below.day - element.day;
    const late = above === undefined ? 0 : element.day - above.day;
    if (early <= 0 && late <= 0) return [];
    return early >= late ? [{ element, neighbour: below!, days: early }] : [{ element, neighbour: above!, days: late }];
  });
};

/** Numbers of a series that fall while the days go on. Spec: docs/specs/out-of-order.md. */
export const outOfOrder: ForensicTest = {
  id: 'out-of-order',
  version: '1.0.0',
  title: 'Numbers out of order',
  group: 'sequence',
  side: 'bank',
  needs: ['reference', 'date'],
  uses: ['account'],
  parameters: [
    {
      name: 'minimum-members',
      kind: 'integer',
      default: '3',
      minimum: 2,
      maximum: 1_000_000,
      meaning: 'rows that a series needs to be tested',
    },
    {
      name: 'days',
      kind: 'integer',
      default: '1',
      minimum: 1,
      maximum: 100_000,
      meaning: 'by how many days a number must contradict its neighbour to be reported',
    },
    {
      name: 'most-displaced',
      kind: 'integer',
      default: '34',
      minimum: 1,
      maximum: 100,
      meaning: 'percent of a series beyond which its numbers do not follow time at all: it is not tested',
    },
    mostFindingsParameter(200),
  ],
  explanations: ['immaterial'],
  run(table, parameters, context) {
    const minimumMembers = integerParameter(parameters, 'minimum-members');
    const leastDays = integerParameter(parameters, 'days');
    const mostDisplaced = integerParameter(parameters, 'most-displaced');
    const days = requireColumn(table.bookingDay, 'date');
    const numbers = requireColumn(table.seriesNumber, 'reference');
    const leads: SeriesLead[] = [];
    const figures = { seriesTested: 0, seriesTooSmall: 0, seriesNotInTime: 0, outOfOrder: 0 };
    const excluded = { undated: 0, small: 0, untimed: 0 };
    let largest = { name: '', rows: 0 };
    const { unnumbered } = forEachSeries(table, context, numbering => {
      const dated = datedRows(numbering.rows, days);
      excluded.undated += numbering.rows.length - dated.length;
      if (dated.length === 0) return;
      if (dated.length < minimumMembers) {
        figures.seriesTooSmall++;
        excluded.small += dated.length;
        return;
      }
      if (isInOrder(dated, days, numbers)) {
        figures.seriesTested++;
        return;
      }
      const elements = datedNumbers(dated, days, numbers);
      const kept = longestOrder(elements);
      if ((elements.length - kept.length) * 100 > mostDisplaced * elements.length) {
        figures.seriesNotInTime++;
        excluded.untimed += dated.length;
        const name = titledSeries(numbering);
        if (dated.length > largest.rows || (dated.length === largest.rows && name < largest.name))
          largest = { name, rows: dated.length };
        return;
      }
      figures.seriesTested++;
      const displaced = displacedOf(elements, kept).filter(({ days: by }) => by >= leastDays);
      if (displaced.length === 0) return;
      figures.outOfOrder += displaced.length;
      const key = JSON.stringify([numbering.series, numbering.account]);
      leads.push({ score: kept.length / elements.length, key, numbering, displaced, members: dated.length });
    });
    const { listed, limits } = strongestLeads(leads, integerParameter(parameters, 'most-findings'));
    return {
      population: {
        rows: table.rowCount,
        used: table.rowCount - unnumbered - excluded.undated - excluded.small - excluded.untimed,
        excluded: [
          { reason: 'reference does not end in a number of at most 15 digits', count: unnumbered },
          { reason: 'date is unknown', count: excluded.undated },
          { reason: `series of fewer than ${minimumMembers} dated rows`, count: excluded.small },
          { reason: 'series whose numbers do not follow time', count: excluded.untimed },
        ].filter(group => group.count > 0),
      },
      statistics: { ...figures, seriesFlagged: leads.length },
      bins: [],
      findings: inReportOrder(listed.map(draft)),
      limits: [
        'The day is that of booking or payment: documents numbered in order may be booked in another.',
        ...(table.account === null
          ? ['No column account: numberings of several accounts with equal texts were taken as one.']
          : []),
        ...(figures.seriesNotInTime > 0
          ? [
              `${countOf(figures.seriesNotInTime, 'series', 'series')} (${countOf(excluded.untimed, 'row')}) ${figures.seriesNotInTime === 1 ? 'was' : 'were'} not tested: more than ${mostDisplaced} % of the numbers are out of order. The largest: ${largest.name}, ${countOf(largest.rows, 'row')}.`,
            ]
          : []),
        ...limits,
      ],
    };
  },
};

/** One finding a series: the rows out of order and, of each, the neighbour it contradicts. */
const draft = ({ key, score, numbering, displaced, members }: SeriesLead): FindingDraft => {
  const worst = displaced.reduce((a, b) => (b.days > a.days ? b : a));
  const { element, neighbour } = worst;
  const rows = new Set(displaced.flatMap(one => [...one.element.rows, ...one.neighbour.rows]));
  const example = `number ${element.number} is of ${isoDate(element.day)}, number ${neighbour.number} of ${isoDate(neighbour.day)} (${countOf(worst.days, 'day')})`;
  return {
    key,
    rows: Uint32Array.from(rows).sort(),
    severity: worst.days > 31 ? 'medium' : 'low',
    score,
    reason:
      displaced.length === 1
        ? `${titledSeries(numbering)}: ${example}; the other ${formatCount(members - element.rows.length)} rows are in order.`
        : `${titledSeries(numbering)}: ${formatCount(displaced.length)} numbers of ${countOf(members, 'row')} are out of order, the farthest: ${example}.`,
  };
};
