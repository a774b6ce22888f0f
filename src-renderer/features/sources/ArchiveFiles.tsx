import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SourceSummary } from '../../../src-main/contract/imports.contract.ts';
import { paths } from '../../app/paths.ts';
import { FactTable } from '../../components/FactTable.tsx';
import { byteText } from '../../components/measure-text.ts';
import { Panel } from '../../components/Panel.tsx';
import { nameInArchive } from './name-in-archive.ts';
import { SourceState } from './SourceState.tsx';
import { TransactionsOf } from './TransactionsOf.tsx';

interface ArchiveFilesProps {
  readonly caseId: string;
  readonly archive: SourceSummary;
  readonly members: readonly SourceSummary[];
}

/** The files that came in an archive, each a source of its own. */
export const ArchiveFiles = ({ caseId, archive, members }: ArchiveFilesProps) => {
  const { t } = useTranslation();
  return (
    <Panel title={t('source.archiveMembers')} flush>
      <FactTable
        caption={t('source.archiveMembers')}
        rows={members}
        rowKey={member => member.id}
        columns={[
          {
            key: 'name',
            head: t('sources.file'),
            cell: member => <Link to={paths.source(caseId, member.id)}>{nameInArchive(member, archive)}</Link>,
          },
          { key: 'state', head: t('certificate.state'), cell: member => <SourceState source={member} /> },
          { key: 'format', head: t('sources.format'), cell: member => member.format },
          { key: 'size', head: t('sources.size'), numeric: true, cell: member => byteText(member.bytes) },
          {
            key: 'transactions',
            head: t('sources.transactions'),
            numeric: true,
            cell: member => <TransactionsOf caseId={caseId} source={member} />,
          },
        ]}
      />
    </Panel>
  );
};
