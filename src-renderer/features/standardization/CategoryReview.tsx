import { Button } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { useKeys } from '../../app/keyboard.ts';
import { usePermission } from '../../app/use-permission.ts';
import { useQueue } from '../../app/use-queue.ts';
import { useUndoToast } from '../../app/use-undo-toast.tsx';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { QueueList } from '../../components/QueueList.tsx';
import { Pages } from './Pages.tsx';
import styles from './Review.module.css';
import { SuggestionDetail } from './SuggestionDetail.tsx';
import { type Suggestion, suggestionKey } from './suggestion.ts';

const PAGE_SUGGESTIONS = 100;
const LATELY = 4;

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
            <ReviewQueue caseId={caseId} total={total} suggestions={suggestions} page={page} onPage={setPage} />
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
  readonly page: number;
  readonly onPage: (page: number) => void;
}
const ReviewQueue = ({ caseId, total, suggestions, page, onPage }: ReviewQueueProps) => {
  const { t } = useTranslation();
  const mayConfirm = usePermission('case.write');
  const [confirmCategory] = useCommand('categories.confirm');
  const notice = useUndoToast(caseId);
  // Confirmed here and still in the engine's list until it has been counted anew: gone from sight at once.
  const [handled, setHandled] = useState<ReadonlySet<string>>(new Set());
  const [skipped, setSkipped] = useState<ReadonlySet<string>>(new Set());
  const [lately, setLately] = useState<readonly string[]>([]);
  const [error, setError] = useState<NexusErrorData | null>(null);
  const choice = useRef<HTMLSelectElement>(null);

  const shown = useMemo(
    () =>
      suggestions.filter(suggestion => {
        const key = suggestionKey(suggestion);
        return !handled.has(key) && !skipped.has(key);
      }),
    [suggestions, handled, skipped],
  );
  const left = total - suggestions.filter(suggestion => handled.has(suggestionKey(suggestion))).length;
  const pages = Math.max(1, Math.ceil(total / PAGE_SUGGESTIONS));
  const queue = useQueue({ items: shown, keyOf: suggestionKey, page, pages, onPage });
  const { current } = queue;

  const hide = (key: string, isHidden: boolean): void =>
    setHandled(before => {
      const next = new Set(before);
      if (isHidden) next.add(key);
      else next.delete(key);
      return next;
    });
  const confirm = async (category: string): Promise<void> => {
    if (current === null) return;
    const { party, direction } = current;
    const key = suggestionKey(current);
    queue.passOn();
    hide(key, true);
    setError(null);
    const outcome = await confirmCategory({ caseId, subject: { party, direction }, category });
    if (outcome.error !== undefined) {
      hide(key, false);
      setError(outcome.error);
      return;
    }
    setLately(before => [category, ...before.filter(known => known !== category)].slice(0, LATELY));
    notice(t('review.confirmed', { party, category }), [outcome.data.seq], () => hide(key, false));
  };
  const skip = (): void => {
    if (current === null) return;
    queue.passOn();
    setSkipped(before => new Set([...before, suggestionKey(current)]));
  };
  const enter = (): void => {
    if (current === null) return;
    if (current.category === null) choice.current?.focus();
    else void confirm(current.category);
  };
  useKeys({ j: queue.next, k: queue.previous, ...(mayConfirm ? { Enter: enter, s: skip } : {}) });

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
      {current === null ? (
        <EmptyState kind={left > 0 ? 'filtered' : 'no-data'} title={t(left > 0 ? 'review.rest' : 'review.done.title')}>
          {left > 0 ? undefined : t('review.done.text')}
        </EmptyState>
      ) : (
        <div className={styles.columns}>
          <div className={styles.queue}>
            <QueueList
              label={t('review.label')}
              items={shown}
              keyOf={suggestionKey}
              current={suggestionKey(current)}
              onChoose={queue.choose}
            >
              {suggestion => <SuggestionItem suggestion={suggestion} />}
            </QueueList>
          </div>
          <SuggestionDetail
            key={suggestionKey(current)}
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

const SuggestionItem = ({ suggestion }: { readonly suggestion: Suggestion }) => {
  const { t } = useTranslation();
  const { name, rows, direction, category, confidence } = suggestion;
  return (
    <span className={styles.item}>
      <span className={styles.name}>{name}</span>
      <span className={`${styles.count} nx-number`}>
        {t('review.itemRows', { count: rows, direction: t(`direction.${direction}`) })}
      </span>
      <span className={styles.guess}>
        {category === null
          ? t('review.noGuess')
          : t('review.guess', { category, share: Math.round((confidence ?? 0) * 100) })}
      </span>
    </span>
  );
};
