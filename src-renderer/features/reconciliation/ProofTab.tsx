import { useTranslation } from 'react-i18next';
import { DefinitionList } from '../../components/DefinitionList.tsx';
import { Panel } from '../../components/Panel.tsx';
import { CashProofs } from './CashProofs.tsx';
import { BalanceTable, ChainIssues, ProofTable } from './ProofTables.tsx';
import styles from './Reconciliation.module.css';
import type { Shown } from './reconciliation-types.ts';

/** What proves the reconciliation: totals that foot, proofs of cash, balances, the chain of statements, and the method. */
export const ProofTab = ({ caseId, shown }: { readonly caseId: string; readonly shown: Shown }) => {
  const { t } = useTranslation();
  return (
    <div className={styles.stack}>
      {shown.hasBothSides ? <ProofTable caseId={caseId} proof={shown.proof} /> : null}
      {shown.hasBothSides ? <CashProofs caseId={caseId} /> : null}
      <BalanceTable balances={shown.balances} />
      <ChainIssues issues={shown.chain} />
      {shown.hasBothSides ? (
        <Panel title={t('reconciliation.method')}>
          <DefinitionList
            entries={[
              [t('reconciliation.sign'), shown.sign],
              ...Object.entries(shown.parameters).filter(([, value]) => value !== ''),
            ]}
          />
          {shown.limits.length === 0 ? null : (
            <ul className={styles.limits}>
              {shown.limits.map(limit => (
                <li key={limit}>{limit}</li>
              ))}
            </ul>
          )}
        </Panel>
      ) : null}
    </div>
  );
};
