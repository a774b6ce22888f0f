import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { instantText } from '../../components/measure-text.ts';
import { Panel } from '../../components/Panel.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import styles from '../identity/Identity.module.css';
import { type AccountAct, AccountActDialog } from './AccountActDialog.tsx';
import { ProposeDialog } from './ProposeDialog.tsx';

type Account = ChannelAnswer<'accounts.list'>['accounts'][number];
interface Asked {
  readonly account: Account;
  readonly act: AccountAct | 'propose';
}

/** The accounts of the workspace, with what a supervisor may do about the others. */
export const AccountsPanel = () => {
  const { t } = useTranslation();
  const list = useChannel('accounts.list', {});
  const ownId = useChannel('workspaces.status', {}).data?.account?.id;
  const [asked, setAsked] = useState<Asked | null>(null);
  const button = (account: Account, act: Asked['act']) => (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={t('people.actOf', { act: t(`people.acts.${act}`), username: account.username })}
      onClick={() => setAsked({ account, act })}
    >
      {t(`people.acts.${act}`)}
    </Button>
  );
  return (
    <Panel title={t('people.accounts')} flush>
      <ChannelView of={list}>
        {({ accounts }) => (
          <FactTable
            caption={t('people.accounts')}
            rows={accounts}
            rowKey={row => row.id}
            columns={[
              { key: 'name', head: t('people.username'), cell: row => row.username },
              {
                key: 'roles',
                head: t('people.roles'),
                cell: row =>
                  [
                    ...[row.role, ...row.secondaryRoles].map(role => t(`roles.${role}`)),
                    ...(row.supervisor ? [t('people.supervisorShort')] : []),
                  ].join(', '),
              },
              {
                key: 'state',
                head: t('people.state'),
                cell: row =>
                  row.state === 'revoked' ? (
                    <StatusTag tone="bad">{t('people.revoked')}</StatusTag>
                  ) : row.initialPassword ? (
                    <StatusTag tone="unknown">{t('people.notYet')}</StatusTag>
                  ) : (
                    <StatusTag tone={row.secondSecret === 'none' ? 'warn' : 'good'}>
                      {t(`people.opensWith.${row.secondSecret ?? 'nothing'}`)}
                    </StatusTag>
                  ),
              },
              {
                key: 'last',
                head: t('people.lastSignIn'),
                cell: row => (row.lastSignInAt === null ? t('people.never') : instantText(row.lastSignInAt)),
                nowrap: true,
              },
              {
                key: 'acts',
                head: t('people.actions'),
                cell: row =>
                  row.id === ownId ? (
                    t('people.you')
                  ) : (
                    <div className={styles.actions}>
                      {row.state === 'revoked' ? (
                        button(row, 'reinstate')
                      ) : (
                        <>
                          {button(row, 'propose')}
                          {button(row, 'reset')}
                          {button(row, 'resetFactors')}
                          {button(row, 'revoke')}
                        </>
                      )}
                    </div>
                  ),
              },
            ]}
          />
        )}
      </ChannelView>
      {asked === null ? null : asked.act === 'propose' ? (
        <ProposeDialog account={asked.account} onClose={() => setAsked(null)} />
      ) : (
        <AccountActDialog account={asked.account} act={asked.act} onClose={() => setAsked(null)} />
      )}
    </Panel>
  );
};
