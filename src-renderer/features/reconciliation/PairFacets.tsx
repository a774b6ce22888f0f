import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { JUDGMENTS, MATCH_KINDS, MATCH_SORTS } from '../../../src-main/contract/reconciliation-work.contract.ts';
import { paths } from '../../app/paths.ts';
import { BulkAccept } from './BulkAccept.tsx';
import { ExportButton } from './ExportButton.tsx';
import styles from './Pairs.module.css';
import type { PairFilter } from './pair-filter.ts';
import type { PairsAnswer, Shown } from './reconciliation-types.ts';

interface PairFacetsProps {
  readonly caseId: string;
  readonly shown: Shown;
  readonly data: PairsAnswer;
  readonly filter: PairFilter;
  readonly onChange: (values: Readonly<Record<string, string | null>>) => void;
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

/** Facets over the pairs: what was decided, kind, score; each with the count that choosing it gives. */
export const PairFacets = ({ caseId, shown, data, filter, onChange }: PairFacetsProps) => {
  const { t } = useTranslation();
  const withCount = (label: string, count: number): string => t('facets.valueCount', { label, count });
  const matched = (['confirmed', 'accepted', 'hand'] as const).reduce(
    (n, judgment) => n + (data.byJudgment[judgment] ?? 0),
    0,
  );
  return (
    <div className={styles.facets}>
      <div className={styles.facetLine}>
        <SegmentedControl
          size="xs"
          aria-label={t('reconciliation.facets.judgment')}
          value={filter.judgment ?? 'any'}
          onChange={value => onChange({ judgment: value })}
          data={[
            ...JUDGMENTS.map(value => ({
              value,
              label: withCount(t(`reconciliation.judgmentsShort.${value}`), data.byJudgment[value] ?? 0),
            })),
            { value: 'matched', label: withCount(t('reconciliation.judgmentsShort.matched'), matched) },
            { value: 'any', label: withCount(t('reconciliation.facets.any'), sum(data.byJudgment)) },
          ]}
        />
        <span className={styles.facetActions}>
          <BulkAccept caseId={caseId} shown={shown} />
          <ExportButton caseId={caseId} filter={filter} count={data.total} />
        </span>
      </div>
      <div className={styles.facetLine}>
        <NativeSelect
          size="xs"
          aria-label={t('reconciliation.facets.kind')}
          value={filter.kind ?? ''}
          onChange={event => onChange({ kind: event.currentTarget.value || null })}
          data={[
            { value: '', label: withCount(t('reconciliation.facets.anyKind'), sum(data.byKind)) },
            ...MATCH_KINDS.filter(kind => kind === filter.kind || (data.byKind[kind] ?? 0) > 0).map(kind => ({
              value: kind,
              label: withCount(t(`reconciliation.kinds.${kind}`), data.byKind[kind] ?? 0),
            })),
          ]}
        />
        <ScoreFacet data={data} filter={filter} onChange={onChange} />
        <NativeSelect
          size="xs"
          aria-label={t('reconciliation.facets.sort')}
          value={`${filter.sort} ${filter.descending ? 'down' : 'up'}`}
          onChange={event => {
            const [sort = null, order = null] = event.currentTarget.value.split(' ');
            onChange({ sort, order });
          }}
          data={MATCH_SORTS.flatMap(sort =>
            (['down', 'up'] as const).map(order => ({
              value: `${sort} ${order}`,
              label: t(`reconciliation.sorts.${sort}.${order}`),
            })),
          )}
        />
        <span className={`${styles.total} nx-number`} role="status">
          {t('reconciliation.pairs.count', { count: data.total })}
        </span>
        {filter.judgment === undefined ? null : (
          <Link className={styles.rowsLink} to={paths.records(caseId, { reconciliation: `pairs:${filter.judgment}` })}>
            {t('reconciliation.pairs.rowsOf', {
              judgment: t(`reconciliation.judgmentsShort.${filter.judgment}`).toLocaleLowerCase('en'),
            })}
          </Link>
        )}
      </div>
    </div>
  );
};

/** Counts by tenths of the score as small bars; one press shows that band only, another all again. */
const ScoreFacet = ({ data, filter, onChange }: Pick<PairFacetsProps, 'data' | 'filter' | 'onChange'>) => {
  const { t } = useTranslation();
  const most = Math.max(1, ...data.byScore.map(({ count }) => count));
  return (
    <fieldset className={styles.scores} aria-label={t('reconciliation.facets.score')}>
      {data.byScore.map(({ from, count }) => {
        const to = Math.min(1, Math.round((from + 0.0999) * 10_000) / 10_000);
        const upTo = from >= 0.9 ? 1 : to;
        const isChosen = filter.minimumScore === from && filter.maximumScore === upTo;
        const label = t('reconciliation.facets.band', { from: from.toFixed(1), to: (from + 0.1).toFixed(1), count });
        return (
          <button
            key={from}
            type="button"
            className={styles.band}
            aria-pressed={isChosen}
            disabled={count === 0 && !isChosen}
            title={label}
            aria-label={label}
            onClick={() => onChange(isChosen ? { from: null, to: null } : { from: String(from), to: String(upTo) })}
          >
            <span className={styles.bandBar} style={{ height: `${count === 0 ? 0 : 10 + (90 * count) / most}%` }} />
          </button>
        );
      })}
      <span className={styles.bandEnds} aria-hidden>
        {t('reconciliation.facets.score')}
      </span>
    </fieldset>
  );
};
