import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import styles from './Identity.module.css';

/** The one-time code or a recovery code, typed or pasted (WCAG 3.3.8). */
export const CodeProof = ({ onProved }: { readonly onProved: () => void }) => {
  const { t } = useTranslation();
  const [prove, { isLoading, error }] = useCommand('factors.prove');
  const [code, setCode] = useState('');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const outcome = await prove({ code: code.trim() });
    setCode('');
    if (outcome.error === undefined) onProved();
  };
  return (
    <form className={styles.form} onSubmit={event => void submit(event)}>
      <TextInput
        label={t('identity.code.label')}
        description={t('identity.code.hint')}
        value={code}
        onChange={event => setCode(event.currentTarget.value)}
        autoComplete="one-time-code"
        data-autofocus
        autoFocus
        required
        minLength={6}
        maxLength={64}
        classNames={{ input: 'nx-mono' }}
      />
      {error === undefined ? null : (
        <>
          <ErrorState error={error} />
          <p className={styles.hint}>{t('identity.code.clock', { time: new Date().toLocaleTimeString('en-GB') })}</p>
        </>
      )}
      <Button type="submit" loading={isLoading} fullWidth>
        {t('identity.code.action')}
      </Button>
    </form>
  );
};
