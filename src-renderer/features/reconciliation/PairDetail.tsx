import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useKeys } from '../../app/keyboard.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { Money } from '../../components/Money.tsx';
import { TransactionDrawer } from '../records/TransactionDrawer.tsx';
import { JudgmentTag } from './JudgmentTag.tsx';
import styles from './Pairs.module.css';
import type { Pair, SideName } from './reconciliation-types.ts';
import { SourceLines } from './SourceLines.tsx';
import { useJudge } from './use-judge.ts';

interface PairDetailProps {
  readonly caseId: string;
  readonly pair: Pair;
  readonly queue: { readonly next: () => void; readonly previous: () => void; readonly passOn: () => void };
  readonly onByHand: (pair: Pair) => void;
}

/** Why two sides belong together, both source lines, and what a person decides of it. */
export const PairDetail = ({ caseId, pair, queue, onByHand }: PairDetailProps) => {
  const { t } = useTranslation();
  const mayDecide = usePermission('finding.decide');
  const { judge, isLoading, error } = useJudge(caseId);
  const [opened, setOpened] = useState<number | null>(null);
  const [side, setSide] = useState<SideName>('a');
  const isProposal = pair.judgment === 'suggested';
  const isMatched = !isProposal && pair.judgment !== 'rejected';
  const isFree = mayDecide && !pair.locked && !isLoading;
  const decide = async (verdict: 'confirm' | 'reject' | 'unmatch'): Promise<void> => {
    if (!isFree) return;
    if (verdict === 'unmatch' ? !isMatched : !isProposal) return;
    if (await judge(verdict, pair)) queue.passOn();
  };
  const rowsOf = pair[side].length > 0 ? pair[side] : [...pair.a, ...pair.b];
  useKeys({
    j: queue.next,
    k: queue.previous,
    s: queue.next,
    ArrowLeft: () => setSide('a'),
    ArrowRight: () => setSide('b'),
    o: () => setOpened(rowsOf[0]?.id ?? null),
    m: () => onByHand(pair),
    // A key that is held down decides once.
    Enter: event => void (event.repeat ? undefined : decide('confirm')),
    n: event => void (event.repeat ? undefined : decide(isProposal ? 'reject' : 'unmatch')),
  });
  return (
    <section className={styles.detail} aria-label={t('reconciliation.pairs.chosen')}>
      <div className={styles.head}>
        <h3>{t(`reconciliation.kinds.${pair.kind}`)}</h3>
        <JudgmentTag judgment={pair.judgment} />
        <span className="nx-number">
          {pair.score === null ? null : t('duplicates.score', { score: pair.score.toFixed(4) })}
        </span>
      </div>
      <fieldset className={styles.decisions} aria-label={t('decisions.label')}>
        {!mayDecide ? <span className={styles.small}>{t('reconciliation.readOnly')}</span> : null}
        {mayDecide && isProposal ? (
          <>
            <Button
              size="compact-sm"
              disabled={pair.locked}
              loading={isLoading}
              onClick={() => void decide('confirm')}
              rightSection={<KeyHint keys="Enter" />}
            >
              {t('reconciliation.pairs.accept')}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              disabled={pair.locked}
              onClick={() => void decide('reject')}
              rightSection={<KeyHint keys="n" />}
            >
              {t('reconciliation.pairs.reject')}
            </Button>
          </>
        ) : null}
        {mayDecide && isMatched ? (
          <Button
            size="compact-sm"
            variant="default"
            disabled={pair.locked}
            loading={isLoading}
            onClick={() => void decide('unmatch')}
            rightSection={<KeyHint keys="n" />}
          >
            {t('reconciliation.pairs.unmatch')}
          </Button>
        ) : null}
        {mayDecide && !isMatched ? (
          <Button
            size="compact-sm"
            variant="default"
            disabled={pair.locked}
            onClick={() => onByHand(pair)}
            rightSection={<KeyHint keys="m" />}
          >
            {t('reconciliation.pairs.byHand')}
          </Button>
        ) : null}
        <Link className={styles.rowsLink} to={paths.records(caseId, { reconciliation: `match:${pair.key}` })}>
          {t('reconciliation.pairs.openRows', { count: pair.a.length + pair.b.length })}
        </Link>
      </fieldset>
      {pair.locked ? <p className={styles.small}>{t('reconciliation.pairs.lockedText')}</p> : null}
      {error === undefined ? null : <ErrorState error={error} />}
      {pair.differences.length === 0 ? null : (
        <p className={styles.leftText}>
          {t('reconciliation.pairs.leftOver')}{' '}
          {pair.differences.map(({ amount, currency }) => (
            <Money key={currency ?? ''} amount={amount} currency={currency} signed />
          ))}
        </p>
      )}
      {pair.note === '' ? null : <blockquote className={styles.said}>{pair.note}</blockquote>}
      {pair.reasons.length === 0 ? null : (
        <ul className={styles.reasons} aria-label={t('reconciliation.pairs.why')}>
          {pair.reasons.map(reason => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      <div className={styles.sources}>
        {(['a', 'b'] as const).map(name => (
          <SourceLines
            key={name}
            caseId={caseId}
            side={name}
            rows={pair[name]}
            isChosen={side === name}
            onOpen={setOpened}
          />
        ))}
      </div>
      <TransactionDrawer caseId={caseId} transactionId={opened} onClose={() => setOpened(null)} />
    </section>
  );
};
