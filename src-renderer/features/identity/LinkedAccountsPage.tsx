import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../components/PageHeader.tsx';
import { SettingsTabs } from '../settings/SettingsTabs.tsx';
import styles from './Identity.module.css';
import { LinksPanel } from './LinksPanel.tsx';
import { ProvidersPanel } from './ProvidersPanel.tsx';

/** Identities at OpenID providers: the own ones, and which providers there are. */
export const LinkedAccountsPage = () => {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('oauth.title')} description={t('oauth.description')} />
      <SettingsTabs />
      <div className={styles.stack}>
        <LinksPanel />
        <ProvidersPanel />
      </div>
    </>
  );
};
