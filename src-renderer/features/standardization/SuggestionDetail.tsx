import { Button, Progress } from '@mantine/core';
import type { RefObject } from 'react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '../../app/paths.ts';
import { CountButton } from '../../components/CountButton.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { RecordsGrid } from '../records/RecordsGrid.tsx';
import { CategoryChoice } from './CategoryChoice.tsx';
import styles from './Review.module.css';
import type { Suggestion } from './suggestion.ts';

/** Long enough that running through the queue fetches no rows of what is only passed. */
const SETTLED_MS = 350;

interface SuggestionDetailProps {
  readonly caseId: string;
  readonly suggestion: Suggestion;
  /** Categories confirmed a moment ago, newest first. */
  readonly lately: readonly string[];
  readonly choice: RefObject<HTMLSelectElement | null>;
  /** Null: the role may only look. */
  readonly onConfirm: ((category: string) => void) | null;
  readonly onSkip: () => void;
}

/** One party under review: what is suggested and why, what else it could be, and its rows. */
export const SuggestionDetail = ({ caseId, suggestion, lately, choice, onConfirm, onSkip }: SuggestionDetailProps) => {
  const { t } = useTranslation();
  const { name, direction, rows, category, confidence, reason, alternatives, set } = suggestion;
  const others = [
    ...alternatives,
    ...lately
      .filter(known => known !== category && alternatives.every(other => other.category !== known))
      .map(known => ({ category: known, confidence: null })),
  ];
  return (
    <article className={styles.detail} aria-label={name}>
      <div className={styles.who}>
        <h4>{name}</h4>
        <span>
          {t(`review.money.${direction}`)}{' '}
          {set === null ? (
            <span className="nx-number">{t('review.rows', { count: rows })}</span>
          ) : (
            <CountButton count={rows} to={paths.records(caseId, { set })} label={t('review.rowsOf', { name })}>
              {t('review.rows', { count: rows })}
            </CountButton>
          )}
        </span>
      </div>
      {category === null ? (
        <p className={styles.because}>{reason}</p>
      ) : (
        <div className={styles.suggested}>
          <strong>{category}</strong>
          <Progress
            className={styles.sure as string}
            size="sm"
            value={(confidence ?? 0) * 100}
            aria-label={t('review.confidence')}
          />
          <span className="nx-number">{t('percent', { share: Math.round((confidence ?? 0) * 100) })}</span>
          <p className={styles.because}>{reason}</p>
        </div>
      )}
      {onConfirm === null ? null : (
        <div className={styles.choices}>
          {category === null ? null : (
            <Button size="compact-sm" rightSection={<KeyHint keys="Enter" />} onClick={() => onConfirm(category)}>
              {t('review.confirm', { category })}
            </Button>
          )}
          {others.map(other => (
            <Button key={other.category} size="compact-sm" variant="default" onClick={() => onConfirm(other.category)}>
              {other.confidence === null
                ? other.category
                : t('review.guess', { category: other.category, share: Math.round(other.confidence * 100) })}
            </Button>
          ))}
          <CategoryChoice caseId={caseId} selectRef={choice} onChoose={onConfirm} />
          <Button
            className={styles.skip}
            size="compact-sm"
            variant="subtle"
            rightSection={<KeyHint keys="s" />}
            onClick={onSkip}
          >
            {t('review.skip')}
          </Button>
        </div>
      )}
      {set === null ? null : <SettledRows caseId={caseId} set={set} name={name} />}
    </article>
  );
};

const SettledRows = ({
  caseId,
  set,
  name,
}: {
  readonly caseId: string;
  readonly set: string;
  readonly name: string;
}) => {
  const { t } = useTranslation();
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setReady(true), SETTLED_MS);
    return () => clearTimeout(timer);
  }, []);
  const filter = useMemo(() => ({ set }), [set]);
  return (
    <div className={styles.rows}>
      {ready ? <RecordsGrid caseId={caseId} filter={filter} label={t('review.rowsOf', { name })} /> : null}
    </div>
  );
};
