import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AlertShape } from '../../../src-main/contract/alerts.contract.ts';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { instantText } from '../../components/measure-text.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ReasonDialog } from '../../components/ReasonDialog.tsx';
import { SeverityBadge } from '../../components/SeverityBadge.tsx';
import { filterOfNumbers } from '../audit/entry-filter.ts';

/** What the threat rules saw, for supervisors: an alert stays, whoever looked at it says what came of it. */
export const AlertsPage = () => {
  const { t } = useTranslation();
  const mayRead = usePermission('security.read');
  return (
    <>
      <PageHeader title={t('alerts.title')} description={t('alerts.description')} />
      {mayRead ? (
        <Alerts />
      ) : (
        <EmptyState kind="no-permission" title={t('empty.noPermission.title')}>
          {t('people.supervisorsOnly')}
        </EmptyState>
      )}
    </>
  );
};

const Alerts = () => {
  const { t } = useTranslation();
  const [state, setState] = useState<'open' | 'all'>('open');
  const list = useChannel('alerts.list', { state });
  const [looked, setLooked] = useState<AlertShape | null>(null);
  return (
    <Panel
      title={t('alerts.list')}
      actions={
        <SegmentedControl
          value={state}
          onChange={value => setState(value as 'open' | 'all')}
          data={[
            { value: 'open', label: t('alerts.open', { count: list.data?.open ?? 0 }) },
            { value: 'all', label: t('alerts.all') },
          ]}
          aria-label={t('alerts.which')}
        />
      }
      flush
    >
      <ChannelView of={list}>
        {({ alerts }) =>
          alerts.length === 0 ? (
            <EmptyState kind={state === 'open' ? 'filtered' : 'no-data'} title={t(`alerts.none.${state}`)} />
          ) : (
            <FactTable
              caption={t('alerts.list')}
              rows={alerts}
              rowKey={row => row.id}
              rowHeads={false}
              columns={[
                { key: 'at', head: t('alerts.at'), cell: row => instantText(row.raisedAt), nowrap: true },
                { key: 'severity', head: t('alerts.severity'), cell: row => <SeverityBadge severity={row.severity} /> },
                { key: 'rule', head: t('alerts.rule'), cell: row => t(`alerts.rules.${row.rule}`) },
                { key: 'words', head: t('alerts.words'), cell: row => row.words },
                {
                  key: 'entries',
                  head: t('alerts.entries'),
                  cell: row => <Entries first={row.firstSeq} last={row.lastSeq} />,
                  nowrap: true,
                },
                {
                  key: 'act',
                  head: t('alerts.looked'),
                  cell: row =>
                    row.acknowledged === null ? (
                      <Button size="compact-sm" variant="default" onClick={() => setLooked(row)}>
                        {t('alerts.acknowledge')}
                      </Button>
                    ) : (
                      t('alerts.acknowledged', {
                        by: row.acknowledged.by,
                        at: instantText(row.acknowledged.at),
                        note: row.acknowledged.note,
                      })
                    ),
                },
              ]}
            />
          )
        }
      </ChannelView>
      {looked === null ? null : <AcknowledgeDialog alert={looked} onClose={() => setLooked(null)} />}
    </Panel>
  );
};

/** The entries of the log from the first that the alert rests on to the last; a click opens them. */
const Entries = ({ first, last }: { readonly first: number; readonly last: number }) => {
  const { t } = useTranslation();
  const mayReadLog = usePermission('audit.read');
  const count = (seq: number): string => t('count', { count: seq });
  const span = first === last ? count(first) : `${count(first)}–${count(last)}`;
  if (!mayReadLog) return <span className="nx-number">{span}</span>;
  return (
    <Link
      to={paths.workspaceAudit(filterOfNumbers(first, last))}
      aria-label={t('alerts.openEntries', { first, last })}
      className="nx-number"
    >
      {span}
    </Link>
  );
};

const AcknowledgeDialog = ({ alert, onClose }: { readonly alert: AlertShape; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const [acknowledge, { isLoading, error }] = useCommand('alerts.acknowledge');
  const send = async (note: string): Promise<void> => {
    const outcome = await acknowledge({ alertId: alert.id, note });
    if (outcome.error === undefined) onClose();
  };
  return (
    <ReasonDialog
      title={t('alerts.acknowledge')}
      lead={alert.words}
      label={t('alerts.note')}
      hint={t('alerts.noteHint')}
      act={t('alerts.acknowledge')}
      longest={2000}
      busy={isLoading}
      error={error}
      onSend={note => void send(note)}
      onClose={onClose}
    />
  );
};
