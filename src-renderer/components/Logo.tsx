import styles from './Logo.module.css';

/** The name of the application with its mark: two points and the line that joins them. */
export const Logo = () => (
  <span className={styles.logo}>
    <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
      <rect width="32" height="32" rx="7" className={styles.ground} />
      <path d="M9 23V9l14 14V9" className={styles.line} />
      <circle cx="9" cy="9" r="2.6" className={styles.point} />
      <circle cx="23" cy="23" r="2.6" className={styles.point} />
    </svg>
    NEXUS
  </span>
);
