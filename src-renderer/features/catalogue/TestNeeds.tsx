import { useTranslation } from 'react-i18next';
import { StatusTag } from '../../components/StatusTag.tsx';
import styles from './Catalogue.module.css';
import type { CatalogueTest } from './catalogue-types.ts';
import { useCatalogueWords } from './use-catalogue-words.ts';

interface TestNeedsProps {
  readonly test: CatalogueTest;
  /** Names of the sources that state each column. */
  readonly statedIn: Readonly<Record<string, readonly string[]>>;
}

/** The columns a test needs or uses, each with the sources that state it, or what would have to. */
export const TestNeeds = ({ test, statedIn }: TestNeedsProps) => {
  const { t } = useTranslation();
  const { column } = useCatalogueWords();
  const where = (name: string): string => {
    const sources = statedIn[name] ?? [];
    if (test.noLedger) return t('catalogue.needs.noLedger');
    if (sources.length === 0) return t(`catalogue.needs.nowhere.${test.side}`);
    return sources.length > 3 ? t('catalogue.needs.sources', { count: sources.length }) : sources.join(', ');
  };
  const line = (name: string, needed: boolean) => {
    const missing = test.noLedger || (statedIn[name] ?? []).length === 0;
    return (
      <li key={name}>
        <StatusTag tone={!missing ? 'good' : needed ? 'bad' : 'unknown'}>{column(name)}</StatusTag>
        <span className={styles.quiet}>{where(name)}</span>
      </li>
    );
  };
  return (
    <div className={styles.needs}>
      <div>
        <h3>{t('catalogue.needs.needed')}</h3>
        <ul>{test.needs.map(name => line(name, true))}</ul>
      </div>
      {test.uses.length === 0 ? null : (
        <div>
          <h3>{t('catalogue.needs.used')}</h3>
          <ul>{test.uses.map(name => line(name, false))}</ul>
        </div>
      )}
    </div>
  );
};
