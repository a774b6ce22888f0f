import { powerOfTen } from '../../../../kernel/decimal.ts';
import type { CodedColumn } from '../../../../kernel/dictionary.ts';
import { countOf, describeRow, formatCount } from '../figures.ts';
import type { ForensicTest } from '../forensic-test.ts';
import { decimalParameter, integerParameter, listParameter, textParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import type { TransactionTable } from '../transaction-table.ts';
import { largest, leadFindings } from './lead-findings.ts';
import { columnNamed } from './named-columns.ts';
import { measure, peerDeviations } from './peer-deviations.ts';
import { peerGroups } from './peer-groups.ts';

const DEFAULT_GROUPS = ['category', 'type', 'party'] as const;

/** Currencies as peers: rows that state none are peers of each other, and of no others. */
const currencyPeers = ({ codes, values }: CodedColumn): CodedColumn => ({
  codes: codes.map(code => (code < 0 ? values.length : code)),
  values: [...values, 'no currency stated'],
});

/** Columns of the parameter, else the first of category, type and party that the table has, with the currency beside it. */
const groupColumns = (table: TransactionTable, asked: readonly string[]) => {
  const names = asked.length > 0 ? asked : DEFAULT_GROUPS.filter(name => columnNamed(table, name) !== null).slice(0, 1);
  const missing = names.filter(name => columnNamed(table, name) === null);
  const used = names.filter(name => !missing.includes(name));
  const currency = table.currency === null || used.includes('currency') ? [] : [currencyPeers(table.currency)];
  return { used, missing, columns: [...used.flatMap(name => columnNamed(table, name) ?? []), ...currency] };
};

const figure = (value: number): string => String(Number(value.toPrecision(6)));

/** Amounts or unit prices far from what is usual among their peers: leads. Spec: docs/specs/peer-group-outlier.md. */
export const peerGroupOutlier: ForensicTest = {
  id: 'peer-group-outlier',
  version: '1.1.0',
  title: 'Outlier in its peer group',
  group: 'outliers',
  side: 'bank',
  needs: ['amount'],
  uses: ['category', 'type', 'party', 'currency', 'date'],
  parameters: [
    {
      name: 'group',
      kind: 'columns',
      default: '',
      meaning: 'columns that make rows peers; none: category, else type, else party',
    },
    {
      name: 'quantity',
      kind: 'columns',
      default: '',
      meaning: 'column of the quantity: then unit prices are compared, not amounts',
    },
    {
      name: 'scale',
      kind: 'choice',
      default: 'log',
      choices: ['log', 'plain'],
      meaning: 'compare logarithms (ratios) or plain differences',
    },
    {
      name: 'spread',
      kind: 'choice',
      default: 'iqr',
      choices: ['iqr', 'mad'],
      meaning: 'spread of a group: interquartile range or median absolute deviation',
    },
    {
      name: 'least',
      kind: 'integer',
      default: '10',
      minimum: 2,
      maximum: 1_000_000,
      meaning: 'rows a group must have to be compared',
    },
    {
      name: 'deviations',
      kind: 'decimal',
      default: '3',
      minimum: 0,
      maximum: 1_000_000,
      meaning: 'a lead lies more than this many robust standard deviations from the median',
    },
    {
      name: 'leads',
      kind: 'integer',
      default: '1000',
      minimum: 1,
      maximum: 1_000_000,
      meaning: 'rows that become leads, at most; rows that are equal in all that is compared are one lead',
    },
  ],
  explanations: ['customary-amount', 'fixed-tariff', 'recurring', 'immaterial'],
  run(table, parameters, context) {
    context.progress(0);
    const { used, missing, columns } = groupColumns(table, listParameter(parameters, 'group'));
    const quantityName = listParameter(parameters, 'quantity')[0] ?? null;
    const quantity = quantityName === null ? null : columnNamed(table, quantityName);
    const isLog = textParameter(parameters, 'scale') === 'log';
    const { what, values, excluded } = measure(table, quantity, isLog);
    const { codes, names } = peerGroups(columns, table.rowCount);
    const method = textParameter(parameters, 'spread') === 'mad' ? 'mad' : 'iqr';
    const least = integerParameter(parameters, 'least');
    const scored = peerDeviations(values, codes, names.length, method, least, group =>
      reportProgress(context, group, names.length, 0.2, 0.8),
    );
    let outside = 0;
    let compared = 0;
    for (let row = 0; row < table.rowCount; row++) {
      if (!Number.isNaN(scored.deviations[row]!)) compared++;
      else if (!Number.isNaN(values[row]!) && codes[row] === -1) outside++;
    }
    const threshold = decimalParameter(parameters, 'deviations');
    const most = integerParameter(parameters, 'leads');
    const limit = threshold.units / powerOfTen(threshold.scale);
    let above = 0;
    const beyond = scored.deviations;
    for (let row = 0; row < beyond.length; row++) {
      if (beyond[row]! > limit) above++;
      else beyond[row] = Number.NaN;
    }
    const candidates = Array.from(largest(beyond, most), row => ({
      row,
      score: beyond[row] === Infinity ? 1 : beyond[row]! / (beyond[row]! + 3),
      detail: `${names[codes[row]!]!.join(', ')} ${values[row]}`,
    }));
    const findings = leadFindings(table, candidates, most, row => {
      const group = codes[row]!;
      const { median } = scored.spreads[group]!;
      const deviation = beyond[row]!;
      const [own, usual] = isLog ? [Math.exp(values[row]!), Math.exp(median)] : [values[row]!, median];
      const name = names[group]!.join(', ');
      return {
        severity: deviation > 10 ? 'low' : 'info',
        reason: `Lead, no verdict (${describeRow(table, row)}): ${what} ${figure(own)} where the median of its ${countOf(scored.sizes[group]!, 'peer')}${name === '' ? '' : ` (${name})`} is ${figure(usual)}: ${figure(own / usual)} times, ${deviation === Infinity ? 'where all others agree' : `${deviation.toFixed(1)} robust standard deviations away`}.`,
      };
    });
    const listed = findings.reduce((sum, finding) => sum + finding.rows.length, 0);
    return {
      population: {
        rows: table.rowCount,
        used: compared,
        excluded: [
          ...excluded,
          { reason: 'group is unknown', count: outside },
          { reason: `group has fewer than ${least} rows`, count: scored.small },
        ].filter(group => group.count > 0),
      },
      statistics: { measure: what, group: used.join(', '), groups: scored.groups, above, flagged: findings.length },
      bins: [],
      findings,
      limits: [
        'A lead says that a figure is unusual among its peers, not that it is wrong; peers that err together hide each other.',
        ...missing.map(name => `There is no column “${name}”: it was left out of the groups.`),
        ...(quantityName !== null && quantity === null
          ? [`There is no column “${quantityName}”: amounts were compared, not unit prices.`]
          : []),
        ...(used.length === 0 ? ['No column makes peers: all rows were one group.'] : []),
        ...(scored.narrow > 0
          ? [
              `${countOf(scored.narrow, 'group')} with hardly any spread were given a quarter of the median spread of all groups.`,
            ]
          : []),
        ...(above > listed ? [`${formatCount(above - listed)} weaker rows are not listed.`] : []),
      ],
    };
  },
};
