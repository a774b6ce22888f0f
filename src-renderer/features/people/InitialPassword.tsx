import { Button, CopyButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from '../identity/Identity.module.css';

interface InitialPasswordProps {
  readonly username: string;
  readonly password: string;
  readonly onClose: () => void;
}

/** An initial passphrase, shown once: it opens nothing until its person has put one of their own in its place. */
export const InitialPassword = ({ username, password, onClose }: InitialPasswordProps) => {
  const { t } = useTranslation();
  return (
    <div className={styles.form} role="status">
      <p>{t('people.initial.text', { username })}</p>
      <code className={`${styles.code} nx-mono`} data-initial-password>
        {password}
      </code>
      <div className={styles.actions}>
        <CopyButton value={password}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? t('errors.copied') : t('people.initial.copy')}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onClose}>{t('people.initial.done')}</Button>
      </div>
    </div>
  );
};
