/** What of a log entry the rules look at. */
export interface WatchedEntry {
  readonly seq: number;
  /** Wall time of the entry. */
  readonly atMs: number;
  readonly actor: string;
  readonly act: string;
  readonly obj: Readonly<Record<string, unknown>>;
}

export type ThreatRule =
  | 'failed-unlocks'
  | 'mass-export'
  | 'off-hours-views'
  | 'clock-anomaly'
  | 'chain-anomaly'
  | 'permission-probing'
  | 'new-station';

/** So many events of one person within so long a time. */
interface Burst {
  readonly events: number;
  readonly withinMs: number;
}

/** The rules' figures. */
export interface ThreatParameters {
  readonly failedUnlocks: Burst;
  /** Refused passwords and codes in the window of somebody who is signed in. */
  readonly failedProofs: Burst;
  readonly otherHeader: Burst;
  readonly massExport: Burst;
  readonly offHoursViews: Burst;
  readonly permissionProbing: Burst;
}

const MINUTE_MS = 60_000;

/**
 * A mistyped password or two, a disclosure of some files, an evening's work on one case, a button that is not one's own:
 * none of these is a sign. A look at one case and kind of evidence is logged once in ten minutes, so one case leaves at
 * most some thirty looks an hour: sixty are several cases gone through.
 */
export const THREAT_PARAMETERS: ThreatParameters = {
  failedUnlocks: { events: 5, withinMs: 24 * 60 * MINUTE_MS },
  failedProofs: { events: 5, withinMs: 24 * 60 * MINUTE_MS },
  // Each sign-in under the same header says it again: once a day will do.
  otherHeader: { events: 1, withinMs: 24 * 60 * MINUTE_MS },
  massExport: { events: 20, withinMs: 10 * MINUTE_MS },
  offHoursViews: { events: 60, withinMs: 60 * MINUTE_MS },
  permissionProbing: { events: 10, withinMs: 5 * MINUTE_MS },
};

/** What a rule found. */
export interface ThreatSign {
  readonly rule: ThreatRule;
  readonly severity: 'high' | 'medium';
  readonly actor: string;
  readonly words: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly events: number;
}

/** Events of a burst so far: one a rule and person. */
interface Seen {
  readonly seq: number;
  readonly atMs: number;
  readonly weight: number;
}

/** What the rules remember: a fold of the log, so that reading it again gives the same. */
export interface ThreatMemory {
  readonly seen: Map<string, Seen[]>;
  /** When a burst last raised an alert, by rule and person: it stays quiet for its own time, on either side of that. */
  readonly raisedAtMs: Map<string, number>;
}

export const emptyThreatMemory = (): ThreatMemory => ({ seen: new Map(), raisedAtMs: new Map() });

const EXPORTS: ReadonlySet<string> = new Set([
  'records.exported',
  'report.exported',
  'custody.original-exported',
  'log.exported',
]);

const PROOFS: ReadonlySet<string> = new Set(['session.proof-refused', 'factor.refused']);

const CHAIN: ReadonlySet<string> = new Set(['log.rollback-accepted']);

const count = (value: unknown): number => (typeof value === 'number' && Number.isSafeInteger(value) ? value : 1);

/** Adds an event to a burst; the sign when it is one now. A burst that raised one stays quiet for its own time. */
const burst = (
  memory: ThreatMemory,
  rule: ThreatRule,
  { events, withinMs }: Burst,
  entry: WatchedEntry,
  weight: number,
  subject: string,
): { readonly events: number; readonly firstSeq: number } | null => {
  const key = `${rule} ${subject}`;
  const kept = (memory.seen.get(key) ?? []).filter(({ atMs }) => Math.abs(entry.atMs - atMs) <= withinMs);
  kept.push({ seq: entry.seq, atMs: entry.atMs, weight });
  memory.seen.set(key, kept);
  const total = kept.reduce((sum, seen) => sum + seen.weight, 0);
  const raised = memory.raisedAtMs.get(key);
  // A clock that was set far ahead for one burst must not buy silence until its date comes.
  if (total < events || (raised !== undefined && Math.abs(entry.atMs - raised) <= withinMs)) return null;
  memory.raisedAtMs.set(key, entry.atMs);
  memory.seen.delete(key);
  return { events: total, firstSeq: kept[0]?.seq ?? entry.seq };
};

