import type { AlertRule } from '../../../contract/alerts.contract.ts';
import { NexusError } from '../../../contract/errors.ts';
import type { Handlers } from '../../../engine/handler.ts';
import { onCommand, onQuery } from '../../../engine/handler.ts';
import type { ReadStore } from '../../../platform/store.ts';
import type { StoredAlert } from '../storage/security-alert.repository.ts';
import { acknowledgeAlert, alertById, countAlerts, pageOfAlerts } from '../storage/security-alert.repository.ts';

const viewOf = (alert: StoredAlert) => ({
  id: alert.id,
  rule: alert.rule as AlertRule,
  severity: alert.severity,
  raisedAt: alert.raised_at,
  actor: alert.actor,
  words: alert.words,
  firstSeq: alert.first_seq,
  lastSeq: alert.last_seq,
  events: alert.events,
  acknowledged:
    alert.acknowledged_by === null
      ? null
      : { by: alert.acknowledged_by, at: alert.acknowledged_at ?? '', note: alert.note ?? '' },
});

const required = (store: ReadStore, id: string): StoredAlert => {
  const alert = alertById(store, id);
  if (alert === undefined)
    throw new NexusError({ code: 'alert.unknown', category: 'not-found', message: `There is no alert ${id}.` });
  return alert;
};

export const alertHandlers: Handlers = {
  ...onQuery('alerts.list', ({ store }, { state, offset, limit }) => ({
    total: countAlerts(store, state),
    open: countAlerts(store, 'open'),
    alerts: pageOfAlerts(store, state, offset, limit).map(viewOf),
  })),
  ...onCommand('alerts.acknowledge', ({ store, session, ports, audit }, { alertId, note }) => {
    const alert = required(store, alertId);
    const by = session.opened?.actor ?? '';
    if (alert.acknowledged_by !== null)
      throw new NexusError({
        code: 'alert.acknowledged',
        category: 'conflict',
        message: `“${alert.acknowledged_by}” has looked at this alert already.`,
        kept: 'Nothing was changed.',
      });
    if (alert.actor === by)
      throw new NexusError({
        code: 'separation.own-alert',
        category: 'permission',
        message: 'Who raised an alert may not close it.',
        kept: 'Nothing was changed.',
        remedy: 'Ask another supervisor.',
      });
    acknowledgeAlert(store, alertId, { by, at: new Date(ports.clock.now()).toISOString(), note });
    audit({ alert: alertId, rule: alert.rule, note });
    return viewOf(required(store, alertId));
  }),
};
