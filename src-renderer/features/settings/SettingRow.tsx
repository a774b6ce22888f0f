import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Preferences.module.css';

interface SettingRowProps {
  readonly name: string;
  readonly modified: boolean;
  readonly onReset: () => void;
  readonly children: ReactNode;
}

/** A setting with the mark that it was changed, and the way back. */
export const SettingRow = ({ name, modified, onReset, children }: SettingRowProps) => {
  const { t } = useTranslation();
  return (
    <div className={styles.setting} data-modified={modified}>
      <div>{children}</div>
      {modified ? (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={onReset}
          aria-label={t('preferences.resetOf', { name })}
          title={t('preferences.modified')}
        >
          {t('preferences.reset')}
        </Button>
      ) : null}
    </div>
  );
};
