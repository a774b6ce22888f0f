import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import styles from './CountButton.module.css';

interface CountButtonProps {
  readonly count: number;
  /** Address of the grid filtered to exactly these rows. */
  readonly to: string;
  /** What is counted, for the accessible name: `12 rejected rows`. */
  readonly label: string;
  readonly children?: ReactNode;
}

/** A number that opens its rows. Zero opens nothing and is plain text. */
export const CountButton = ({ count, to, label, children }: CountButtonProps) => {
  const { t } = useTranslation();
  const text = children ?? t('count', { count });
  if (count === 0) return <span className="nx-number">{text}</span>;
  return (
    <Link className={`${styles.count} nx-number`} to={to} aria-label={t('countOpens', { count, label })}>
      {text}
    </Link>
  );
};
