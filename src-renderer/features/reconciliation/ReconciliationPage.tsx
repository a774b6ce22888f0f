import { Button, Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { ReconciliationSummary } from '../../../src-main/contract/reconciliations.contract.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { DefinitionList } from '../../components/DefinitionList.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useCaseId } from '../cases/use-case-id.ts';
import { MatchesTable, OrphansTable } from './MatchTables.tsx';
import { BalanceTable, ChainIssues, ProofTable } from './ProofTables.tsx';
import styles from './Reconciliation.module.css';

const TABS = ['confirmed', 'proposed', 'bank', 'ledger'] as const;

/** Bank against ledger: the proof that foots, the balances, the pairs and what is left over. */
export const ReconciliationPage = () => {
  const { t } = useTranslation();
  const caseId = useCaseId();
  const read = useChannel('examinations.read', { caseId });
  return (
    <>
      <PageHeader title={t('reconciliation.title')} description={t('reconciliation.description')} />
      <ChannelView of={read} lines={10}>
        {examination =>
          examination === null ? (
            <EmptyState
              kind="not-run"
              title={t('empty.notRun.title')}
              action={
                <Button component={Link} to={paths.caseHome(caseId)}>
                  {t('empty.notRun.action')}
                </Button>
              }
            >
              {t('empty.notRun.text')}
            </EmptyState>
          ) : (
            <div className={styles.stack}>
              <Matched caseId={caseId} reconciliation={examination.reconciliation} />
              <BalanceTable balances={examination.reconciliation.balances} />
              <ChainIssues issues={examination.reconciliation.chain} />
            </div>
          )
        }
      </ChannelView>
    </>
  );
};

interface MatchedProps {
  readonly caseId: string;
  readonly reconciliation: ReconciliationSummary;
}
const Matched = ({ caseId, reconciliation }: MatchedProps) => {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const { matched } = reconciliation;
  if (matched === null)
    return (
      <Panel>
        <EmptyState
          kind="no-data"
          title={t('reconciliation.noLedger.title')}
          action={
            <Button component={Link} to={paths.upload} variant="default">
              {t('reconciliation.noLedger.action')}
            </Button>
          }
        >
          {t('reconciliation.noLedger.text')}
        </EmptyState>
      </Panel>
    );
  const tab = TABS.find(known => known === search.get('tab')) ?? 'confirmed';
  const counts = {
    confirmed: matched.confirmed,
    proposed: matched.proposed,
    bank: matched.unmatchedBank,
    ledger: matched.unmatchedLedger,
  };
  return (
    <>
      <ProofTable proof={matched.proof} />
      <Panel title={t('reconciliation.pairs')}>
        <Tabs value={tab} onChange={value => value !== null && setSearch({ tab: value }, { replace: true })}>
          <Tabs.List aria-label={t('reconciliation.pairs')}>
            {TABS.map(name => (
              <Tabs.Tab key={name} value={name}>
                {t(`reconciliation.tabs.${name}`, { count: counts[name] })}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {TABS.map(name => (
            <Tabs.Panel key={name} value={name} className={styles.tab}>
              {name !== tab ? null : name === 'confirmed' || name === 'proposed' ? (
                <MatchesTable caseId={caseId} status={name} />
              ) : (
                <OrphansTable caseId={caseId} side={name} />
              )}
            </Tabs.Panel>
          ))}
        </Tabs>
      </Panel>
      <Panel title={t('reconciliation.method')}>
        <DefinitionList entries={[[t('reconciliation.sign'), matched.sign], ...Object.entries(matched.parameters)]} />
        {matched.limits.length === 0 ? null : (
          <ul className={styles.limits}>
            {matched.limits.map(limit => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  );
};
