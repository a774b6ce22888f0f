import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Findings.module.css';
import { formulaLines, readSpecification } from './spec-formula.ts';

/** How the test computes, in the words of its specification. */
export const TestFormula = ({ test }: { readonly test: string }) => {
  const { t } = useTranslation();
  const [lines, setLines] = useState<readonly string[]>([]);
  useEffect(() => {
    let isShown = true;
    void readSpecification(test).then(page => {
      if (isShown) setLines(formulaLines(page ?? ''));
    });
    return () => {
      isShown = false;
    };
  }, [test]);
  if (lines.length === 0) return null;
  return (
    <details className={styles.formula}>
      <summary>{t('evidence.formula')}</summary>
      {lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a page that does not change
        <p key={i}>{line}</p>
      ))}
    </details>
  );
};
