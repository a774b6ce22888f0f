import { Checkbox, Radio } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import type { SecondSecret } from '../../../src-main/contract/workspaces.contract.ts';
import styles from '../identity/Identity.module.css';

/** The strongest first. */
const OFFERED: readonly SecondSecret[] = ['keychain', 'key-file', 'none'];

type Keychain = ChannelAnswer<'workspaces.list'>['keychain'];

interface SecondSecretDraft {
  readonly second: SecondSecret;
  /** Password-only is a choice that the person has to make knowingly. */
  readonly weakAccepted: boolean;
}
/** The stronger choice that this station can keep. */
export const preferredSecret = (keychain: Keychain): SecondSecretDraft => ({
  second: keychain.available ? 'keychain' : 'key-file',
  weakAccepted: false,
});
export const isSecretChosen = ({ second, weakAccepted }: SecondSecretDraft): boolean =>
  second !== 'none' || weakAccepted;

interface SecondSecretChoiceProps {
  readonly keychain: Keychain;
  readonly draft: SecondSecretDraft;
  readonly onChange: (draft: SecondSecretDraft) => void;
  readonly tried: boolean;
}

/** What opens the workspace besides the passphrase, so that stolen files and a guessed passphrase are not enough. */
export const SecondSecretChoice = ({ keychain, draft, onChange, tried }: SecondSecretChoiceProps) => {
  const { t } = useTranslation();
  return (
    <>
      <Radio.Group
        label={t('login.second.label')}
        value={draft.second}
        onChange={value => onChange({ second: value as SecondSecret, weakAccepted: false })}
      >
        <div className={styles.choices}>
          {OFFERED.map(second => (
            <Radio
              key={second}
              value={second}
              label={t(`login.second.${second}`)}
              description={
                second === 'keychain' && !keychain.available
                  ? t('login.second.noKeychain')
                  : t(`login.second.hints.${second}`)
              }
              title={second === 'keychain' ? (keychain.reason ?? undefined) : undefined}
              disabled={second === 'keychain' && !keychain.available}
            />
          ))}
        </div>
      </Radio.Group>
      {draft.second !== 'none' ? null : (
        <div className={styles.warning}>
          <IconAlertTriangle size={16} aria-hidden />
          <div className={styles.form}>
            <p>{t('login.second.weak')}</p>
            <Checkbox
              label={t('login.second.accept')}
              checked={draft.weakAccepted}
              onChange={event => onChange({ ...draft, weakAccepted: event.currentTarget.checked })}
              error={tried && !draft.weakAccepted ? t('login.second.mustAccept') : null}
            />
          </div>
        </div>
      )}
    </>
  );
};
