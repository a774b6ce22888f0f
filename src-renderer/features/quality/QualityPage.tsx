import { Button, Progress } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { QualityShape } from '../../../src-main/contract/examinations.contract.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { CountButton } from '../../components/CountButton.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Panel } from '../../components/Panel.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { CurrentCase } from '../cases/CurrentCase.tsx';
import styles from './Quality.module.css';
import { ruleDestination } from './rule-destination.ts';

export const QualityPage = () => {
  const { t } = useTranslation();
  return <CurrentCase title={t('quality.title')}>{caseId => <Quality caseId={caseId} />}</CurrentCase>;
};

/** How far the data can be trusted: one score, its dimensions, and every rule with the rows that failed it. */
const Quality = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const read = useChannel('examinations.read', { caseId });
  return (
    <>
      <PageHeader title={t('quality.title')} description={t('quality.description')} />
      <ChannelView of={read} lines={8}>
        {examination =>
          examination === null ? (
            <EmptyState
              kind="not-run"
              title={t('empty.notRun.title')}
              action={
                <Button component={Link} to={paths.caseHome(caseId)}>
                  {t('empty.notRun.action')}
                </Button>
              }
            >
              {t('empty.notRun.text')}
            </EmptyState>
          ) : (
            <div className={styles.stack}>
              <Dimensions quality={examination.quality} />
              <Rules caseId={caseId} quality={examination.quality} />
            </div>
          )
        }
      </ChannelView>
    </>
  );
};

const useDimensionName = (): ((dimension: string) => string) => {
  const { t, i18n } = useTranslation();
  return dimension =>
    i18n.exists(`dimensions.${dimension}`) ? t(`dimensions.${dimension}` as 'dimensions.completeness') : dimension;
};

/** The scores; how each is made up only when asked for, since the rules below say it row by row. */
const Dimensions = ({ quality }: { readonly quality: QualityShape }) => {
  const { t } = useTranslation();
  const nameOf = useDimensionName();
  const [explained, setExplained] = useState(false);
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
              <span className="nx-number">{score?.toFixed(1) ?? t('unknown')}</span>
              <span className={`${styles.note} nx-number`}>{t('quality.weight', { weight })}</span>
              {explained ? <span className={styles.explanation}>{explanation}</span> : null}
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
};

const Rules = ({ caseId, quality }: { readonly caseId: string; readonly quality: QualityShape }) => {
  const { t } = useTranslation();
  const nameOf = useDimensionName();
  return (
    <Panel title={t('quality.rules')} flush>
      <FactTable
        caption={t('quality.rules')}
        rows={quality.rules}
        rowKey={rule => rule.id}
        columns={[
          {
            key: 'title',
            head: t('quality.rule'),
            cell: rule => (
              <>
                {rule.title}
                <span className={styles.formula}>{rule.formula}</span>
              </>
            ),
          },
          { key: 'dimension', head: t('quality.dimension'), cell: rule => nameOf(rule.dimension) },
          { key: 'tested', head: t('quality.tested'), numeric: true, cell: rule => t('count', { count: rule.tested }) },
          {
            key: 'failed',
            head: t('quality.failed'),
            numeric: true,
            cell: rule => (
              <CountButton
                count={rule.failed}
                to={ruleDestination(caseId, rule.id)}
                label={t('quality.failedOf', { title: rule.title })}
              />
            ),
          },
          {
            key: 'share',
            head: t('quality.share'),
            numeric: true,
            cell: rule => (rule.share === null ? t('unknown') : `${(rule.share * 100).toFixed(2)} %`),
          },
          {
            key: 'threshold',
            head: t('quality.threshold'),
            numeric: true,
            cell: rule => `${(rule.threshold * 100).toFixed(2)} %`,
          },
          {
            key: 'met',
            head: t('quality.met'),
            cell: rule => (
              <StatusTag tone={rule.met === null ? 'unknown' : rule.met ? 'good' : 'bad'}>
                {t(`quality.states.${rule.met ?? 'unknown'}` as 'quality.states.true')}
              </StatusTag>
            ),
          },
        ]}
      />
    </Panel>
  );
};
