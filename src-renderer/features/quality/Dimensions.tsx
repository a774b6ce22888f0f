import { Button, Progress } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QualityShape } from '../../../src-main/contract/examinations.contract.ts';
import { Panel } from '../../components/Panel.tsx';
import styles from './Quality.module.css';
import { useDimensionName } from './use-dimension-name.ts';

/** The scores with what each asks; how each is made up only when wanted, since the rules below say it row by row. */
export const Dimensions = ({ quality }: { readonly quality: QualityShape }) => {
  const { t, i18n } = useTranslation();
  const nameOf = useDimensionName();
  const [explained, setExplained] = useState(false);
  const asks = (dimension: string): string =>
    i18n.exists(`quality.asks.${dimension}`) ? t(`quality.asks.${dimension}` as 'quality.asks.completeness') : '';
  return (
    <Panel
      title={t('quality.dimensions')}
      actions={
        <Button size="compact-sm" variant="default" aria-pressed={explained} onClick={() => setExplained(!explained)}>
          {t('quality.explain')}
        </Button>
      }
    >
      <div className={styles.overview}>
        <div className={styles.score}>
          <span className={`${styles.figure} nx-number`}>{quality.score?.toFixed(1) ?? t('unknown')}</span>
          <span className={styles.of}>{t('quality.of')}</span>
        </div>
        <ul className={styles.dimensions}>
          {Object.entries(quality.dimensions).map(([dimension, { score, weight, explanation }]) => (
            <li key={dimension}>
              <span className={styles.name}>{nameOf(dimension)}</span>
              <Progress
                value={score ?? 0}
                size="sm"
                aria-label={t('quality.scoreOf', { dimension: nameOf(dimension) })}
              />
              <span className={`${styles.dimensionScore} nx-number`} data-unknown={score === null}>
                {score?.toFixed(1) ?? t('unknown')}
              </span>
              <span className={`${styles.note} nx-number`}>{t('quality.weight', { weight })}</span>
              <span className={styles.asks}>{asks(dimension)}</span>
              {explained ? <span className={styles.explanation}>{explanation}</span> : null}
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
};
