import { Checkbox, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  FINDING_STATES,
  type FindingFilter,
  REVIEW_STATES,
  SEVERITIES,
} from '../../../src-main/contract/findings.contract.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { SEVERITY_ICONS } from '../../components/severity.ts';
import styles from './Findings.module.css';
import type { FindingsAnswer } from './finding-types.ts';

interface FindingFacetsProps {
  readonly data: FindingsAnswer;
  readonly filter: FindingFilter;
  /** `any` takes a condition away. */
  readonly onChange: (facet: string, value: string) => void;
}

/** The queue split by severity, and what else narrows it. Counts are of what all other conditions leave. */
export const FindingFacets = ({ data, filter, onChange }: FindingFacetsProps) => {
  const { t } = useTranslation();
  const tests = useChannel('tests.list', {});
  const titleOf = (id: string): string => tests.data?.tests.find(known => known.id === id)?.title ?? id;
  const withCount = (label: string, count: number | undefined): string =>
    t('facets.valueCount', { label, count: count ?? 0 });
  const known = (counts: Readonly<Record<string, number>>, value: string | undefined): string[] => [
    ...new Set([...Object.keys(counts), ...(value === undefined ? [] : [value])]),
  ];
  return (
    <div className={styles.facets}>
      <fieldset className={styles.severities} aria-label={t('findings.severity')}>
        {[undefined, ...SEVERITIES].map(severity => {
          const Icon = severity === undefined ? null : SEVERITY_ICONS[severity];
          const count =
            severity === undefined
              ? Object.values(data.bySeverity).reduce((sum, each) => sum + each, 0)
              : (data.bySeverity[severity] ?? 0);
          return (
            <button
              key={severity ?? 'any'}
              type="button"
              className={styles.severity}
              data-severity={severity}
              aria-pressed={filter.severity === severity}
              onClick={() => onChange('severity', severity ?? 'any')}
            >
              {Icon === null ? null : <Icon size={14} aria-hidden />}
              {severity === undefined ? t('findings.anySeverity') : t(`severity.${severity}`)}
              <span className="nx-number">{t('count', { count })}</span>
            </button>
          );
        })}
      </fieldset>
      <fieldset className={styles.selects} aria-label={t('findings.facets')}>
        <NativeSelect
          aria-label={t('findings.state')}
          size="xs"
          value={filter.state ?? 'any'}
          onChange={event => onChange('state', event.currentTarget.value)}
          data={[
            { value: 'any', label: t('findings.anyState') },
            ...FINDING_STATES.map(value => ({ value, label: withCount(t(`states.${value}`), data.byState[value]) })),
          ]}
        />
        <NativeSelect
          aria-label={t('findings.test')}
          size="xs"
          value={filter.test ?? 'any'}
          onChange={event => onChange('test', event.currentTarget.value)}
          data={[
            { value: 'any', label: t('findings.anyTest') },
            ...known(data.byTest, filter.test).map(value => ({
              value,
              label: withCount(titleOf(value), data.byTest[value]),
            })),
          ]}
        />
        <NativeSelect
          aria-label={t('findings.group')}
          size="xs"
          value={filter.group ?? 'any'}
          onChange={event => onChange('group', event.currentTarget.value)}
          data={[
            { value: 'any', label: t('findings.anyGroup') },
            ...known(data.byGroup, filter.group).map(value => ({
              value,
              label: withCount(t(`findings.groups.${value as 'digits'}`, { defaultValue: value }), data.byGroup[value]),
            })),
          ]}
        />
        <NativeSelect
          aria-label={t('findings.assignee')}
          size="xs"
          value={filter.assignee ?? 'any'}
          onChange={event => onChange('assignee', event.currentTarget.value)}
          data={[
            { value: 'any', label: t('findings.anyAssignee') },
            { value: '', label: withCount(t('triage.nobody'), data.byAssignee['']) },
            ...known(data.byAssignee, filter.assignee)
              .filter(name => name !== '')
              .map(value => ({ value, label: withCount(value, data.byAssignee[value]) })),
          ]}
        />
        <NativeSelect
          aria-label={t('findings.review')}
          size="xs"
          value={filter.review ?? 'any'}
          onChange={event => onChange('review', event.currentTarget.value)}
          data={[
            { value: 'any', label: t('findings.anyReview') },
            ...REVIEW_STATES.map(value => ({ value, label: withCount(t(`approval.${value}`), data.byReview[value]) })),
          ]}
        />
        <Checkbox
          className={styles.flagged as string}
          size="xs"
          label={withCount(t('triage.flagged'), data.flagged)}
          checked={filter.flagged === true}
          onChange={event => onChange('flagged', event.currentTarget.checked ? 'yes' : 'any')}
        />
      </fieldset>
    </div>
  );
};
