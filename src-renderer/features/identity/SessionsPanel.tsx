import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { instantText } from '../../components/measure-text.ts';
import { Panel } from '../../components/Panel.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';

/** Sessions of this workspace at this station, with the way to end the others. */
export const SessionsPanel = () => {
  const { t } = useTranslation();
  const list = useChannel('sessions.list', {}, { refetchOnMountOrArgChange: true });
  const [end, { isLoading, error }] = useCommand('sessions.end');
  return (
    <Panel title={t('security.sessions.title')} note={t('security.sessions.note')} flush>
      {error === undefined ? null : <ErrorState error={error} />}
      <ChannelView of={list}>
        {({ sessions }) => (
          <FactTable
            caption={t('security.sessions.title')}
            rows={sessions}
            rowKey={row => row.id}
            columns={[
              { key: 'who', head: t('security.sessions.who'), cell: row => row.username },
              { key: 'pov', head: t('security.sessions.pov'), cell: row => t(`roles.${row.pov}`) },
              { key: 'since', head: t('security.sessions.since'), cell: row => instantText(row.since), nowrap: true },
              {
                key: 'idle',
                head: t('security.sessions.idle'),
                cell: row => t('security.sessions.minutes', { count: Math.floor(row.idleSeconds / 60) }),
                numeric: true,
              },
              {
                key: 'end',
                head: t('security.sessions.action'),
                cell: row =>
                  row.current ? (
                    <StatusTag tone="good">{t('security.sessions.current')}</StatusTag>
                  ) : (
                    <Button
                      size="compact-sm"
                      variant="default"
                      loading={isLoading}
                      onClick={() => void end({ id: row.id })}
                    >
                      {t('security.sessions.end')}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </ChannelView>
    </Panel>
  );
};
