import { describe, expect, it } from 'vitest';
import { offHours } from './threat-hours.ts';
import type { ThreatSign, WatchedEntry } from './threat-rules.ts';
import { emptyThreatMemory, judgeEntry, THREAT_PARAMETERS } from './threat-rules.ts';

const MINUTE = 60_000;
/** 2026-01-05 is a Monday: 10:00 UTC. */
const MONDAY = Date.UTC(2026, 0, 5, 10);
const WORK = offHours({ days: [1, 2, 3, 4, 5], from: '07:00', to: '20:00' }, 'UTC');

/** Entries in order: each a number of minutes after the last, with its act. */
const judge = (
  steps: readonly (readonly [afterMs: number, act: string, obj?: Record<string, unknown>, actor?: string])[],
  startMs = MONDAY,
): ThreatSign[] => {
  const memory = emptyThreatMemory();
  const signs: ThreatSign[] = [];
  let atMs = startMs;
  for (const [seq, [afterMs, act, obj = {}, actor = 'Ada']] of steps.entries()) {
    atMs += afterMs;
    const entry: WatchedEntry = { seq, atMs, actor, act, obj };
    const sign = judgeEntry(memory, entry, WORK);
    if (sign !== null) signs.push(sign);
  }
  return signs;
};
const times = <T>(count: number, step: T): T[] => Array.from({ length: count }, () => step);

describe('failed sign-ins', () => {
  const { events, withinMs } = THREAT_PARAMETERS.failedUnlocks;
  it('raise at the burst, counted by what each entry tells', () => {
    expect(judge([[0, 'signin.failed', { count: events - 1 }]])).toEqual([]);
    expect(judge([[0, 'signin.failed', { count: events }]])).toMatchObject([{ rule: 'failed-unlocks', events }]);
    expect(
      judge([
        [0, 'signin.failed', { count: 3 }],
        [MINUTE, 'signin.failed', { count: 2 }],
      ]),
    ).toMatchObject([{ firstSeq: 0, lastSeq: 1, events: 5 }]);
  });
  it('long apart do not', () => {
    expect(judge(times(20, [withinMs + 1, 'signin.failed', { count: 1 }] as const))).toEqual([]);
  });
});

describe('refused proofs', () => {
  const { events, withinMs } = THREAT_PARAMETERS.failedProofs;
  it('of passwords and codes in one account’s windows add up, of different accounts they do not', () => {
    const some = times(events - 1, [MINUTE, 'session.proof-refused'] as const);
    expect(judge(some)).toEqual([]);
    expect(judge([...some, [0, 'factor.refused']])).toMatchObject([
      { rule: 'failed-unlocks', severity: 'high', actor: 'Ada', events },
    ]);
    expect(judge([...some, [0, 'factor.refused', {}, 'Bob']])).toEqual([]);
  });
  it('long apart do not', () => {
    expect(judge(times(20, [withinMs + 1, 'factor.refused'] as const))).toEqual([]);
  });
});

describe('another header than the known one', () => {
  it('raises at once, and once a day', () => {
    const { withinMs } = THREAT_PARAMETERS.otherHeader;
    const sign = { rule: 'chain-anomaly', severity: 'high', words: expect.stringContaining('header') };
    expect(judge(times(9, [MINUTE, 'keys.header-differs'] as const))).toMatchObject([sign]);
    expect(judge(times(2, [withinMs + 1, 'keys.header-differs'] as const))).toMatchObject([sign, sign]);
  });
});

describe('exports', () => {
  const { events, withinMs } = THREAT_PARAMETERS.massExport;
  it('of one person in a burst raise, and once for the burst', () => {
    expect(judge(times(events - 1, [1_000, 'records.exported'] as const))).toEqual([]);
    expect(judge(times(events + 15, [1_000, 'records.exported'] as const))).toMatchObject([
      { rule: 'mass-export', actor: 'Ada', events },
    ]);
  });
  it('of different people do not add up', () => {
    expect(
      judge(Array.from({ length: events * 2 - 2 }, (_, i) => [0, 'report.exported', {}, `Person ${i % 2}`] as const)),
    ).toEqual([]);
  });
  it('spread over the day do not', () => {
    expect(judge(times(100, [withinMs / (events - 1) + 1_000, 'records.exported'] as const))).toEqual([]);
  });
});

