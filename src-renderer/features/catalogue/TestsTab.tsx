import { NativeSelect, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '../../app/keyboard.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { QueueList } from '../../components/QueueList.tsx';
import styles from './Catalogue.module.css';
import type { Catalogue, RunInput } from './catalogue-types.ts';
import { TestDetail } from './TestDetail.tsx';
import { TestLine } from './TestLine.tsx';
import { SHOWN, type Shown, shownTests } from './test-state.ts';
import { useCatalogueWords } from './use-catalogue-words.ts';

interface TestsTabProps {
  readonly caseId: string;
  readonly catalogue: Catalogue;
  readonly chosen: string | null;
  readonly onChoose: (test: string) => void;
  readonly busy: boolean;
  readonly onRun: ((input: RunInput) => void) | null;
}

/** The catalogue as a list by group, and beside it the chosen test with its result. */
export const TestsTab = ({ caseId, catalogue, chosen, onChoose, busy, onRun }: TestsTabProps) => {
  const { t } = useTranslation();
  const { group } = useCatalogueWords();
  const [text, setText] = useState('');
  const [shown, setShown] = useState<Shown>('all');
  const search = useRef<HTMLInputElement>(null);
  const { tests } = catalogue;
  const listed = useMemo(() => shownTests(tests, text, shown, group), [tests, text, shown, group]);
  const current = tests.find(({ id }) => id === chosen) ?? listed[0] ?? null;
  const step = (by: 1 | -1): void => {
    const target = listed[listed.findIndex(({ id }) => id === current?.id) + by];
    if (target !== undefined) onChoose(target.id);
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    '/': () => search.current?.focus(),
    r: () => current !== null && !busy && onRun?.({ tests: [current.id], fresh: true }),
  });
  return (
    <div className={styles.split}>
      <section className={styles.listPane} aria-label={t('catalogue.list')}>
        <div className={styles.filters}>
          <TextInput
            ref={search}
            size="xs"
            aria-label={t('catalogue.search')}
            placeholder={t('catalogue.search')}
            leftSection={<IconSearch size={14} aria-hidden />}
            value={text}
            onChange={event => setText(event.currentTarget.value)}
          />
          <NativeSelect
            size="xs"
            aria-label={t('catalogue.shown.label')}
            value={shown}
            onChange={event => setShown(event.currentTarget.value as Shown)}
            data={SHOWN.map(value => ({
              value,
              label: t('facets.valueCount', {
                label: t(`catalogue.shown.${value}`),
                count: shownTests(tests, text, value, group).length,
              }),
            }))}
          />
        </div>
        {listed.length === 0 ? (
          <EmptyState kind="filtered" title={t('catalogue.nothing')} />
        ) : (
          <QueueList
            label={t('catalogue.list')}
            items={listed}
            keyOf={test => test.id}
            current={current?.id ?? null}
            onChoose={onChoose}
          >
            {test => <TestLine test={test} heads={listed.find(other => other.group === test.group) === test} />}
          </QueueList>
        )}
      </section>
      {current === null ? null : (
        <TestDetail key={current.id} caseId={caseId} catalogue={catalogue} test={current} busy={busy} onRun={onRun} />
      )}
    </div>
  );
};
