import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoleProposal } from '../../../src-main/contract/approvals.contract.ts';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { instantText } from '../../components/measure-text.ts';
import { Panel } from '../../components/Panel.tsx';
import { ReasonDialog } from '../../components/ReasonDialog.tsx';
import styles from '../identity/Identity.module.css';

/** Proposed changes of roles that wait for a second person. */
export const ProposalsPanel = () => {
  const { t } = useTranslation();
  const open = useChannel('accounts.proposals', {});
  const status = useChannel('workspaces.status', {});
  const [approve, { isLoading, error }] = useCommand('accounts.approveProposal');
  const [rejected, setRejected] = useState<RoleProposal | null>(null);
  const rights = ({ roles, supervisor }: RoleProposal['after']): string =>
    [...roles.map(role => t(`roles.${role}`)), ...(supervisor ? [t('people.supervisorShort')] : [])].join(', ');
  const actor = status.data?.actor;
  return (
    <Panel title={t('people.proposals.title')} note={t('people.proposals.note')} flush>
      {error === undefined ? null : <ErrorState error={error} />}
      <ChannelView of={open}>
        {({ proposals }) =>
          proposals.length === 0 ? (
            <p className={`${styles.hint} ${styles.padded}`}>{t('people.proposals.none')}</p>
          ) : (
            <FactTable
              caption={t('people.proposals.title')}
              rows={proposals}
              rowKey={row => row.id}
              columns={[
                { key: 'who', head: t('people.username'), cell: row => row.username },
                { key: 'before', head: t('people.proposals.before'), cell: row => rights(row.before) },
                { key: 'after', head: t('people.proposals.after'), cell: row => rights(row.after) },
                {
                  key: 'by',
                  head: t('people.proposals.by'),
                  cell: row => `${row.proposedBy}, ${instantText(row.proposedAt)}: ${row.reason}`,
                },
                {
                  key: 'act',
                  head: t('people.actions'),
                  cell: row => (
                    <div className={styles.actions}>
                      {row.proposedBy === actor || row.username === actor ? (
                        <span className={styles.hint}>{t('people.proposals.another')}</span>
                      ) : (
                        <Button
                          size="compact-sm"
                          loading={isLoading}
                          onClick={() => void approve({ proposalId: row.id })}
                        >
                          {t('people.proposals.approve')}
                        </Button>
                      )}
                      <Button size="compact-sm" variant="default" onClick={() => setRejected(row)}>
                        {t(row.proposedBy === actor ? 'people.proposals.withdraw' : 'people.proposals.reject')}
                      </Button>
                    </div>
                  ),
                },
              ]}
            />
          )
        }
      </ChannelView>
      {rejected === null ? null : <RejectDialog proposal={rejected} onClose={() => setRejected(null)} />}
    </Panel>
  );
};

const RejectDialog = ({ proposal, onClose }: { readonly proposal: RoleProposal; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const [reject, { isLoading, error }] = useCommand('accounts.rejectProposal');
  const send = async (reason: string): Promise<void> => {
    const outcome = await reject({ proposalId: proposal.id, reason });
    if (outcome.error === undefined) onClose();
  };
  return (
    <ReasonDialog
      title={t('people.proposals.rejectTitle', { username: proposal.username })}
      label={t('people.reason')}
      act={t('people.proposals.reject')}
      longest={2000}
      busy={isLoading}
      error={error}
      onSend={reason => void send(reason)}
      onClose={onClose}
    />
  );
};