const minutes = (ms: number): string =>
  ms >= 120 * MINUTE_MS ? `${ms / (60 * MINUTE_MS)} hours` : `${ms / MINUTE_MS} minutes`;

/**
 * Takes an entry into the memory and answers what the rules make of it. `isOffHours` says whether an instant lies outside
 * business hours. Entries come in order of their number; their stamps need not be in order.
 */
export const judgeEntry = (
  memory: ThreatMemory,
  entry: WatchedEntry,
  isOffHours: (atMs: number) => boolean,
  parameters: ThreatParameters = THREAT_PARAMETERS,
): ThreatSign | null => {
  const { act, actor, obj, seq } = entry;
  const one = (rule: ThreatRule, severity: ThreatSign['severity'], words: string): ThreatSign => ({
    rule,
    severity,
    actor,
    words,
    firstSeq: seq,
    lastSeq: seq,
    events: 1,
  });
  const many = (
    rule: ThreatRule,
    severity: ThreatSign['severity'],
    limits: Burst,
    weight: number,
    words: (events: number) => string,
    // Whoever fails to sign in has no name yet: those tries belong together.
    subject = actor,
  ): ThreatSign | null => {
    const found = burst(memory, rule, limits, entry, weight, subject);
    return found === null
      ? null
      : { rule, severity, actor: subject, words: words(found.events), ...found, lastSeq: seq };
  };
  if (act === 'signin.failed')
    return many(
      'failed-unlocks',
      'high',
      parameters.failedUnlocks,
      count(obj.count),
      events => `${events} failed sign-ins within ${minutes(parameters.failedUnlocks.withinMs)}.`,
      'system',
    );
  if (PROOFS.has(act))
    return many(
      'failed-unlocks',
      'high',
      parameters.failedProofs,
      1,
      events =>
        `${events} passwords or codes refused in this account’s windows within ${minutes(parameters.failedProofs.withinMs)}.`,
    );
  if (act === 'keys.header-differs')
    return many(
      'chain-anomaly',
      'high',
      parameters.otherHeader,
      1,
      () => 'The header with the keys is not the one last written here: an older one put back, or a change cut short.',
    );
  if (EXPORTS.has(act))
    return many(
      'mass-export',
      'high',
      parameters.massExport,
      1,
      events => `${events} exports within ${minutes(parameters.massExport.withinMs)}.`,
    );
  if (act === 'access.denied' && obj.reason !== 'step-up-needed' && obj.reason !== 'second-step-due')
    return many(
      'permission-probing',
      'medium',
      parameters.permissionProbing,
      1,
      events => `${events} refused calls within ${minutes(parameters.permissionProbing.withinMs)}.`,
    );
  if (act === 'gateway.flood-refused')
    return one('permission-probing', 'medium', 'Calls came faster than any person makes them, and were refused.');
  if (act === 'evidence.viewed' && isOffHours(entry.atMs))
    return many(
      'off-hours-views',
      'medium',
      parameters.offHoursViews,
      count(obj.views),
      events =>
        `Evidence was opened ${events} times outside business hours, within ${minutes(parameters.offHoursViews.withinMs)}.`,
    );
  if (act === 'clock.anomaly')
    return one('clock-anomaly', 'medium', 'The clock went back, or away from the time that had passed.');
  if (CHAIN.has(act))
    return one('chain-anomaly', 'high', 'The store was older than what this station remembered of it.');
  if (act === 'log.verified' && obj.ok === false)
    return one('chain-anomaly', 'high', 'A verification found the log or the evidence changed.');
  // Number 0 is the station that made the workspace.
  if (act === 'log.station-joined' && obj.station !== 0)
    return one('new-station', 'medium', 'The workspace was opened at a station that never wrote in it before.');
  return null;
};
