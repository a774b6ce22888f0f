import { NativeSelect } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { CONSTANT_MARK, CONSTANT_ROLES, type Overrides } from './column-roles.ts';
import styles from './Mapping.module.css';
import { foundSetting, type ReadSetting, readSettings } from './read-settings.ts';
import { settingValue } from './setting-name.ts';
import { TextSetting } from './TextSetting.tsx';

interface ReadSettingsProps {
  readonly format: string | null;
  readonly dialect: Readonly<Record<string, unknown>>;
  readonly stated: Overrides;
  readonly ofProfile: Overrides;
  readonly onOverride: (key: string, value: string) => void;
}

/** Order of dates, signs, delimiter, encoding and the like: as found, as a profile says, or stated here. */
export const ReadSettings = ({ format, dialect, stated, ofProfile, onOverride }: ReadSettingsProps) => {
  const { t } = useTranslation();
  const id = useId();
  const foundText = (key: string): string => {
    const found = ofProfile[key] ?? foundSetting(key, dialect);
    if (found === '') return t('mapping.asFoundUnknown');
    return t(key in ofProfile ? 'mapping.asProfile' : 'mapping.asFound', { found: settingValue(key, found) });
  };
  const control = ({ key, choices }: ReadSetting) =>
    choices === null ? (
      <TextSetting
        id={`${id}-${key}`}
        value={stated[key] ?? ''}
        placeholder={foundText(key)}
        onChange={value => onOverride(key, value)}
      />
    ) : (
      <NativeSelect
        id={`${id}-${key}`}
        size="xs"
        value={stated[key] ?? ''}
        onChange={event => onOverride(key, event.currentTarget.value)}
        data={[
          { value: '', label: foundText(key) },
          ...choices.map(choice => ({ value: choice, label: settingValue(key, choice) })),
        ]}
      />
    );
  return (
    <section aria-label={t('mapping.settings')}>
      <h3>{t('mapping.settings')}</h3>
      <div className={styles.settings}>
        {readSettings(format, dialect, { ...ofProfile, ...stated }).map(setting => (
          <div key={setting.key} data-stated={setting.key in stated}>
            <label htmlFor={`${id}-${setting.key}`}>{t(`setting.${setting.key}` as 'setting.dateOrder')}</label>
            {control(setting)}
          </div>
        ))}
        {CONSTANT_ROLES.map(role => {
          const value = stated[role] ?? '';
          const found = dialect[role];
          return (
            <div key={role} data-stated={value.startsWith(CONSTANT_MARK)}>
              <label htmlFor={`${id}-${role}`}>{t(`setting.${role}`)}</label>
              <TextSetting
                id={`${id}-${role}`}
                value={value.startsWith(CONSTANT_MARK) ? value.slice(CONSTANT_MARK.length) : ''}
                placeholder={typeof found === 'string' ? found : t(`settingHint.${role}`)}
                onChange={text => onOverride(role, text === '' ? '' : `${CONSTANT_MARK}${text}`)}
              />
            </div>
          );
        })}
      </div>
    </section>
  );
};
