import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './Standardization.module.css';

interface StandardizedValueProps {
  readonly value: string;
  readonly changed?: boolean;
}

/** A value as it stands, blanks and all; an empty one is said in words. */
export const StandardizedValue = ({ value, changed = false }: StandardizedValueProps) => {
  const { t } = useTranslation();
  return value === '' ? (
    <span className={styles.none}>{t('values.none')}</span>
  ) : (
    <span className={styles.value} data-changed={changed}>
      {value}
    </span>
  );
};

/** Why a value is what it is, and what is wrong with it. */
export const ValueReason = ({ reason, problem }: { readonly reason: string; readonly problem: string | null }) => (
  <>
    <span className={styles.reason}>{reason}</span>
    {problem === null ? null : (
      <span className={styles.problem}>
        <IconAlertTriangle size={13} aria-hidden />
        {problem}
      </span>
    )}
  </>
);
