import { useTranslation } from 'react-i18next';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { Digest } from '../../components/Digest.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { instantText } from '../../components/measure-text.ts';
import styles from './Audit.module.css';

/** How far the log can be trusted, before anything in it is read: its size, its root, who signed it last, who has not. */
export const LogHead = () => {
  const { t } = useTranslation();
  const log = useChannel('audits.list', { limit: 1 });
  const signed = useChannel('audits.checkpoints', { limit: 1 });
  const { data: status } = useChannel('workspaces.status', {});
  const unwitnessed = status?.unwitnessed ?? null;
  const newest = signed.data?.checkpoints[0];
  if (log.error !== undefined) return <ErrorState error={log.error} onRetry={log.refetch} />;
  return (
    <section className={styles.head} aria-label={t('audit.head')}>
      <dl className={styles.facts}>
        <div>
          <dt>{t('audit.entries')}</dt>
          <dd className="nx-number">{log.data === undefined ? '…' : t('count', { count: log.data.total })}</dd>
        </div>
        <div>
          <dt>{t('audit.root')}</dt>
          <dd>{log.data === undefined ? '…' : <Digest value={log.data.root} label={t('audit.root')} />}</dd>
        </div>
        <div>
          <dt>{t('audit.signed')}</dt>
          <dd className="nx-number">
            {signed.data === undefined
              ? '…'
              : newest === undefined
                ? t('audit.neverSigned')
                : t('audit.signedAt', { count: newest.size, at: instantText(newest.at) })}
          </dd>
        </div>
        <div>
          <dt>{t('audit.unwitnessed')}</dt>
          <dd className="nx-number">
            {unwitnessed === null
              ? t('unknown')
              : unwitnessed.since === null
                ? t('count', { count: unwitnessed.entries })
                : t('audit.unwitnessedSince', { count: unwitnessed.entries, at: instantText(unwitnessed.since) })}
          </dd>
        </div>
      </dl>
      <p className={styles.means}>{t('audit.unwitnessedMeans')}</p>
    </section>
  );
};
