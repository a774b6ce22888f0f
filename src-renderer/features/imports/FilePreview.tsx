import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import type { MappingProfile } from '../../../src-main/contract/profiles.contract.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { ArchiveMembers } from './ArchiveMembers.tsx';
import { ColumnMapping } from './ColumnMapping.tsx';
import { type Overrides, withOverride } from './column-roles.ts';
import type { FileDraft } from './file-draft.ts';
import { OpenQuestions } from './OpenQuestions.tsx';
import { PreviewProblems } from './PreviewProblems.tsx';
import { PreviewRows } from './PreviewRows.tsx';
import { ProfileBar } from './ProfileBar.tsx';
import { StatedSettings } from './StatedSettings.tsx';
import { tableColumns } from './table-columns.ts';
import styles from './Upload.module.css';

type Preview = ChannelAnswer<'imports.preview'>;

interface PreviewErrorProps {
  readonly error: NexusErrorData;
  readonly onAnswer: (key: string, value: string) => void;
}
/** A refusal that only the examiner can settle is a question; any other is an error. */
export const PreviewError = ({ error, onAnswer }: PreviewErrorProps) =>
  error.candidates === undefined ? (
    <ErrorState error={error} />
  ) : (
    <OpenQuestions message={error.message} candidates={error.candidates} onAnswer={onAnswer} />
  );

interface FilePreviewProps {
  readonly draft: FileDraft;
  readonly preview: Preview;
  /** The profile in use; undefined while the list of profiles is on its way. */
  readonly profile: MappingProfile | null | undefined;
  readonly onChange: (part: Partial<FileDraft>) => void;
}

/** The head of one file as it would be read, beside its raw records, and the means to read it differently. */
export const FilePreview = ({ draft, preview, profile, onChange }: FilePreviewProps) => {
  const { file, partial, members, mapping, proposedProfile } = preview;
  const columns = tableColumns(preview);
  const override = (key: string, value: string): void =>
    onChange({ overrides: withOverride(draft.overrides, key, value) });
  const questions = file.error === undefined ? (mapping?.questions ?? []) : [];
  const ofProfile: Overrides = profile?.overrides ?? {};
  return (
    <>
      {members === undefined ? null : (
        <ArchiveMembers
          name={draft.name}
          members={members}
          shown={draft.member}
          onShow={member => onChange({ member })}
        />
      )}
      {file.error === undefined ? (
        <PreviewProblems file={file} partial={partial} />
      ) : (
        <PreviewError error={file.error} onAnswer={override} />
      )}
      {questions.length === 0 ? null : (
        <OpenQuestions
          message={questions.map(({ reason }) => reason).join(' ')}
          candidates={Object.fromEntries(questions.map(({ setting, candidates }) => [setting, candidates]))}
          onAnswer={override}
        />
      )}
      {columns.length === 0 ? (
        <>
          <StatedSettings overrides={draft.overrides} onTakeBack={key => override(key, '')} />
          <PreviewRows preview={preview} />
        </>
      ) : (
        <>
          <ProfileBar
            file={file}
            proposed={proposedProfile}
            applied={profile}
            stated={draft.overrides}
            onUse={profileId => onChange({ profileId })}
            onSaved={profileId => onChange({ profileId, overrides: {} })}
          />
          <div className={styles.columns}>
            <ColumnMapping
              name={draft.name}
              format={file.format}
              columns={columns}
              dialect={file.dialect}
              stated={draft.overrides}
              ofProfile={ofProfile}
              onOverride={override}
            />
            <div className={styles.shown}>
              <PreviewRows preview={preview} />
            </div>
          </div>
        </>
      )}
    </>
  );
};
