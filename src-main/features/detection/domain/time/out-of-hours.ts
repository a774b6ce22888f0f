import { inReportOrder } from '../finding-order.ts';
import type { ForensicTest } from '../forensic-test.ts';
import { integerParameter, textParameter, timeParameter } from '../parameters.ts';
import { reportProgress } from '../row-progress.ts';
import { strongestLeads } from '../strongest-leads.ts';
import { requireColumn } from '../transaction-table.ts';
import { otherRows } from './other-rows.ts';
import { groupColumns, SHARE_PARAMETERS, shareFinding, shareRules } from './share-test.ts';
import { LEFT_OUT, MARKED, ORDINARY, scoreOfChance, unusualShares } from './unusual-share.ts';

/** Files that state no time of day often state midnight. */
const statesMidnightForUnknown = (minutes: Int32Array): boolean => {
  let known = 0;
  let midnight = 0;
  for (let row = 0; row < minutes.length; row++) {
    if (minutes[row]! >= 0) known++;
    if (minutes[row] === 0) midnight++;
  }
  return midnight > 1 && midnight * 2 >= known;
};

/** Rows entered or booked outside of business hours. Spec: docs/specs/out-of-hours.md. */
export const outOfHours: ForensicTest = {
  id: 'out-of-hours',
  version: '1.0.0',
  title: 'Outside business hours',
  group: 'time',
  side: 'bank',
  needs: ['time'],
  uses: ['poster', 'account', 'party', 'amount', 'currency'],
  parameters: [
    { name: 'hours-from', kind: 'time', default: '08:00', meaning: 'the first minute of business' },
    {
      name: 'hours-to',
      kind: 'time',
      default: '18:00',
      meaning: 'end of business: this minute is outside; before hours-from where work goes over midnight',
    },
    ...SHARE_PARAMETERS,
  ],
  explanations: ['customary-day', 'recurring', 'own-transfer', 'immaterial'],
  run(table, parameters, context) {
    const minutes = requireColumn(table.minute, 'time');
    const from = timeParameter(parameters, 'hours-from');
    const to = timeParameter(parameters, 'hours-to');
    const isInside = (minute: number): boolean =>
      from <= to ? minute >= from && minute < to : minute >= from || minute < to;
    const noMidnight = statesMidnightForUnknown(minutes);
    const marks = new Uint8Array(table.rowCount);
    const counts = { unknown: 0, midnight: 0, outside: 0 };
    for (let row = 0; row < table.rowCount; row++) {
      reportProgress(context, row, table.rowCount, 0, 0.4);
      const minute = minutes[row]!;
      if (minute < 0) counts.unknown++;
      else if (minute === 0 && noMidnight) counts.midnight++;
      else {
        const inside = isInside(minute);
        marks[row] = inside ? ORDINARY : MARKED;
        if (!inside) counts.outside++;
        continue;
      }
      marks[row] = LEFT_OUT;
    }
    const rules = shareRules(parameters);
    const leads = groupColumns([
      ['user', table.poster],
      ['account', table.account],
      ['party', table.party],
    ]).flatMap(({ word, column }) =>
      unusualShares(column, marks, rules).unusual.map(share => ({
        word,
        share,
        score: scoreOfChance(share.adjustedP),
        key: JSON.stringify([word, share.name]),
      })),
    );
    context.progress(0.8);
    const { listed, limits } = strongestLeads(leads, integerParameter(parameters, 'most-findings'));
    const hours = `${textParameter(parameters, 'hours-from')} to ${textParameter(parameters, 'hours-to')}`;
    const findings = listed.map(({ word, share }) => shareFinding(table, word, share, `lie outside ${hours}`));
    const others = otherRows(marks, findings, `outside ${hours}, in no way unusual for their user, account or party`);
    const used = table.rowCount - counts.unknown - counts.midnight;
    return {
      population: {
        rows: table.rowCount,
        used,
        excluded: [
          { reason: 'time of day is unknown', count: counts.unknown },
          { reason: 'time is exactly 00:00, as where none is known', count: counts.midnight },
        ].filter(group => group.count > 0),
      },
      statistics: {
        outOfHoursRows: counts.outside,
        share: used === 0 ? null : counts.outside / used,
        groupsFlagged: leads.length,
      },
      bins: [],
      findings: inReportOrder([...findings, ...others.findings]),
      limits: [
        'The time is that of the file: its time zone is not known, and batch runs work at night.',
        ...(noMidnight
          ? ['At least half of the known times are 00:00: this was taken for "not known", not for midnight.']
          : []),
        ...limits,
        ...others.limits,
      ],
    };
  },
};
