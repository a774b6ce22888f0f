import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { skipToken, useChannel } from '../../app/engine/channel-hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Money } from '../../components/Money.tsx';
import { TransactionDrawer } from '../records/TransactionDrawer.tsx';
import { TransactionLink } from '../records/TransactionLink.tsx';
import styles from './RuleEditor.module.css';
import type { RuleDraft } from './rule-draft.ts';

const FEW = 5;
/** As many as the engine hands out of a rule that is not stored. */
const MANY = 100;

interface RuleTrialProps {
  readonly caseId: string;
  /** Null: the conditions cannot be run yet. */
  readonly trial: RuleDraft | null;
  readonly hasActions: boolean;
}

/** What the rule would do now, among the others of the case. Nothing is stored. */
export const RuleTrial = ({ caseId, trial, hasActions }: RuleTrialProps) => {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const [opened, setOpened] = useState<number | null>(null);
  const run = useChannel(
    'rules.dryRun',
    trial === null ? skipToken : { caseId, rule: trial, examples: all ? MANY : FEW },
  );
  const rules = useChannel('rules.list', { caseId });
  const nameOf = (ruleId: string): string =>
    rules.data?.rules.find(({ rule }) => rule.id === ruleId)?.rule.name ?? t('rules.thisRule');
  const data = trial === null ? undefined : run.data;
  return (
    <section className={styles.trial} aria-label={t('trial.label')} aria-busy={run.isFetching}>
      <h4>{t('trial.label')}</h4>
      {run.error === undefined || trial === null ? null : <ErrorState error={run.error} />}
      {data === undefined ? (
        <p className={styles.hint}>{trial === null ? t('trial.notYet') : t('trial.counting')}</p>
      ) : (
        <>
          <p className={styles.hits} data-busy={run.isFetching} role="status">
            <Button
              size="compact-sm"
              variant="subtle"
              className="nx-number"
              disabled={data.matched === 0}
              aria-expanded={all}
              onClick={() => setAll(!all)}
            >
              {t('trial.matches', { count: data.matched, all: data.rows })}
            </Button>
            {data.sum === null ? null : <Money amount={data.sum} />}
          </p>
          {hasActions ? (
            <p className={styles.hint}>{t('trial.decides', { count: data.effective })}</p>
          ) : (
            <p className={styles.hint}>{t('trial.noAction')}</p>
          )}
          {data.conflicts.length === 0 ? null : (
            <ul className={styles.conflicts} aria-label={t('rules.conflicts')}>
              {data.conflicts.map(({ winner, loser, target, rows }) => (
                <li key={`${winner} ${loser} ${target}`}>
                  {t('trial.conflict', {
                    winner: nameOf(winner),
                    loser: nameOf(loser),
                    target: t(`rules.targets.${target}`),
                    count: rows,
                  })}
                </li>
              ))}
            </ul>
          )}
          {data.examples.length === 0 ? null : (
            <>
              <h5>
                {data.examples.length < data.matched
                  ? t('trial.first', { count: data.examples.length, all: data.matched })
                  : t('trial.every')}
              </h5>
              <ul className={styles.examples}>
                {data.examples.map(row => (
                  <li key={row.id}>
                    <TransactionLink transaction={row} onOpen={() => setOpened(row.id)} />
                    <Money amount={row.amount} currency={row.currency} signed />
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
      <TransactionDrawer caseId={caseId} transactionId={opened} onClose={() => setOpened(null)} />
    </section>
  );
};
