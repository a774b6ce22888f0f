import type { Selectable } from 'kysely';
import type { Schema } from '../../../platform/schema.ts';
import type { ReadStore, WriteStore } from '../../../platform/store.ts';
import { sql } from '../../../platform/store.ts';
import type { ThreatSign } from '../domain/threat-rules.ts';

export type StoredAlert = Selectable<Schema['security_alerts']>;

/** Keeps an alert. */
export const insertAlert = (store: WriteStore, id: string, raisedAt: string, sign: ThreatSign): void => {
  const last = store.first(sql.selectFrom('security_alerts').select(eb => eb.fn.max('ordinal').as('ordinal')))?.ordinal;
  store.run(
    sql.insertInto('security_alerts').values({
      ordinal: (last ?? 0) + 1,
      id,
      rule: sign.rule,
      severity: sign.severity,
      raised_at: raisedAt,
      actor: sign.actor,
      words: sign.words,
      first_seq: sign.firstSeq,
      last_seq: sign.lastSeq,
      events: sign.events,
      acknowledged_by: null,
      acknowledged_at: null,
      note: null,
    }),
  );
};

export const alertById = (store: ReadStore, id: string): StoredAlert | undefined =>
  store.first(sql.selectFrom('security_alerts').selectAll().where('id', '=', id));

export const countAlerts = (store: ReadStore, state: 'open' | 'all'): number => {
  const all = sql.selectFrom('security_alerts').select(eb => eb.fn.countAll<number>().as('n'));
  return store.first(state === 'all' ? all : all.where('acknowledged_by', 'is', null))?.n ?? 0;
};

/** Alerts, newest first. */
export const pageOfAlerts = (store: ReadStore, state: 'open' | 'all', offset: number, limit: number): StoredAlert[] => {
  const all = sql.selectFrom('security_alerts').selectAll().orderBy('ordinal', 'desc').limit(limit).offset(offset);
  return store.all(state === 'all' ? all : all.where('acknowledged_by', 'is', null));
};

export const acknowledgeAlert = (
  store: WriteStore,
  id: string,
  { by, at, note }: { readonly by: string; readonly at: string; readonly note: string },
): void => {
  store.run(
    sql.updateTable('security_alerts').set({ acknowledged_by: by, acknowledged_at: at, note }).where('id', '=', id),
  );
};

/** True where an alert of this rule and person rests on this entry. */
export const restsOnEntry = (store: ReadStore, { rule, actor, lastSeq }: ThreatSign): boolean =>
  store.first(
    sql
      .selectFrom('security_alerts')
      .select('ordinal')
      .where('rule', '=', rule)
      .where('actor', '=', actor)
      .where('first_seq', '<=', lastSeq)
      .where('last_seq', '>=', lastSeq),
  ) !== undefined;
