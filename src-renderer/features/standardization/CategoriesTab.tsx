import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { ORIGINS } from '../../../src-main/contract/standardization.contract.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { CountButton } from '../../components/CountButton.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { CategoryReview } from './CategoryReview.tsx';
import type { Origin } from './OriginTag.tsx';
import styles from './Review.module.css';

type Counts = ChannelAnswer<'categories.list'>['counts'];

/** Suggestions to confirm, and how many rows each category has from where. */
export const CategoriesTab = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const list = useChannel('categories.list', { caseId });
  return (
    <div className={styles.stack}>
      <CategoryReview caseId={caseId} />
      <section className={styles.counts}>
        <h3>{t('categories.counts')}</h3>
        <ChannelView of={list} lines={6}>
          {({ counts }) =>
            counts.length === 0 ? (
              <EmptyState kind="not-run" title={t('standardization.notRun.title')}>
                {t('categories.notRun')}
              </EmptyState>
            ) : (
              <CategoryCounts caseId={caseId} counts={counts} />
            )
          }
        </ChannelView>
      </section>
    </div>
  );
};

/** Origins in the order in which they can be relied on. */
const ORDER: readonly Origin[] = ['confirmed', 'rule', 'file', 'standardizer', 'learned', 'unknown'];

interface CategoryCountsProps {
  readonly caseId: string;
  readonly counts: Counts;
}
const CategoryCounts = ({ caseId, counts }: CategoryCountsProps) => {
  const { t } = useTranslation();
  const rows = byCategory(counts);
  const origins = ORDER.filter(origin => rows.some(row => row.byOrigin.has(origin)));
  return (
    <FactTable
      caption={t('categories.counts')}
      rows={rows}
      rowKey={row => row.category ?? ''}
      columns={[
        { key: 'category', head: t('categories.category'), cell: row => row.category ?? t('categories.noCategory') },
        ...origins.map(origin => ({
          key: origin,
          head: t(`origins.${origin}`),
          numeric: true,
          cell: (row: CategoryRow) => {
            const part = row.byOrigin.get(origin);
            return part === undefined ? null : (
              <CountButton
                count={part.rows}
                to={paths.records(caseId, { set: part.set })}
                label={t('categories.rowsOf', {
                  category: row.category ?? t('categories.noCategory'),
                  origin: t(`origins.${origin}`),
                })}
              />
            );
          },
        })),
      ]}
    />
  );
};

interface CategoryRow {
  readonly category: string | null;
  readonly rows: number;
  readonly byOrigin: ReadonlyMap<Origin, { readonly rows: number; readonly set: string }>;
}

/** One line a category, those with most rows first; rows without one come last. */
const byCategory = (counts: Counts): readonly CategoryRow[] => {
  const found = new Map<string | null, Map<Origin, { rows: number; set: string }>>();
  for (const { category, byOrigin, set } of counts)
    for (const origin of ORIGINS) {
      const rows = byOrigin[origin];
      if (rows === undefined) continue;
      const parts = found.get(category) ?? new Map<Origin, { rows: number; set: string }>();
      found.set(category, parts.set(origin, { rows, set }));
    }
  return [...found]
    .map(([category, byOrigin]) => ({
      category,
      byOrigin,
      rows: [...byOrigin.values()].reduce((sum, part) => sum + part.rows, 0),
    }))
    .sort((a, b) => Number(a.category === null) - Number(b.category === null) || b.rows - a.rows);
};
