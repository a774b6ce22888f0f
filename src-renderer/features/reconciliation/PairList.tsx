import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransactionRow } from '../../../src-main/contract/transactions.contract.ts';
import { usePermission } from '../../app/use-permission.ts';
import { Money } from '../../components/Money.tsx';
import { JudgmentTag } from './JudgmentTag.tsx';
import styles from './Pairs.module.css';
import type { Pair } from './reconciliation-types.ts';
import { useJudge } from './use-judge.ts';

interface PairListProps {
  readonly caseId: string;
  readonly pairs: readonly Pair[];
  readonly current: string | null;
  readonly onChoose: (key: string) => void;
}

/** Pairs in two columns with what stands between them; one press accepts a proposal. Arrows move, one stop of the Tab key. */
export const PairList = ({ caseId, pairs, current, onChoose }: PairListProps) => {
  const { t } = useTranslation();
  const mayDecide = usePermission('finding.decide');
  const { judge, isLoading } = useJudge(caseId);
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new choice is what brings its item into view
  useEffect(() => {
    const item = list.current?.querySelector<HTMLElement>('[aria-current="true"]');
    item?.scrollIntoView({ block: 'nearest' });
    if (list.current?.contains(document.activeElement)) item?.focus({ preventScroll: true });
  }, [current]);
  const move = (by: 1 | -1): void => {
    const target = pairs[pairs.findIndex(({ key }) => key === current) + by];
    if (target !== undefined) onChoose(target.key);
  };
  return (
    <>
      <div className={styles.columnHeads} aria-hidden>
        <span>{t('reconciliation.sides.a')}</span>
        <span>{t('reconciliation.pairs.match')}</span>
        <span>{t('reconciliation.sides.b')}</span>
      </div>
      <ul ref={list} className={styles.list} aria-label={t('reconciliation.pairs.title')}>
        {pairs.map(pair => (
          <li key={pair.key} className={styles.item} data-current={pair.key === current}>
            <button
              type="button"
              className={styles.pair}
              aria-current={pair.key === current}
              tabIndex={pair.key === current ? 0 : -1}
              data-enter="screen"
              onClick={() => onChoose(pair.key)}
              onKeyDown={event => {
                if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
                event.preventDefault();
                move(event.key === 'ArrowDown' ? 1 : -1);
              }}
            >
              <Rows rows={pair.a} empty={t('reconciliation.pairs.noRow')} />
              <span className={styles.between}>
                <span className={`${styles.score} nx-number`}>{pair.score === null ? '–' : pair.score.toFixed(2)}</span>
                {pair.judgment === 'suggested' ? null : <JudgmentTag judgment={pair.judgment} short />}
                {pair.kind === 'one-to-one' ? null : (
                  <span className={styles.small}>{t(`reconciliation.kinds.${pair.kind}`)}</span>
                )}
                {pair.differences.map(({ amount, currency }) => (
                  <span key={currency ?? ''} className={styles.left}>
                    <span className="nx-visually-hidden">{t('reconciliation.pairs.leftOver')}</span>
                    <Money amount={amount} signed />
                  </span>
                ))}
                {pair.locked ? <IconLock size={13} aria-label={t('reconciliation.pairs.locked')} role="img" /> : null}
              </span>
              <Rows rows={pair.b} empty={t('reconciliation.pairs.noRow')} />
            </button>
            {mayDecide && pair.judgment === 'suggested' ? (
              <Button
                size="compact-xs"
                variant="default"
                className={styles.accept as string}
                disabled={pair.locked || isLoading}
                aria-label={t('reconciliation.pairs.acceptOf', { row: pair.a[0]?.row ?? pair.b[0]?.row ?? 0 })}
                onClick={() => void judge('confirm', pair)}
              >
                {t('reconciliation.pairs.accept')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
};

const SHOWN_ROWS = 3;
const Rows = ({ rows, empty }: { readonly rows: readonly TransactionRow[]; readonly empty: string }) => {
  const { t } = useTranslation();
  if (rows.length === 0) return <span className={styles.small}>{empty}</span>;
  return (
    <span className={styles.rows}>
      {rows.slice(0, SHOWN_ROWS).map(row => (
        <span key={row.id} className={styles.row}>
          <span className={styles.party}>{row.counterparty || row.description || t('record.unnamed')}</span>
          <Money amount={row.amount} currency={row.currency} signed />
          <span className={`${styles.small} nx-number`}>
            {[row.date ?? t('unknown'), t('errors.row', { row: row.row }), row.reference]
              .filter(part => part !== '')
              .join(' · ')}
          </span>
        </span>
      ))}
      {rows.length > SHOWN_ROWS ? (
        <span className={styles.small}>{t('reconciliation.pairs.moreRows', { count: rows.length - SHOWN_ROWS })}</span>
      ) : null}
    </span>
  );
};
