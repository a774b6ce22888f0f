import { useTranslation } from 'react-i18next';
import type { ORIGINS } from '../../../src-main/contract/standardization.contract.ts';
import styles from './Standardization.module.css';

export type Origin = (typeof ORIGINS)[number];

/** Where a value comes from, in a word; how sure it is, where that is a matter of degree. */
export const OriginTag = ({
  origin,
  confidence = null,
}: {
  readonly origin: Origin;
  readonly confidence?: number | null;
}) => {
  const { t } = useTranslation();
  return (
    <span className={styles.origin} data-origin={origin}>
      {t(`origins.${origin}`)}
      {origin === 'learned' && confidence !== null ? ` ${t('percent', { share: Math.round(confidence * 100) })}` : ''}
    </span>
  );
};
