import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useBridge } from '../../app/BridgeContext.tsx';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useCaseId } from '../cases/use-case-id.ts';
import { downloadFile } from '../reports/download-file.ts';
import { BreaksTable } from './BreaksTable.tsx';
import { CellDetail } from './CellDetail.tsx';
import styles from './Coverage.module.css';
import { CoverageGrid } from './CoverageGrid.tsx';
import { type CellPlace, type CoverageAnswer, lineScopes } from './coverage-cells.ts';
import { Legend } from './Legend.tsx';
import { TestsDimension } from './TestsDimension.tsx';

/** Accounts by month and test: what the files cover, what is proved, twice or not there, and what each test made of it. */
export const CoveragePage = () => {
  const { t } = useTranslation();
  const caseId = useCaseId();
  const mayImport = usePermission('evidence.import');
  const coverage = useChannel('coverage.read', { caseId });
  const any = (coverage.data?.months.length ?? 0) > 0;
  return (
    <div className={styles.page}>
      <PageHeader
        title={t('coverage.title')}
        description={t('coverage.description')}
        actions={any ? <ExportButton caseId={caseId} /> : undefined}
      />
      <ChannelView of={coverage} lines={10}>
        {data =>
          data.months.length === 0 ? (
            <EmptyState
              kind="no-data"
              title={t('coverage.none.title')}
              action={
                mayImport ? (
                  <Button component={Link} to={paths.upload}>
                    {t('sources.empty.action')}
                  </Button>
                ) : undefined
              }
            >
              {t('coverage.none.text')}
            </EmptyState>
          ) : (
            <Coverage caseId={caseId} coverage={data} />
          )
        }
      </ChannelView>
    </div>
  );
};

const Coverage = ({ caseId, coverage }: { readonly caseId: string; readonly coverage: CoverageAnswer }) => {
  const sources = useChannel('sources.list', { caseId });
  const mayReadFindings = usePermission('finding.read');
  const [place, setPlace] = useState<CellPlace>({ row: 0, column: 0 });
  const [search, setSearch] = useSearchParams();
  const list = sources.data?.sources ?? [];
  const bothSides = new Set(list.map(source => source.side)).size > 1;
  const scopes = useMemo(() => lineScopes(coverage.accounts, bothSides), [coverage, bothSides]);
  const row = Math.min(place.row, coverage.accounts.length - 1);
  const [line, scope] = [coverage.accounts[row], scopes[row]];
  const month = coverage.months[Math.min(place.column, coverage.months.length - 1)];
  return (
    <>
      <Legend />
      <div className={styles.split}>
        <CoverageGrid caseId={caseId} coverage={coverage} scopes={scopes} place={place} onPlace={setPlace} />
        {line === undefined || scope === undefined || month === undefined ? null : (
          <CellDetail caseId={caseId} months={coverage.months} line={line} scope={scope} month={month} sources={list} />
        )}
      </div>
      <BreaksTable caseId={caseId} coverage={coverage} scopes={scopes} onPlace={setPlace} />
      {mayReadFindings ? (
        <TestsDimension
          caseId={caseId}
          coverage={coverage}
          scopes={scopes}
          chosen={search.get('test')}
          onChoose={test => setSearch(test === null ? {} : { test }, { replace: true })}
        />
      ) : null}
    </>
  );
};

const ExportButton = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const bridge = useBridge();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<NexusErrorData | null>(null);
  const save = async (): Promise<void> => {
    setBusy(true);
    const result = await bridge.invoke('coverage.export', { caseId });
    setBusy(false);
    setError(result.ok ? null : result.error);
    if (!result.ok) return;
    const { name, csv } = result.value as ChannelAnswer<'coverage.export'>;
    downloadFile(name, 'text/csv', csv);
  };
  return (
    <>
      {error === null ? null : <ErrorState error={error} onRetry={() => void save()} />}
      <Button
        variant="default"
        loading={busy}
        leftSection={<IconDownload size={16} aria-hidden />}
        onClick={() => void save()}
      >
        {t('coverage.export')}
      </Button>
    </>
  );
};
