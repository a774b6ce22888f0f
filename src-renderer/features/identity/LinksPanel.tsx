import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { instantText } from '../../components/measure-text.ts';
import { Panel } from '../../components/Panel.tsx';

/** The identities that are linked to the own account. */
export const LinksPanel = () => {
  const { t } = useTranslation();
  const links = useChannel('oauth.list', {});
  const [unlink, { isLoading, error }] = useCommand('oauth.unlink');
  return (
    <Panel title={t('oauth.links.title')} flush>
      {error === undefined ? null : <ErrorState error={error} />}
      <ChannelView of={links}>
        {answer =>
          answer.links.length === 0 ? (
            <EmptyState kind="no-data" title={t('oauth.links.none')}>
              {t('oauth.links.noneText')}
            </EmptyState>
          ) : (
            <FactTable
              caption={t('oauth.links.title')}
              rows={answer.links}
              rowKey={row => row.id}
              columns={[
                { key: 'provider', head: t('oauth.provider'), cell: row => row.providerName },
                { key: 'who', head: t('oauth.links.who'), cell: row => row.email ?? row.name ?? row.subject },
                { key: 'linked', head: t('oauth.links.linked'), cell: row => instantText(row.linkedAt), nowrap: true },
                {
                  key: 'used',
                  head: t('oauth.links.used'),
                  cell: row => (row.lastUsedAt === null ? t('oauth.links.never') : instantText(row.lastUsedAt)),
                  nowrap: true,
                },
                {
                  key: 'act',
                  head: t('oauth.act'),
                  cell: row => (
                    <Button
                      size="compact-sm"
                      variant="default"
                      loading={isLoading}
                      aria-label={t('oauth.links.unlinkOf', { name: row.providerName })}
                      onClick={() => void unlink({ id: row.id })}
                    >
                      {t('oauth.links.unlink')}
                    </Button>
                  ),
                },
              ]}
            />
          )
        }
      </ChannelView>
    </Panel>
  );
};