describe('the borders of a burst', () => {
  const { events, withinMs } = THREAT_PARAMETERS.massExport;
  const last = (apartMs: number) => [
    ...times(events - 1, [0, 'records.exported'] as const),
    [apartMs, 'records.exported'] as const,
  ];
  it('are in it to the millisecond', () => {
    expect(judge(last(withinMs))).toHaveLength(1);
    expect(judge(last(withinMs + 1))).toEqual([]);
  });
  it('a burst right after the quiet time raises again, one within it does not', () => {
    const again = (pauseMs: number) => [
      ...times(events, [0, 'records.exported'] as const),
      [pauseMs, 'records.exported'] as const,
      ...times(events - 1, [0, 'records.exported'] as const),
    ];
    expect(judge(again(withinMs))).toHaveLength(1);
    expect(judge(again(withinMs + 1))).toHaveLength(2);
  });
  it('a clock set years ahead for one burst, and back, does not silence the next ones', () => {
    const years = 10 * 365 * 24 * 60 * MINUTE;
    expect(
      judge([
        [years, 'records.exported'],
        ...times(events - 1, [0, 'records.exported'] as const),
        [-years, 'records.exported'],
        ...times(events - 1, [0, 'records.exported'] as const),
      ]),
    ).toHaveLength(2);
  });
});

describe('refused calls', () => {
  const { events } = THREAT_PARAMETERS.permissionProbing;
  it('in a burst are probing', () => {
    expect(judge(times(events, [1_000, 'access.denied', { reason: 'permission' }] as const))).toMatchObject([
      { rule: 'permission-probing', events },
    ]);
  });
  it('that only asked for a proof are not', () => {
    expect(judge(times(50, [1_000, 'access.denied', { reason: 'step-up-needed' }] as const))).toEqual([]);
  });
});

describe('evidence opened', () => {
  const { events } = THREAT_PARAMETERS.offHoursViews;
  it('in bulk outside business hours raises', () => {
    const night = MONDAY + 13 * 60 * MINUTE;
    expect(judge(times(events, [1_000, 'evidence.viewed'] as const), night)).toMatchObject([
      { rule: 'off-hours-views', events },
    ]);
    expect(judge(times(events - 1, [1_000, 'evidence.viewed'] as const), night)).toEqual([]);
  });
  it('in bulk within business hours does not', () => {
    expect(judge(times(events * 3, [1_000, 'evidence.viewed'] as const))).toEqual([]);
  });
});

describe('single signs', () => {
  it.each([
    ['clock.anomaly', {}, 'clock-anomaly'],
    ['log.rollback-accepted', {}, 'chain-anomaly'],
    ['log.verified', { ok: false }, 'chain-anomaly'],
    ['log.station-joined', { station: 1 }, 'new-station'],
    ['gateway.flood-refused', {}, 'permission-probing'],
  ] as const)('%s raises %s', (act, obj, rule) => {
    expect(judge([[0, act, { ...obj }]])).toMatchObject([{ rule, events: 1 }]);
  });
  it('a good verification and the first station raise none', () => {
    expect(
      judge([
        [0, 'log.verified', { ok: true }],
        [0, 'log.station-joined', { station: 0 }],
      ]),
    ).toEqual([]);
  });
});

it('a normal working day raises none', () => {
  // 09:00 to 17:30: a mistyped password, a case read and examined, two reports, a handful of exports, one refused button.
  const day = [
    [0, 'signin.failed', { count: 1 }],
    [1_000, 'workspace.opened'],
    ...times(60, [5 * MINUTE, 'evidence.viewed'] as const),
    ...times(40, [4 * MINUTE, 'finding.decided'] as const),
    ...times(6, [2 * MINUTE, 'records.exported'] as const),
    [MINUTE, 'access.denied', { reason: 'permission' }],
    [MINUTE, 'access.denied', { reason: 'step-up-needed' }],
    ...times(2, [MINUTE, 'report.exported'] as const),
    [MINUTE, 'log.verified', { ok: true }],
    [MINUTE, 'workspace.closed'],
  ] as const;
  expect(judge(day, Date.UTC(2026, 0, 5, 9))).toEqual([]);
});

describe('business hours', () => {
  it('are read on the wall clock of their zone, summer time included', () => {
    const vienna = offHours({ days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' }, 'Europe/Vienna');
    // 06:30 UTC is 07:30 in January and 08:30 in July (IANA tzdata: CET, CEST).
    expect(vienna(Date.UTC(2026, 0, 5, 6, 30))).toBe(true);
    expect(vienna(Date.UTC(2026, 6, 6, 6, 30))).toBe(false);
    // 2026-01-04 is a Sunday.
    expect(vienna(Date.UTC(2026, 0, 4, 10))).toBe(true);
    // The first minute is within, the last is not: from 08:00 up to 18:00 in Vienna.
    expect([7 * 60 - 1, 7 * 60, 17 * 60 - 1, 17 * 60].map(minute => vienna(Date.UTC(2026, 0, 5, 0, minute)))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    // Sunday evening in universal time is Monday morning in Auckland (UTC+13 in January).
    const auckland = offHours({ days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' }, 'Pacific/Auckland');
    expect(auckland(Date.UTC(2026, 0, 4, 20))).toBe(false);
    expect(auckland(Date.UTC(2026, 0, 9, 20))).toBe(true);
  });
});
