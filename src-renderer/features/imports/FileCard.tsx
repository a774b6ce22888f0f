import { ActionIcon, SegmentedControl } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { GrantedFile } from '../../../src-main/contract/bridge.ts';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import { SIDES } from '../../../src-main/contract/imports.contract.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { LoadingBlock } from '../../components/LoadingBlock.tsx';
import { byteText } from '../../components/measure-text.ts';
import { ColumnMapping } from './ColumnMapping.tsx';
import { withOverride } from './column-roles.ts';
import { OpenQuestions } from './OpenQuestions.tsx';
import { PreviewProblems } from './PreviewProblems.tsx';
import { PreviewRows } from './PreviewRows.tsx';
import styles from './Upload.module.css';

export interface FileDraft extends GrantedFile {
  readonly side: (typeof SIDES)[number];
  readonly overrides: Readonly<Record<string, string>>;
}
interface FileCardProps {
  readonly draft: FileDraft;
  readonly disabled: boolean;
  readonly onChange: (part: Partial<FileDraft>) => void;
  readonly onRemove: () => void;
}

/** One file before its import: what it is, how it will be read, and the means to read it differently. */
export const FileCard = ({ draft, disabled, onChange, onRemove }: FileCardProps) => {
  const { t } = useTranslation();
  const preview = useChannel('imports.preview', { grant: draft.grant, overrides: { ...draft.overrides } });
  const file = preview.data?.file;
  const override = (key: string, value: string): void =>
    onChange({ overrides: withOverride(draft.overrides, key, value) });
  return (
    <article className={styles.card} aria-label={draft.name} aria-busy={preview.isFetching}>
      <header className={styles.cardHead}>
        <h2>{draft.name}</h2>
        <span className={styles.facts}>
          {[byteText(draft.bytes), file?.format, file?.encoding].filter(fact => fact != null).join(' · ')}
        </span>
        <SegmentedControl
          size="xs"
          value={draft.side}
          disabled={disabled}
          onChange={side => onChange({ side: side as FileDraft['side'] })}
          data={SIDES.map(side => ({ value: side, label: t(`sides.${side}`) }))}
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
      <div className={styles.cardBody}>
        {preview.error === undefined ? null : <PreviewError error={preview.error} onAnswer={override} />}
        {preview.data === undefined ? (
          preview.error === undefined && <LoadingBlock lines={5} />
        ) : (
          <Preview draft={draft} preview={preview.data} onOverride={override} />
        )}
      </div>
    </article>
  );
};

interface PreviewErrorProps {
  readonly error: NexusErrorData;
  readonly onAnswer: (key: string, value: string) => void;
}
/** A refusal that only the examiner can settle is a question; any other is an error. */
const PreviewError = ({ error, onAnswer }: PreviewErrorProps) =>
  error.candidates === undefined ? (
    <ErrorState error={error} />
  ) : (
    <OpenQuestions error={error} candidates={error.candidates} onAnswer={onAnswer} />
  );

interface PreviewProps {
  readonly draft: FileDraft;
  readonly preview: ChannelAnswer<'imports.preview'>;
  readonly onOverride: (key: string, value: string) => void;
}
const Preview = ({ draft, preview, onOverride }: PreviewProps) => {
  const { file, columns } = preview;
  return (
    <>
      {file.error === undefined ? null : <PreviewError error={file.error} onAnswer={onOverride} />}
      {file.error === undefined ? <PreviewProblems file={file} partial={preview.partial} /> : null}
      {columns.length === 0 ? (
        <PreviewRows preview={preview} />
      ) : (
        <div className={styles.columns}>
          <ColumnMapping
            name={draft.name}
            columns={columns}
            dialect={file.dialect}
            overrides={draft.overrides}
            onOverride={onOverride}
          />
          <PreviewRows preview={preview} />
        </div>
      )}
    </>
  );
};
