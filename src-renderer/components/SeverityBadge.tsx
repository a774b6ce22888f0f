import { useTranslation } from 'react-i18next';
import styles from './SeverityBadge.module.css';
import { SEVERITY_ICONS, type Severity } from './severity.ts';

/** A severity as icon and word. */
export const SeverityBadge = ({ severity }: { readonly severity: Severity }) => {
  const { t } = useTranslation();
  const Icon = SEVERITY_ICONS[severity];
  return (
    <span className={styles.badge} data-severity={severity}>
      <Icon size={14} aria-hidden />
      {t(`severity.${severity}`)}
    </span>
  );
};
