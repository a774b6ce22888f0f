import { useTranslation } from 'react-i18next';
import styles from './Catalogue.module.css';
import type { CatalogueTest } from './catalogue-types.ts';
import { testState } from './test-state.ts';
import { useCatalogueWords } from './use-catalogue-words.ts';

/** A test in the list: its name and how it stands. `heads`: it is the first of its group. */
export const TestLine = ({ test, heads }: { readonly test: CatalogueTest; readonly heads: boolean }) => {
  const { t } = useTranslation();
  const { group } = useCatalogueWords();
  const state = testState(test);
  const findings = test.last?.findings ?? 0;
  return (
    <span className={styles.line}>
      {heads ? <span className={styles.group}>{group(test.group)}</span> : null}
      <span className={styles.name}>{test.title}</span>
      <span className={styles.standing} data-state={state}>
        {state === 'found' || (state === 'stale' && findings > 0)
          ? t('catalogue.foundCount', { count: findings })
          : t(`catalogue.states.${state}`)}
      </span>
    </span>
  );
};
