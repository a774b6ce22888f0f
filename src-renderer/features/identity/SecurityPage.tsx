import { useTranslation } from 'react-i18next';
import { usePermission } from '../../app/use-permission.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { SettingsTabs } from '../settings/SettingsTabs.tsx';
import { ChangePasswordPanel } from './ChangePasswordPanel.tsx';
import { FactorsPanel } from './FactorsPanel.tsx';
import styles from './Identity.module.css';
import { RecoveryKitPanel } from './RecoveryKitPanel.tsx';
import { SessionsPanel } from './SessionsPanel.tsx';

/** How the own account is protected: passphrase, one-time codes, sessions. */
export const SecurityPage = () => {
  const { t } = useTranslation();
  const maySupervise = usePermission('account.manage');
  return (
    <>
      <PageHeader title={t('security.title')} description={t('security.description')} />
      <SettingsTabs />
      <div className={styles.stack}>
        <ChangePasswordPanel />
        <FactorsPanel />
        {maySupervise ? <RecoveryKitPanel /> : null}
        <SessionsPanel />
      </div>
    </>
  );
};
