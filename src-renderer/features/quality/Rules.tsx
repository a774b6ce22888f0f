import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { QualityShape } from '../../../src-main/contract/examinations.contract.ts';
import { CountButton } from '../../components/CountButton.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { Panel } from '../../components/Panel.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import styles from './Quality.module.css';
import { ruleDestination, ruleProof, unitOfRule } from './rule-destination.ts';
import { useDimensionName } from './use-dimension-name.ts';

type Rule = QualityShape['rules'][number];
const SHOWN = ['all', 'failed', 'missed', 'unmeasured'] as const;

const KEEPS: Readonly<Record<(typeof SHOWN)[number], (rule: Rule) => boolean>> = {
  all: () => true,
  failed: rule => rule.failed > 0,
  missed: rule => rule.met === false,
  unmeasured: rule => rule.met === null,
};

/** Every rule: what it asks, how many were tested, passed and failed, and whether that is enough. */
export const Rules = ({ caseId, quality }: { readonly caseId: string; readonly quality: QualityShape }) => {
  const { t } = useTranslation();
  const nameOf = useDimensionName();
  const [shown, setShown] = useState<(typeof SHOWN)[number]>('all');
  const rules = quality.rules.filter(KEEPS[shown]);
  return (
    <Panel
      title={t('quality.rules')}
      actions={
        <NativeSelect
          size="xs"
          aria-label={t('quality.show')}
          value={shown}
          onChange={event => setShown(SHOWN.find(each => each === event.currentTarget.value) ?? 'all')}
          data={SHOWN.map(value => ({
            value,
            label: t('facets.valueCount', {
              label: t(`quality.shown.${value}`),
              count: quality.rules.filter(KEEPS[value]).length,
            }),
          }))}
        />
      }
      flush
    >
      <FactTable
        caption={t('quality.rules')}
        rows={rules}
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
          {
            key: 'tested',
            head: t('quality.tested'),
            numeric: true,
            cell: rule => (
              <>
                {t('count', { count: rule.tested })}
                {unitOfRule(rule.id) === 'rows' ? null : (
                  <span className={styles.unit}>
                    {t(`quality.units.${unitOfRule(rule.id)}`, { count: rule.tested })}
                  </span>
                )}
              </>
            ),
          },
          { key: 'passed', head: t('quality.passed'), numeric: true, cell: rule => t('count', { count: rule.passed }) },
          {
            key: 'failed',
            head: t('quality.failed'),
            numeric: true,
            cell: rule => <Failed caseId={caseId} rule={rule} />,
          },
          {
            key: 'share',
            head: t('quality.share'),
            numeric: true,
            cell: rule => (rule.share === null ? t('unknown') : percentText(rule.share)),
          },
          {
            key: 'threshold',
            head: t('quality.threshold'),
            numeric: true,
            cell: rule => percentText(rule.threshold),
          },
          {
            key: 'met',
            head: t('quality.met'),
            nowrap: true,
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

/** Rounded down, so that a single failure never reads as 100 %; the allowance undoes binary noise only. */
const percentText = (share: number): string => `${(Math.floor(share * 10_000 + 1e-9) / 100).toFixed(2)} %`;

const Failed = ({ caseId, rule }: { readonly caseId: string; readonly rule: Rule }) => {
  const { t } = useTranslation();
  const unit = unitOfRule(rule.id);
  const proof = rule.failed === 0 ? null : ruleProof(caseId, rule.id);
  return (
    <>
      <CountButton
        count={rule.failed}
        to={ruleDestination(caseId, rule.id)}
        label={t(`quality.failedUnits.${unit}`, { count: rule.failed, title: rule.title })}
      />
      {unit === 'rows' || rule.failed === 0 ? null : (
        <span className={styles.unit}>{t(`quality.units.${unit}`, { count: rule.failed })}</span>
      )}
      {proof === null ? null : (
        <Link className={styles.proof} to={proof} aria-label={t('quality.proofOf', { title: rule.title })}>
          {t('quality.proof')}
        </Link>
      )}
    </>
  );
};
