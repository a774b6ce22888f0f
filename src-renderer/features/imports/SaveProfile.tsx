import { Button, Modal, Radio, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MappingProfile } from '../../../src-main/contract/profiles.contract.ts';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { DefinitionList } from '../../components/DefinitionList.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import type { Overrides } from './column-roles.ts';
import styles from './Profiles.module.css';
import { settingName, settingValue } from './setting-name.ts';

interface SaveProfileProps {
  readonly format: string;
  readonly header: readonly string[];
  readonly overrides: Overrides;
  /** The profile the file is read with: its next version can be saved. */
  readonly applied: MappingProfile | null;
  readonly onClose: () => void;
  readonly onSaved: (profile: MappingProfile) => void;
}

/** Names how this institution's files are read. What is kept is shown before it is kept. */
export const SaveProfile = ({ format, header, overrides, applied, onClose, onSaved }: SaveProfileProps) => {
  const { t } = useTranslation();
  const [save, { isLoading, error }] = useCommand('profiles.save');
  const [next, setNext] = useState(applied !== null);
  const [name, setName] = useState('');
  const [institution, setInstitution] = useState('');
  const versioned = next ? applied : null;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { data } = await save({
      ...(versioned === null
        ? { name: name.trim(), institution: institution.trim() }
        : { id: versioned.id, name: versioned.name, institution: versioned.institution }),
      format,
      header: [...header],
      overrides: { ...overrides },
    });
    if (data === undefined) return;
    notifications.show({
      closeButtonProps: { 'aria-label': t('close') },
      message: t('profiles.saved', { name: data.name }),
    });
    onSaved(data);
  };
  return (
    <Modal opened onClose={onClose} title={t('profiles.saveTitle')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form className={styles.form} onSubmit={event => void submit(event)}>
        {applied === null ? null : (
          <Radio.Group
            label={t('profiles.kind')}
            value={next ? 'next' : 'new'}
            onChange={value => setNext(value === 'next')}
          >
            <Radio value="next" label={t('profiles.asNext', { name: applied.name })} mt={6} />
            <Radio value="new" label={t('profiles.asNew')} mt={6} />
          </Radio.Group>
        )}
        {versioned === null ? (
          <>
            <TextInput
              label={t('profiles.name')}
              value={name}
              onChange={event => setName(event.currentTarget.value)}
              required
              maxLength={100}
              data-autofocus
            />
            <TextInput
              label={t('profiles.institution')}
              value={institution}
              onChange={event => setInstitution(event.currentTarget.value)}
              maxLength={200}
            />
          </>
        ) : null}
        <section className={styles.keeps} aria-label={t('profiles.keeps')}>
          <h3>{t('profiles.keeps')}</h3>
          <DefinitionList
            entries={Object.entries(overrides).map(([key, value]) => [settingName(key), settingValue(key, value)])}
          />
          <p>{t('profiles.saveNote', { count: header.length })}</p>
        </section>
        {error === undefined ? null : <ErrorState error={error} />}
        <Button type="submit" loading={isLoading} disabled={versioned === null && name.trim() === ''}>
          {t('profiles.save')}
        </Button>
      </form>
    </Modal>
  );
};
