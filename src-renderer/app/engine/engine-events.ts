import { notifications } from '@mantine/notifications';
import { t } from '../../i18n/i18n.ts';
import { messageOf } from '../error-parts.ts';
import { forgetSession } from '../forget-session.ts';
import { connectionChanged, lockNoted } from '../session.slice.ts';
import type { AppStore } from '../store.ts';
import type { Bridge } from '../transport/bridge.ts';
import { knownTags } from './channel-tags.ts';
import { engineApi, TAGS } from './engine-api.ts';
import { type JobView, jobSeen, jobsForgotten } from './jobs.slice.ts';

const NOTIFIED_CHANNELS = new Set([
  'imports.start',
  'standardization.run',
  'parties.propose',
  'examinations.run',
  'reports.build',
  'audits.verify',
]);

const tellEnd = (job: JobView): void => {
  if (!NOTIFIED_CHANNELS.has(job.channel) || job.state === 'running') return;
  notifications.show({
    closeButtonProps: { 'aria-label': t('close') },
    title: t(`jobs.ended.${job.state}`, { title: job.title }),
    message: job.state === 'failed' ? messageOf(job.error) : job.state === 'cancelled' ? job.onCancel : '',
    color: job.state === 'failed' ? 'red' : job.state === 'cancelled' ? 'gray' : 'teal',
    autoClose: job.state === 'failed' ? false : 4000,
  });
};

/** Feeds the engine's events and the connection's state into the store. Called once, at start. */
export const followEngine = (store: AppStore, bridge: Bridge): void => {
  bridge.subscribe(event => {
    switch (event.name) {
      case 'job.started':
      case 'job.progressed':
        store.dispatch(jobSeen(event.payload));
        return;
      case 'job.finished':
        store.dispatch(jobSeen(event.payload));
        tellEnd(event.payload);
        return;
      case 'records.changed':
        store.dispatch(engineApi.util.invalidateTags([...knownTags(event.payload.tags, TAGS)]));
        return;
      case 'security.alert-raised':
        store.dispatch(engineApi.util.invalidateTags(['alerts']));
        notifications.show({
          closeButtonProps: { 'aria-label': t('close') },
          title: t('alerts.raised'),
          message: event.payload.words,
          color: event.payload.severity === 'high' ? 'red' : 'orange',
          autoClose: false,
        });
        return;
      case 'session.locked':
        store.dispatch(lockNoted(event.payload.reason));
        store.dispatch(forgetSession());
        return;
      case 'workspace.opened':
        store.dispatch(lockNoted(null));
        store.dispatch(engineApi.util.invalidateTags([...TAGS]));
        return;
      case 'workspace.closed':
        store.dispatch(forgetSession());
    }
  });
  let wasLost = false;
  bridge.watchConnection?.(state => {
    store.dispatch(connectionChanged(state));
    // Events were missed meanwhile, or the session is a new one: everything is read again, and drafts stay as they are.
    if (state === 'connected' && wasLost) {
      store.dispatch(jobsForgotten());
      store.dispatch(engineApi.util.invalidateTags([...TAGS]));
    }
    wasLost = state === 'lost';
  });
};
