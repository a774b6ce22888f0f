import { ActionIcon, SegmentedControl } from '@mantine/core';
import { IconChevronDown, IconTrash } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SIDES } from '../../../src-main/contract/imports.contract.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { LoadingBlock } from '../../components/LoadingBlock.tsx';
import { byteText } from '../../components/measure-text.ts';
import { StatusTag } from '../../components/StatusTag.tsx';
import { ControlTotals } from './ControlTotals.tsx';
import { withOverride } from './column-roles.ts';
import { FilePreview, PreviewError } from './FilePreview.tsx';
import { type FileDraft, sideOfFormat } from './file-draft.ts';
import styles from './Upload.module.css';

interface FileCardProps {
  readonly draft: FileDraft;
  readonly disabled: boolean;
  /** Among many files each begins as a line of its own. */
  readonly folded: boolean;
  readonly onChange: (part: Partial<FileDraft>) => void;
  readonly onRemove: () => void;
}

/** One file before its import: what it is, how it will be read, and the means to read it differently. */
export const FileCard = ({ draft, disabled, folded, onChange, onRemove }: FileCardProps) => {
  const { t } = useTranslation();
  const [open, setOpen] = useState(!folded);
  const { grant, overrides, member, profileId, foundSide } = draft;
  const preview = useChannel('imports.preview', {
    grant,
    overrides: { ...overrides },
    ...(member === null ? {} : { member }),
    ...(profileId === null ? {} : { profileId }),
  });
  const profiles = useChannel('profiles.list', {});
  const profile = profileId === null ? null : profiles.data?.profiles.find(({ id }) => id === profileId);
  const file = preview.data?.file;
  const read = preview.currentData !== undefined || preview.error !== undefined;
  const said = sideOfFormat(preview.currentData?.file.format ?? null);
  useEffect(() => {
    if (read && foundSide !== said) onChange({ foundSide: said });
  });
  const side = draft.side ?? foundSide ?? 'bank';
  const error = preview.error ?? file?.error;
  const members = preview.data?.members?.length ?? 0;
  return (
    <article className={styles.card} aria-label={draft.name} aria-busy={preview.isFetching}>
      <header className={styles.cardHead} data-folded={!open}>
        <ActionIcon
          size={24}
          aria-expanded={open}
          aria-label={t(open ? 'upload.hide' : 'upload.show', { name: draft.name })}
          onClick={() => setOpen(!open)}
        >
          <IconChevronDown size={16} className={styles.fold} data-open={open} />
        </ActionIcon>
        <h2>{draft.name}</h2>
        <span className={styles.facts}>
          {[byteText(draft.bytes), file?.format, file?.encoding].filter(fact => fact != null).join(' · ')}
        </span>
        {open || error === undefined ? null : (
          <StatusTag tone={error.candidates === undefined ? 'bad' : 'warn'}>
            {t(error.candidates === undefined ? 'upload.refused' : 'upload.question')}
          </StatusTag>
        )}
        <SegmentedControl
          size="xs"
          value={side}
          disabled={disabled}
          onChange={chosen => onChange({ side: chosen as (typeof SIDES)[number] })}
          data={SIDES.map(known => ({ value: known, label: t(`sides.${known}`) }))}
          aria-label={t('upload.side', { name: draft.name })}
        />
        <ActionIcon
          size={28}
          disabled={disabled}
          aria-label={t('upload.remove', { name: draft.name })}
          onClick={onRemove}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </header>
      {open ? (
        <div className={styles.cardBody}>
          {draft.settingsKept ? (
            <p className={styles.note} role="status">
              {t('upload.settingsKept')}
            </p>
          ) : null}
          {draft.side === null && foundSide === 'ledger' ? (
            <p className={styles.note} role="status">
              {t('upload.ledgerNote', { format: file?.format ?? '' })}
            </p>
          ) : null}
          {preview.error === undefined ? null : (
            <PreviewError
              error={preview.error}
              onAnswer={(key, value) => onChange({ overrides: withOverride(overrides, key, value) })}
            />
          )}
          {preview.data === undefined ? (
            preview.error === undefined && <LoadingBlock lines={5} />
          ) : (
            <FilePreview draft={draft} preview={preview.data} profile={profile} onChange={onChange} />
          )}
          {members > 1 ? (
            <p className={styles.note}>{t('controls.archive', { count: members })}</p>
          ) : (
            <ControlTotals draft={draft.controls} disabled={disabled} onChange={controls => onChange({ controls })} />
          )}
        </div>
      ) : null}
    </article>
  );
};
