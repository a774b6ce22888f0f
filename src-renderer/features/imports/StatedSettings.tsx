import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Overrides } from './column-roles.ts';
import { settingName, settingValue } from './setting-name.ts';
import styles from './Upload.module.css';

interface StatedSettingsProps {
  readonly overrides: Overrides;
  readonly onTakeBack: (key: string) => void;
}

/** The answers given for a file that has no columns to show them beside; each can be taken back. */
export const StatedSettings = ({ overrides, onTakeBack }: StatedSettingsProps) => {
  const { t } = useTranslation();
  const entries = Object.entries(overrides);
  if (entries.length === 0) return null;
  return (
    <ul className={styles.stated} aria-label={t('mapping.statedList')}>
      {entries.map(([key, value]) => (
        <li key={key}>
          {settingName(key)}: <b>{settingValue(key, value)}</b>
          <button
            type="button"
            aria-label={t('mapping.takeBack', { setting: settingName(key) })}
            onClick={() => onTakeBack(key)}
          >
            <IconX size={14} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
};
