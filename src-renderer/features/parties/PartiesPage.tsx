import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { skipToken, useChannel } from '../../app/engine/channel-hooks.ts';
import { usePermission } from '../../app/use-permission.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useCaseId } from '../cases/use-case-id.ts';
import { AllParties } from './AllParties.tsx';
import styles from './Parties.module.css';
import { ProposalQueue } from './ProposalQueue.tsx';

/** The first page as the panels ask for it: asked once for both. */
const FIRST = { offset: 0, limit: 50 };

/** Who is who: proposals that parties are the same, to be decided one by one, and all parties with what was merged. */
export const PartiesPage = () => {
  const { t } = useTranslation();
  const caseId = useCaseId();
  const mayRead = usePermission('evidence.read');
  const status = useChannel('workspaces.status', {});
  const [search, setSearch] = useSearchParams();
  const view = search.get('view') === 'all' ? 'all' : 'proposals';
  if (!mayRead)
    return (
      <>
        <PageHeader title={t('parties.title')} />
        {status.data === undefined ? null : <EmptyState kind="no-permission" title={t('empty.noPermission.title')} />}
      </>
    );
  return (
    <div className={styles.page}>
      <PageHeader title={t('parties.title')} description={t('parties.description')} />
      <Tabs
        value={view}
        onChange={value => setSearch(value === 'all' ? { view: 'all' } : {})}
        keepMounted={false}
        className={styles.tabs as string}
      >
        <TabHeads caseId={caseId} all={view === 'all'} />
        <Tabs.Panel value="proposals" className={styles.panel as string}>
          <ProposalQueue caseId={caseId} />
        </Tabs.Panel>
        <Tabs.Panel value="all" className={styles.panel as string}>
          <AllParties caseId={caseId} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
};

const TabHeads = ({ caseId, all }: { readonly caseId: string; readonly all: boolean }) => {
  const { t } = useTranslation();
  const proposals = useChannel('parties.proposals', { caseId, ...FIRST });
  const parties = useChannel('parties.list', all ? { caseId, ...FIRST } : skipToken);
  const withCount = (label: string, count: number | undefined): string =>
    count === undefined ? label : t('facets.valueCount', { label, count });
  return (
    <Tabs.List aria-label={t('parties.views')}>
      <Tabs.Tab value="proposals">{withCount(t('parties.toDecide'), proposals.data?.total)}</Tabs.Tab>
      <Tabs.Tab value="all">{withCount(t('parties.all'), parties.data?.total)}</Tabs.Tab>
    </Tabs.List>
  );
};
