import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { useKeys } from '../../app/keyboard.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { Pages } from './Pages.tsx';
import styles from './Review.module.css';
import { SuggestionDetail } from './SuggestionDetail.tsx';
import { useEnterKey } from './use-enter-key.ts';
import { useStepNotice } from './use-step-notice.tsx';

export type Suggestion = ChannelAnswer<'categories.suggestions'>['suggestions'][number];
const PAGE_SUGGESTIONS = 100;
const LATELY = 4;
const keyOf = ({ party, direction }: Pick<Suggestion, 'party' | 'direction'>): string => `${direction} ${party}`;

/** Parties whose category is only suggested, one after the other: one key confirms, and the next one is there. */
export const CategoryReview = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const list = useChannel('categories.suggestions', {
    caseId,
    offset: (page - 1) * PAGE_SUGGESTIONS,
    limit: PAGE_SUGGESTIONS,
  });
  return (
    <section className={styles.review} aria-label={t('review.label')}>
      <ChannelView of={list} lines={8}>
        {({ total, suggestions }) => (
          <>
            <ReviewQueue caseId={caseId} total={total} suggestions={suggestions} />
            <Pages total={total} size={PAGE_SUGGESTIONS} page={page} onPage={setPage} />
          </>
        )}
      </ChannelView>
    </section>
  );
};

interface ReviewQueueProps {
  readonly caseId: string;
  readonly total: number;
  readonly suggestions: readonly Suggestion[];
}
const ReviewQueue = ({ caseId, total, suggestions }: ReviewQueueProps) => {
  const { t } = useTranslation();
  const mayConfirm = usePermission('case.write');
  const [confirmCategory] = useCommand('categories.confirm');
  const notice = useStepNotice(caseId);
  const [chosen, setChosen] = useState<string | null>(null);
  // Confirmed here and still in the engine's list until it has been counted anew: gone from sight at once.
  const [handled, setHandled] = useState<ReadonlySet<string>>(new Set());
  const [skipped, setSkipped] = useState<ReadonlySet<string>>(new Set());
  const [lately, setLately] = useState<readonly string[]>([]);
  const [error, setError] = useState<NexusErrorData | null>(null);
  const choice = useRef<HTMLSelectElement>(null);

  const listed = suggestions.filter(suggestion => !handled.has(keyOf(suggestion)));
  const shown = listed.filter(suggestion => !skipped.has(keyOf(suggestion)));
  const current = shown.find(suggestion => keyOf(suggestion) === chosen) ?? shown[0];
  const left = total - (suggestions.length - listed.length);

  const step = (by: 1 | -1): void => {
    const target = current === undefined ? undefined : shown[shown.indexOf(current) + by];
    if (target !== undefined) setChosen(keyOf(target));
  };
  /** What is chosen once this one has left the queue: the one after it, or the one before the end. */
  const leave = (): void => {
    if (current === undefined) return;
    const at = shown.indexOf(current);
    const next = shown[at + 1] ?? shown[at - 1];
    setChosen(next === undefined ? null : keyOf(next));
  };
  const put = (key: string, into: 'handled' | 'skipped', isIn: boolean): void =>
    (into === 'handled' ? setHandled : setSkipped)(before => {
      const next = new Set(before);
      if (isIn) next.add(key);
      else next.delete(key);
      return next;
    });
  const confirm = async (category: string): Promise<void> => {
    if (current === undefined || !mayConfirm) return;
    const { party, direction } = current;
    const key = keyOf(current);
    leave();
    put(key, 'handled', true);
    setError(null);
    const outcome = await confirmCategory({ caseId, subject: { party, direction }, category });
    if (outcome.error !== undefined) {
      put(key, 'handled', false);
      setError(outcome.error);
      return;
    }
    setLately(before => [category, ...before.filter(known => known !== category)].slice(0, LATELY));
    notice(t('review.confirmed', { party, category }), [outcome.data.seq], () => put(key, 'handled', false));
  };
  const skip = (): void => {
    if (current === undefined) return;
    leave();
    put(keyOf(current), 'skipped', true);
  };
  useKeys({ j: () => step(1), k: () => step(-1), ...(mayConfirm ? { s: skip } : {}) });
  const enter = (): void => {
    if (current?.category != null) void confirm(current.category);
    else choice.current?.focus();
  };
  useEnterKey(mayConfirm && current !== undefined ? enter : null);

  return (
    <>
      <header className={styles.head}>
        <h3>{t('review.title', { count: left })}</h3>
        {mayConfirm ? (
          <span className={styles.keys}>
            <KeyHint keys="j" /> <KeyHint keys="k" /> {t('review.keys.move')} <KeyHint keys="Enter" />{' '}
            {t('review.keys.confirm')} <KeyHint keys="s" /> {t('review.keys.skip')}
          </span>
        ) : (
          <span className={styles.keys}>{t('review.readOnly')}</span>
        )}
        {skipped.size === 0 ? null : (
          <Button size="compact-xs" variant="default" onClick={() => setSkipped(new Set())}>
            {t('review.showSkipped', { count: skipped.size })}
          </Button>
        )}
      </header>
      {error === null ? null : <ErrorState error={error} />}
      {current === undefined ? (
        <EmptyState kind={left > 0 ? 'filtered' : 'no-data'} title={t(left > 0 ? 'review.rest' : 'review.done.title')}>
          {left > 0 ? undefined : t('review.done.text')}
        </EmptyState>
      ) : (
        <div className={styles.columns}>
          <SuggestionList suggestions={shown} current={keyOf(current)} onChoose={setChosen} />
          <SuggestionDetail
            key={keyOf(current)}
            caseId={caseId}
            suggestion={current}
            lately={lately}
            choice={choice}
            onConfirm={mayConfirm ? category => void confirm(category) : null}
            onSkip={skip}
          />
        </div>
      )}
    </>
  );
};

interface SuggestionListProps {
  readonly suggestions: readonly Suggestion[];
  readonly current: string;
  readonly onChoose: (key: string) => void;
}
const SuggestionList = ({ suggestions, current, onChoose }: SuggestionListProps) => {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new choice is what brings its item into view
  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <ul ref={list} className={styles.list} aria-label={t('review.label')} data-enter>
      {suggestions.map(suggestion => {
        const key = keyOf(suggestion);
        return (
          <li key={key}>
            <button type="button" className={styles.item} aria-current={key === current} onClick={() => onChoose(key)}>
              <span className={styles.name}>{suggestion.name}</span>
              <span className={`${styles.count} nx-number`}>
                {t('review.itemRows', { count: suggestion.rows, direction: t(`direction.${suggestion.direction}`) })}
              </span>
              <span className={styles.guess}>
                {suggestion.category === null
                  ? t('review.noGuess')
                  : t('review.guess', {
                      category: suggestion.category,
                      share: Math.round((suggestion.confidence ?? 0) * 100),
                    })}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
};
