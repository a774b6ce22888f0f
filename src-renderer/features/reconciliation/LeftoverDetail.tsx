import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TransactionRow } from '../../../src-main/contract/transactions.contract.ts';
import { skipToken, useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { usePermission } from '../../app/use-permission.ts';
import { useUndoToast } from '../../app/use-undo-toast.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { LoadingBlock } from '../../components/LoadingBlock.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { TransactionLink } from '../records/TransactionLink.tsx';
import styles from './Hand.module.css';
import { proposalName } from './proposal-name.ts';
import type { Leftover } from './reconciliation-types.ts';

interface LeftoverDetailProps {
  readonly caseId: string;
  /** Null: no row is looked at. */
  readonly row: TransactionRow | null;
  readonly onOpen: (id: number) => void;
}

/** Why a row stands alone: the nearest rows of the other side with the reasons they were refused, and what it may be. */
export const LeftoverDetail = ({ caseId, row, onOpen }: LeftoverDetailProps) => {
  const { t } = useTranslation();
  const read = useChannel('reconciliations.leftovers', row === null ? skipToken : { caseId, transactionIds: [row.id] });
  const leftover = read.currentData?.rows[0];
  return (
    <section className={styles.leftover} aria-label={t('reconciliation.leftover.title')}>
      <h3>{t('reconciliation.leftover.title')}</h3>
      {row === null ? (
        <p className={styles.hint}>{t('reconciliation.leftover.choose')}</p>
      ) : (
        <>
          <TransactionLink transaction={row} onOpen={() => onOpen(row.id)} />
          {read.error === undefined ? null : <ErrorState error={read.error} onRetry={read.refetch} />}
          {leftover === undefined ? <LoadingBlock lines={2} /> : <Reasons caseId={caseId} leftover={leftover} />}
        </>
      )}
    </section>
  );
};

const Reasons = ({ caseId, leftover }: { readonly caseId: string; readonly leftover: Leftover }) => {
  const { t } = useTranslation();
  const { candidates, proposals, explanation, state, locked } = leftover;
  return (
    <>
      {state === 'suggested' ? <p className={styles.hint}>{t('reconciliation.leftover.suggested')}</p> : null}
      {state !== 'open' || proposals.length === 0 ? null : (
        <Proposals caseId={caseId} leftover={leftover} isLocked={locked} />
      )}
      {candidates.length === 0 ? (
        <p className={styles.hint}>{t('reconciliation.leftover.noCandidates')}</p>
      ) : (
        <>
          <p className={styles.hint}>{t('reconciliation.leftover.candidates')}</p>
          <ul className={styles.candidates} aria-label={t('reconciliation.leftover.candidates')}>
            {candidates.map(candidate => (
              <li key={candidate}>{candidate}</li>
            ))}
          </ul>
        </>
      )}
      {explanation === null ? null : (
        <p className={styles.explained}>
          <StatusTag tone={explanation.accepted ? 'good' : 'bad'}>
            {t(explanation.accepted ? 'reconciliation.leftover.accepted' : 'reconciliation.leftover.declined', {
              proposal: proposalName(t, explanation.proposal),
              actor: explanation.actor,
            })}
          </StatusTag>
        </p>
      )}
    </>
  );
};

interface ProposalsProps {
  readonly caseId: string;
  readonly leftover: Leftover;
  readonly isLocked: boolean;
}
const Proposals = ({ caseId, leftover, isLocked }: ProposalsProps) => {
  const { t } = useTranslation();
  const mayDecide = usePermission('finding.decide');
  const toast = useUndoToast(caseId, 'reconciliations.undo');
  const [explain, { isLoading, error }] = useCommand('reconciliations.explain');
  const { transactionId, proposals, explanation } = leftover;
  const decide = async (proposal: string, accepted: boolean): Promise<void> => {
    const { data } = await explain({ caseId, transactionId, proposal, accepted });
    if (data !== undefined) toast(data.title, [data.seq]);
  };
  return (
    <>
      <ul className={styles.proposals} aria-label={t('reconciliation.leftover.proposals')}>
        {proposals.map(({ kind, text }) => {
          const name = proposalName(t, kind);
          const said = explanation?.proposal === kind ? explanation.accepted : null;
          return (
            <li key={`${kind} ${text}`}>
              <span>
                <strong>{t('reconciliation.leftover.maybe')}</strong> {text}
              </span>
              {mayDecide ? (
                <span className={styles.proposalButtons}>
                  <Button
                    size="compact-xs"
                    variant="default"
                    disabled={isLocked || said === true || isLoading}
                    aria-label={t('reconciliation.leftover.acceptOf', { proposal: name })}
                    onClick={() => void decide(kind, true)}
                  >
                    {t('reconciliation.leftover.accept')}
                  </Button>
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    disabled={isLocked || said === false || isLoading}
                    aria-label={t('reconciliation.leftover.declineOf', { proposal: name })}
                    onClick={() => void decide(kind, false)}
                  >
                    {t('reconciliation.leftover.decline')}
                  </Button>
                </span>
              ) : null}
            </li>
          );
        })}
      </ul>
      <p className={styles.hint}>{t('reconciliation.leftover.onlyExplains')}</p>
      {error === undefined ? null : <ErrorState error={error} />}
    </>
  );
};
