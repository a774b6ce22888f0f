import { PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { StatusTag } from '../../components/StatusTag.tsx';
import styles from './LoginPage.module.css';
import { LEAST_LENGTH, passphraseStrength } from './passphrase-strength.ts';

interface PassphraseDraft {
  readonly passphrase: string;
  readonly repeated: string;
}
export const EMPTY_PASSPHRASE: PassphraseDraft = { passphrase: '', repeated: '' };

interface NewPassphraseProps {
  readonly draft: PassphraseDraft;
  readonly onChange: (draft: PassphraseDraft) => void;
  /** Says what differs also while the second field is empty. */
  readonly tried: boolean;
  /** What it is called where another passphrase stands beside it. */
  readonly label?: string;
}

/** A new passphrase, twice, with what its length is worth while it is typed. */
export const NewPassphrase = ({ draft, onChange, tried, label }: NewPassphraseProps) => {
  const { t } = useTranslation();
  const strength = passphraseStrength(draft.passphrase);
  const differs = draft.repeated === draft.passphrase ? null : t('login.repeatDiffers');
  const toggle = { 'aria-label': t('login.show'), tabIndex: 0 } as const;
  return (
    <>
      <div>
        <PasswordInput
          label={label ?? t('login.passphrase')}
          description={t('login.passphraseHint', { length: LEAST_LENGTH })}
          value={draft.passphrase}
          onChange={event => onChange({ ...draft, passphrase: event.currentTarget.value })}
          required
          autoComplete="new-password"
          visibilityToggleButtonProps={toggle}
        />
        <div aria-live="polite" className={styles.live as string}>
          {strength === 'empty' ? null : (
            <StatusTag tone={strength === 'good' ? 'good' : 'warn'}>
              {t(`login.strength.${strength}`, { length: LEAST_LENGTH })}
            </StatusTag>
          )}
        </div>
      </div>
      <PasswordInput
        label={t('login.repeat')}
        value={draft.repeated}
        onChange={event => onChange({ ...draft, repeated: event.currentTarget.value })}
        required
        autoComplete="new-password"
        error={draft.repeated !== '' || tried ? differs : null}
        visibilityToggleButtonProps={toggle}
      />
    </>
  );
};
