import { Button, Tabs } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { useCaseId } from '../cases/use-case-id.ts';
import { DecisionHistory } from './DecisionHistory.tsx';
import { Figures } from './Figures.tsx';
import { HandTab } from './HandTab.tsx';
import { PairsTab } from './PairsTab.tsx';
import { PeriodsTab } from './PeriodsTab.tsx';
import { ProofTab } from './ProofTab.tsx';
import { NO_PICKS, type Picks, picksOf } from './picks.ts';
import styles from './Reconciliation.module.css';
import { ReconciliationHead } from './ReconciliationHead.tsx';
import type { Pair, Shown } from './reconciliation-types.ts';
import { useDecisionUndo } from './use-decision-undo.ts';

const TABS = ['pairs', 'hand', 'proof', 'periods', 'history'] as const;
type Tab = (typeof TABS)[number];

/** Any two sides against each other: what matches and why, what a person decides of it, what is left over, and the proof. */
export const ReconciliationPage = () => {
  const caseId = useCaseId();
  const read = useChannel('reconciliations.read', { caseId });
  return (
    <div className={styles.page}>
      <ChannelView of={read} lines={10}>
        {shown => (
          <>
            <ReconciliationHead caseId={caseId} shown={shown} />
            {shown === null ? <ChooseSides /> : <Reconciled caseId={caseId} shown={shown} />}
          </>
        )}
      </ChannelView>
    </div>
  );
};

const ChooseSides = () => {
  const { t } = useTranslation();
  return (
    <EmptyState kind="not-run" title={t('reconciliation.empty.title')}>
      {t('reconciliation.empty.text')}
    </EmptyState>
  );
};

/** Nothing was matched: one of the sides holds no row. Balances are checked all the same. */
const OneSideOnly = ({ caseId, shown }: { readonly caseId: string; readonly shown: Shown }) => {
  const { t } = useTranslation();
  const mayImport = usePermission('evidence.import');
  return (
    <>
      <EmptyState
        kind="no-data"
        title={t('reconciliation.noLedger.title')}
        action={
          mayImport ? (
            <Button component={Link} to={paths.upload} variant="default">
              {t('reconciliation.noLedger.action')}
            </Button>
          ) : undefined
        }
      >
        {t('reconciliation.noLedger.text')}
      </EmptyState>
      <ProofTab caseId={caseId} shown={shown} />
    </>
  );
};

const Reconciled = ({ caseId, shown }: { readonly caseId: string; readonly shown: Shown }) => {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const [picks, setPicks] = useState<Picks>(NO_PICKS);
  useDecisionUndo(caseId);
  if (!shown.hasBothSides) return <OneSideOnly caseId={caseId} shown={shown} />;
  const tab = TABS.find(known => known === search.get('tab')) ?? 'pairs';
  const goTo = (next: Tab): void => setSearch({ tab: next }, { replace: true });
  const byHand = (pair: Pair): void => {
    setPicks(picksOf(pair));
    goTo('hand');
  };
  return (
    <>
      <Figures caseId={caseId} shown={shown} />
      <Tabs
        className={styles.tabs as string}
        value={tab}
        keepMounted={false}
        onChange={value => goTo(TABS.find(known => known === value) ?? 'pairs')}
      >
        <Tabs.List aria-label={t('reconciliation.title')}>
          {TABS.map(name => (
            <Tabs.Tab key={name} value={name}>
              {t(`reconciliation.tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="pairs" className={styles.tab}>
          <PairsTab caseId={caseId} shown={shown} onByHand={byHand} />
        </Tabs.Panel>
        <Tabs.Panel value="hand" className={styles.tab}>
          <HandTab caseId={caseId} shown={shown} picks={picks} onPicks={setPicks} />
        </Tabs.Panel>
        <Tabs.Panel value="proof" className={styles.tab}>
          <ProofTab caseId={caseId} shown={shown} />
        </Tabs.Panel>
        <Tabs.Panel value="periods" className={styles.tab}>
          <PeriodsTab caseId={caseId} shown={shown} />
        </Tabs.Panel>
        <Tabs.Panel value="history" className={styles.tab}>
          <DecisionHistory caseId={caseId} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
};
