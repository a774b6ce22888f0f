import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SourceSummary } from '../../../src-main/contract/imports.contract.ts';
import { paths } from '../../app/paths.ts';
import { CountButton } from '../../components/CountButton.tsx';
import { Digest } from '../../components/Digest.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { byteText } from '../../components/measure-text.ts';
import { nameInArchive } from '../sources/name-in-archive.ts';
import { SourceState } from '../sources/SourceState.tsx';
import { TransactionsOf } from '../sources/TransactionsOf.tsx';
import { useProfileText } from '../sources/use-profile-text.ts';
import styles from './Sources.module.css';

interface SourcesTableProps {
  readonly caseId: string;
  readonly sources: readonly SourceSummary[];
}

/** Each archive followed by its files; everything else in its order. */
const inArchiveOrder = (sources: readonly SourceSummary[]): readonly SourceSummary[] => {
  const isMember = ({ containerId }: SourceSummary): boolean => sources.some(({ id }) => id === containerId);
  return sources
    .filter(source => !isMember(source))
    .flatMap(source => [source, ...sources.filter(({ containerId }) => containerId === source.id)]);
};

/** What is out of the ordinary with a source: set aside, read with a profile. */
const SourceNotes = ({ source }: { readonly source: SourceSummary }) => {
  const profile = useProfileText(source.profile);
  return (
    <>
      {source.state === 'set-aside' ? <SourceState source={source} /> : null}
      {profile === null ? null : <span className={styles.note}>{profile}</span>}
    </>
  );
};

/** The sealed originals of a case. */
export const SourcesTable = ({ caseId, sources }: SourcesTableProps) => {
  const { t } = useTranslation();
  if (sources.length === 0)
    return (
      <EmptyState
        kind="no-data"
        title={t('sources.empty.title')}
        action={
          <Button component={Link} to={paths.upload} size="compact-sm">
            {t('sources.empty.action')}
          </Button>
        }
      >
        {t('sources.empty.text')}
      </EmptyState>
    );
  return (
    <FactTable
      caption={t('caseHome.sources')}
      rows={inArchiveOrder(sources)}
      rowKey={source => source.id}
      columns={[
        {
          key: 'name',
          head: t('sources.file'),
          cell: source => (
            <div className={styles.source} data-member={source.containerId != null}>
              <Link to={paths.source(caseId, source.id)}>
                {nameInArchive(
                  source,
                  sources.find(({ id }) => id === source.containerId),
                )}
              </Link>
              <SourceNotes source={source} />
            </div>
          ),
        },
        { key: 'side', head: t('sources.side'), cell: source => t(`sides.${source.side}`) },
        { key: 'format', head: t('sources.format'), cell: source => source.format },
        { key: 'size', head: t('sources.size'), cell: source => byteText(source.bytes), numeric: true },
        {
          key: 'period',
          head: t('sources.period'),
          nowrap: true,
          cell: source =>
            source.from === null || source.to === null
              ? t('sources.periodUnknown')
              : t('sources.periodOf', { from: source.from, to: source.to }),
        },
        {
          key: 'transactions',
          head: t('sources.transactions'),
          numeric: true,
          cell: source => <TransactionsOf caseId={caseId} source={source} />,
        },
        {
          key: 'rejected',
          head: t('sources.rejected'),
          numeric: true,
          cell: source => (
            <CountButton
              count={source.rejected}
              to={paths.rejected(caseId, source.id)}
              label={t('sources.rejectedOf', { name: source.name })}
            />
          ),
        },
        {
          key: 'digest',
          head: t('sources.digest'),
          cell: source => <Digest value={source.sha256} label={source.name} />,
        },
      ]}
    />
  );
};
