import { useTranslation } from 'react-i18next';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import type { ChannelResult } from '../../../src-main/contract/index.ts';
import { paths } from '../../app/paths.ts';
import { CountButton } from '../../components/CountButton.tsx';
import { Digest } from '../../components/Digest.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { Panel } from '../../components/Panel.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { CertificateButton } from '../sources/CertificateButton.tsx';
import { ControlDisagreement } from './ControlDisagreement.tsx';
import { disagreementsIn } from './control-totals.ts';
import styles from './Upload.module.css';

type ImportedFile = ChannelResult<'imports.start'>['files'][number];

const stateOf = (file: ImportedFile): 'imported' | 'known' | 'refused' =>
  file.error !== undefined || (file.sourceId === null && !file.alreadyImported)
    ? 'refused'
    : file.alreadyImported
      ? 'known'
      : 'imported';
const TONES = { imported: 'good', known: 'unknown', refused: 'bad' } as const;

interface ImportResultProps {
  readonly caseId: string;
  readonly files: readonly ImportedFile[];
}

/** What became of each file: imported, known already, or refused with its reason. */
export const ImportResult = ({ caseId, files }: ImportResultProps) => {
  const { t } = useTranslation();
  const refused = files.filter(file => file.error !== undefined);
  return (
    <Panel title={t('result.title')} flush>
      <FactTable
        caption={t('result.title')}
        rows={files.map((file, place) => ({ ...file, place }))}
        rowKey={file => String(file.place)}
        columns={[
          { key: 'name', head: t('sources.file'), cell: file => file.name },
          {
            key: 'state',
            head: t('result.state'),
            cell: file => <StatusTag tone={TONES[stateOf(file)]}>{t(`result.states.${stateOf(file)}`)}</StatusTag>,
          },
          {
            key: 'transactions',
            head: t('sources.transactions'),
            numeric: true,
            cell: file => {
              const count = file.statements.reduce((sum, statement) => sum + statement.count, 0);
              return file.sourceId === null ? (
                count
              ) : (
                <CountButton
                  count={count}
                  to={paths.records(caseId, { sourceId: file.sourceId })}
                  label={t('sources.transactionsOf', { name: file.name })}
                />
              );
            },
          },
          {
            key: 'rejected',
            head: t('sources.rejected'),
            numeric: true,
            cell: file =>
              file.sourceId === null ? (
                file.rejected.length
              ) : (
                <CountButton
                  count={file.rejected.length}
                  to={paths.rejected(caseId, file.sourceId)}
                  label={t('sources.rejectedOf', { name: file.name })}
                />
              ),
          },
          {
            key: 'digest',
            head: t('sources.digest'),
            cell: file => (file.sha256 === null ? t('unknown') : <Digest value={file.sha256} label={file.name} />),
          },
          {
            key: 'certificate',
            head: t('result.certificate'),
            cell: file =>
              file.sourceId === null ? null : <CertificateButton sourceId={file.sourceId} name={file.name} compact />,
          },
        ]}
      />
      {refused.length === 0 ? null : (
        <div className={styles.cardBody}>
          {refused.map(file => (
            <Refusal key={file.name} name={file.name} error={{ file: file.name, ...file.error! }} />
          ))}
        </div>
      )}
    </Panel>
  );
};

const Refusal = ({ name, error }: { readonly name: string; readonly error: NexusErrorData }) => {
  const { t } = useTranslation();
  const disagreements = error.code === 'control.disagrees' ? disagreementsIn(error.message) : [];
  // The table says the figures better than the sentence does.
  const shown = disagreements.length === 0 ? error : { ...error, message: t('controls.refused', { name }) };
  return (
    <div className={styles.refusal}>
      <ErrorState error={shown} />
      {disagreements.length === 0 ? null : <ControlDisagreement name={name} disagreements={disagreements} />}
    </div>
  );
};
