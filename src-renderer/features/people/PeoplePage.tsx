import { Button } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import styles from '../identity/Identity.module.css';
import { AccountsPanel } from './AccountsPanel.tsx';
import { AssignmentsPanel } from './AssignmentsPanel.tsx';
import { ProposalsPanel } from './ProposalsPanel.tsx';

/** Who works in this workspace, as what, on which cases: for supervisors. */
export const PeoplePage = () => {
  const { t } = useTranslation();
  const mayManage = usePermission('account.manage');
  return (
    <>
      <PageHeader
        title={t('people.title')}
        description={t('people.description')}
        actions={
          mayManage ? (
            <Button component={Link} to={paths.register} leftSection={<IconUserPlus size={16} />}>
              {t('people.register')}
            </Button>
          ) : null
        }
      />
      {mayManage ? (
        <div className={styles.wide}>
          <AccountsPanel />
          <ProposalsPanel />
          <AssignmentsPanel />
        </div>
      ) : (
        <EmptyState kind="no-permission" title={t('empty.noPermission.title')}>
          {t('people.supervisorsOnly')}
        </EmptyState>
      )}
    </>
  );
};
