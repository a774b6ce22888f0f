/** Seven years from the end of the examination (18 U.S.C. § 1520, 17 CFR 210.2-06). */
export const RETENTION_YEARS = 7;

export interface RetentionEvent {
  readonly kind: 'closed' | 'reopened' | 'hold-placed' | 'hold-released';
  readonly reason: string;
  readonly actor: string;
  readonly at: string;
}

export interface Retention {
  readonly closedAt: string | null;
  readonly retainUntil: string | null;
  readonly hold: { readonly since: string; readonly actor: string; readonly reason: string } | null;
}

/** The same day and time so many years later; 29 February becomes 1 March. */
const yearsLater = (instant: string, years: number): string => {
  const day = new Date(instant);
  day.setUTCFullYear(day.getUTCFullYear() + years);
  return day.toISOString();
};

/** What holds after these events. */
export const retentionAfter = (events: readonly RetentionEvent[]): Retention => {
  let closedAt: string | null = null;
  let hold: Retention['hold'] = null;
  for (const { kind, at, actor, reason } of events) {
    if (kind === 'closed') closedAt = at;
    else if (kind === 'reopened') closedAt = null;
    else hold = kind === 'hold-placed' ? { since: at, actor, reason } : null;
  }
  return { closedAt, retainUntil: closedAt === null ? null : yearsLater(closedAt, RETENTION_YEARS), hold };
};
