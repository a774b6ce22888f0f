import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './Mapping.module.css';

interface ConfidenceProps {
  /** What it is about, for the meter's name. */
  readonly of: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly reason: string;
}

/** How sure a proposal is, and why. */
export const Confidence = ({ of, confidence, reason }: ConfidenceProps) => {
  const { t } = useTranslation();
  // 100 only for what is certain.
  const share = confidence >= 1 ? 100 : Math.min(99, Math.round(confidence * 100));
  return (
    <span className={styles.evidence} data-unsure={confidence < 0.7}>
      <Progress
        value={share}
        size={4}
        w={36}
        aria-label={t('mapping.confidence', { role: of, confidence: t('percent', { share }) })}
      />
      <span className="nx-number">{t('percent', { share })}</span>
      <span className={styles.reason} title={reason}>
        {reason}
      </span>
    </span>
  );
};
