import { CloseButton } from '@mantine/core';
import { IconShieldExclamation } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import styles from './ConnectionBanner.module.css';

/** Failed tries at this account since its last sign-in: the person is the one who knows whether they were theirs. */
export const SignInNotes = ({ status }: { readonly status: ChannelAnswer<'workspaces.status'> }) => {
  const { t } = useTranslation();
  const [seen, setSeen] = useState(false);
  const failed = status.lastSignIn?.failedSince ?? 0;
  if (failed === 0 || seen) return null;
  return (
    <div role="alert" className={styles.banner}>
      <IconShieldExclamation size={18} aria-hidden />
      <span>
        <strong>{t('account.failedSince', { count: failed })}</strong> {t('account.failedHint')}
      </span>
      <CloseButton ms="auto" aria-label={t('account.failedSeen')} onClick={() => setSeen(true)} />
    </div>
  );
};
