import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { engineApi } from '../../app/engine/engine-api.ts';
import { useCancelJob, useJob } from '../../app/engine/job-hooks.ts';
import { useAppDispatch } from '../../app/store.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { Panel } from '../../components/Panel.tsx';
import styles from './Identity.module.css';
import { ProviderDialog } from './ProviderDialog.tsx';

type Provider = ChannelAnswer<'oauth.providers'>['providers'][number];

/** The providers one may link to; a supervisor adds, changes and removes them. */
export const ProvidersPanel = () => {
  const { t } = useTranslation();
  const dispatch = useAppDispatch();
  const providers = useChannel('oauth.providers', {});
  const mayManage = usePermission('settings.manage');
  const [remove, removing] = useCommand('oauth.removeProvider');
  const link = useJob('oauth.link');
  const cancel = useCancelJob();
  const [edited, setEdited] = useState<Provider | 'new' | null>(null);
  const begin = async (providerId: string): Promise<void> => {
    const outcome = await link.start({ providerId });
    if (outcome.state === 'done') dispatch(engineApi.util.invalidateTags(['oauth', 'audits']));
  };
  const error = removing.error ?? link.error;
  const actions = (row: Provider) => (
    <div className={styles.actions}>
      <Button
        size="compact-sm"
        variant="default"
        loading={link.starting || link.job !== undefined}
        aria-label={t('oauth.linkTo', { name: row.name })}
        onClick={() => void begin(row.id)}
      >
        {t('oauth.link')}
      </Button>
      {mayManage ? (
        <>
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={t('oauth.changeOf', { name: row.name })}
            onClick={() => setEdited(row)}
          >
            {t('oauth.change')}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            loading={removing.isLoading}
            aria-label={t('oauth.removeOf', { name: row.name })}
            onClick={() => void remove({ id: row.id })}
          >
            {t('oauth.remove')}
          </Button>
        </>
      ) : null}
    </div>
  );
  return (
    <Panel
      title={t('oauth.providers.title')}
      note={t('oauth.providers.note')}
      actions={
        mayManage ? (
          <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
            {t('oauth.add')}
          </Button>
        ) : null
      }
      flush
    >
      {error === undefined ? null : <ErrorState error={error} />}
      {link.job === undefined ? null : (
        <div className={styles.actions} role="status">
          <span>{t('oauth.waiting')}</span>
          <Button size="compact-sm" variant="subtle" onClick={() => cancel(link.job?.jobId ?? '')}>
            {t('identity.provider.cancel')}
          </Button>
        </div>
      )}
      <ChannelView of={providers}>
        {answer =>
          answer.providers.length === 0 ? (
            <EmptyState kind="no-data" title={t('oauth.providers.none')}>
              {mayManage ? t('oauth.providers.noneSupervisor') : t('oauth.providers.noneText')}
            </EmptyState>
          ) : (
            <FactTable
              caption={t('oauth.providers.title')}
              rows={answer.providers}
              rowKey={row => row.id}
              columns={[
                { key: 'name', head: t('oauth.provider'), cell: row => row.name },
                { key: 'issuer', head: t('oauth.issuer'), cell: row => <span className="nx-mono">{row.issuer}</span> },
                {
                  key: 'redirect',
                  head: t('oauth.redirect'),
                  cell: row => <span className="nx-mono">{row.redirectUri}</span>,
                },
                { key: 'act', head: t('oauth.act'), cell: actions },
              ]}
            />
          )
        }
      </ChannelView>
      {edited === null ? null : (
        <ProviderDialog provider={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
    </Panel>
  );
};
