import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAppSelector } from '../store.ts';
import styles from './ConnectionBanner.module.css';

/** Says that the engine cannot be reached, for as long as that lasts. */
export const ConnectionBanner = () => {
  const { t } = useTranslation();
  const lost = useAppSelector(state => state.session.connection === 'lost');
  if (!lost) return null;
  return (
    <div role="alert" className={styles.banner}>
      <IconPlugConnectedX size={18} aria-hidden />
      <span>
        <strong>{t('connection.lost')}</strong> {t('connection.lostHint')}
      </span>
    </div>
  );
};
