import { Button, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MappingProfile } from '../../../src-main/contract/profiles.contract.ts';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { instantText } from '../../components/measure-text.ts';
import styles from './Profiles.module.css';

/** The workspace's mapping profiles, to be renamed or removed. */
export const ProfileList = () => {
  const { t } = useTranslation();
  const list = useChannel('profiles.list', {});
  const [open, setOpen] = useState(false);
  const count = list.data?.profiles.length ?? 0;
  return (
    <>
      {count === 0 ? null : (
        <Button variant="default" onClick={() => setOpen(true)}>
          {t('profiles.open', { count })}
        </Button>
      )}
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        size="xl"
        title={t('profiles.title')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <p className={styles.note}>{t('profiles.description')}</p>
        <ChannelView of={list}>{({ profiles }) => <Profiles profiles={profiles} />}</ChannelView>
      </Modal>
    </>
  );
};

const Profiles = ({ profiles }: { readonly profiles: readonly MappingProfile[] }) => {
  const { t } = useTranslation();
  const [remove, removing] = useCommand('profiles.remove');
  const [at, setAt] = useState<{ readonly id: string; readonly act: 'rename' | 'remove' } | null>(null);
  if (profiles.length === 0) return <EmptyState kind="no-data" title={t('profiles.empty')} />;
  const actions = (profile: MappingProfile) =>
    at?.id === profile.id && at.act === 'remove' ? (
      <span className={styles.actions}>
        <span>{t('profiles.removeNote', { name: profile.name })}</span>
        <Button
          size="compact-xs"
          color="red"
          loading={removing.isLoading}
          onClick={() => void remove({ id: profile.id })}
        >
          {t('profiles.removeSure')}
        </Button>
        <Button size="compact-xs" variant="default" onClick={() => setAt(null)}>
          {t('profiles.keep')}
        </Button>
      </span>
    ) : (
      <span className={styles.actions}>
        {(['rename', 'remove'] as const).map(act => (
          <Button
            key={act}
            size="compact-xs"
            variant="default"
            aria-label={t(`profiles.${act}Of`, { name: profile.name })}
            onClick={() => setAt({ id: profile.id, act })}
          >
            {t(`profiles.${act}`)}
          </Button>
        ))}
      </span>
    );
  return (
    <>
      <FactTable
        caption={t('profiles.title')}
        rows={profiles}
        rowKey={profile => profile.id}
        columns={[
          {
            key: 'name',
            head: t('profiles.name'),
            cell: profile =>
              at?.id === profile.id && at.act === 'rename' ? (
                <Rename profile={profile} onDone={() => setAt(null)} />
              ) : (
                profile.name
              ),
          },
          { key: 'institution', head: t('profiles.institution'), cell: profile => profile.institution },
          { key: 'format', head: t('profiles.format'), cell: profile => profile.format },
          { key: 'columns', head: t('profiles.columns'), numeric: true, cell: profile => profile.header.length },
          {
            key: 'settings',
            head: t('profiles.answers'),
            numeric: true,
            cell: profile => Object.keys(profile.overrides).length,
          },
          { key: 'version', head: t('profiles.version'), numeric: true, cell: profile => profile.version },
          {
            key: 'changed',
            head: t('profiles.changed'),
            nowrap: true,
            cell: profile => instantText(profile.updatedAt),
          },
          { key: 'actions', head: '', cell: actions },
        ]}
      />
      {removing.error === undefined ? null : <ErrorState error={removing.error} />}
    </>
  );
};

const Rename = ({ profile, onDone }: { readonly profile: MappingProfile; readonly onDone: () => void }) => {
  const { t } = useTranslation();
  const [save, { isLoading, error }] = useCommand('profiles.save');
  const [name, setName] = useState(profile.name);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { id, institution, format, header, overrides } = profile;
    const { data } = await save({ id, name: name.trim(), institution, format, header, overrides });
    if (data !== undefined) onDone();
  };
  return (
    <form className={styles.actions} onSubmit={event => void submit(event)}>
      <TextInput
        size="xs"
        aria-label={t('profiles.renameOf', { name: profile.name })}
        value={name}
        onChange={event => setName(event.currentTarget.value)}
        error={error?.message}
        maxLength={100}
        autoFocus
      />
      <Button size="compact-xs" type="submit" loading={isLoading} disabled={name.trim() === ''}>
        {t('profiles.save')}
      </Button>
      <Button size="compact-xs" variant="default" onClick={onDone}>
        {t('profiles.cancel')}
      </Button>
    </form>
  );
};
