import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAppSelector } from '../store.ts';
import styles from './ConnectionBanner.module.css';

/** Says that the engine cannot be reached, for as long as that lasts. */
export const ConnectionBanner = () => {
  const { t } = useTranslation();
  const state = useAppSelector(store => store.session.connection);
  if (state === 'connecting' || state === 'connected') return null;
  return (
    <div role="alert" className={styles.banner}>
      <IconPlugConnectedX size={18} aria-hidden />
      <span>
        <strong>{t(`connection.cutOff.${state}.what`)}</strong> {t(`connection.cutOff.${state}.next`)}
      </span>
    </div>
  );
};
