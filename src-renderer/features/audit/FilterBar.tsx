import { NativeSelect, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AUDIT_CLASSES } from '../../../src-main/contract/audit-exports.contract.ts';
import { ROLES } from '../../../src-main/contract/workspaces.contract.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { SearchField } from '../../components/SearchField.tsx';
import styles from './Audit.module.css';
import { CLASS_ICONS } from './ClassTag.tsx';
import {
  type AuditFilter,
  type AuditFilterField,
  countsByClass,
  withCondition,
  withoutNumbers,
  withoutSox,
} from './entry-filter.ts';
import { useActName } from './use-act-name.ts';

interface FilterBarProps {
  readonly filter: AuditFilter;
  readonly caseId: string | undefined;
  readonly total: number | undefined;
  readonly all: number | undefined;
  /** Changes some conditions of those that hold by then: two given one right after the other both count. */
  readonly onChange: (edit: (now: AuditFilter) => AuditFilter) => void;
  readonly onClear: () => void;
  readonly actions: ReactNode;
}

/** What of the log is looked at: words, class, act, person, role, point of view, case, days. */
export const FilterBar = ({ filter, caseId, total, all, onChange, onClear, actions }: FilterBarProps) => {
  const { t } = useTranslation();
  const { actName, roleName } = useActName();
  // The choices are those of the case or the log, not of what is left of it: a choice can be exchanged for another.
  const whole = useChannel('audits.search', { ...(caseId === undefined ? {} : { caseId }), limit: 1 });
  const cases = useChannel('cases.list', {});
  const set = (field: AuditFilterField) => (value: string) => onChange(now => withCondition(now, field, value));
  const isNarrowed = Object.keys(filter).some(field => field !== 'caseId' || caseId === undefined);
  const choice = (
    field: AuditFilterField,
    any: string,
    values: readonly { readonly value: string; readonly label: string }[],
  ): ReactNode => (
    <NativeSelect
      size="xs"
      aria-label={t(`audit.filter.${field}`)}
      value={filter[field] ?? ''}
      data-active={filter[field] !== undefined}
      onChange={event => set(field)(event.currentTarget.value)}
      data={[{ value: '', label: any }, ...values]}
    />
  );
  const roles = [...ROLES, 'system'].map(role => ({ value: role, label: roleName(role) }));
  return (
    <section className={styles.filters} aria-label={t('audit.filter.label')}>
      <div className={styles.tools}>
        <SearchField
          size="xs"
          className={styles.search as string}
          label={t('audit.filter.text')}
          text={filter.text ?? ''}
          onSearch={set('text')}
        />
        <span className={`${styles.count} nx-number`} role="status">
          {total === undefined ? t('records.counting') : t('audit.matching', { count: total, all: all ?? total })}
        </span>
        {isNarrowed ? (
          <button type="button" className={styles.clear} onClick={onClear}>
            {t('audit.clear')}
          </button>
        ) : null}
        <span className={styles.actions}>{actions}</span>
      </div>
      <ClassChips filter={filter} onChoose={set('class')} />
      <LinkedConditions filter={filter} all={all} onChange={onChange} />
      <div className={styles.selects}>
        {choice(
          'act',
          t('audit.filter.anyAct'),
          (whole.data?.acts ?? []).map(({ act, count }) => ({
            value: act,
            label: t('facets.valueCount', { label: actName(act), count }),
          })),
        )}
        {choice(
          'actor',
          t('audit.filter.anyActor'),
          (whole.data?.actors ?? []).map(({ actor, count }) => ({
            value: actor,
            label: t('facets.valueCount', { label: actor, count }),
          })),
        )}
        {choice('role', t('audit.filter.anyRole'), roles)}
        {choice('pov', t('audit.filter.anyPov'), roles)}
        {caseId === undefined
          ? choice(
              'caseId',
              t('audit.filter.anyCase'),
              (cases.data?.cases ?? []).map(({ id, name }) => ({ value: id, label: name })),
            )
          : null}
        {(['from', 'to'] as const).map(field => (
          <TextInput
            key={field}
            size="xs"
            type="date"
            label={t(`audit.filter.${field}`)}
            classNames={{ root: styles.day as string }}
            value={(filter[field] ?? '').slice(0, 10)}
            onChange={event => set(field)(event.currentTarget.value)}
          />
        ))}
      </div>
    </section>
  );
};

/** What a link narrowed the log to: said, and taken back with a click. */
const LinkedConditions = ({ filter, all, onChange }: Pick<FilterBarProps, 'filter' | 'all' | 'onChange'>) => {
  const { t } = useTranslation();
  const { fromSeq, toSeq, sox } = filter;
  const hasNumbers = fromSeq !== undefined || toSeq !== undefined;
  if (!hasNumbers && sox === undefined) return null;
  return (
    <div className={styles.chips}>
      {hasNumbers ? (
        <button type="button" className={styles.chip} aria-pressed onClick={() => onChange(withoutNumbers)}>
          {t('audit.filter.numbers', { first: fromSeq ?? 0, last: toSeq ?? all ?? 0 })}
          <IconX size={13} aria-hidden />
        </button>
      ) : null}
      {sox === undefined ? null : (
        <button type="button" className={styles.chip} aria-pressed onClick={() => onChange(withoutSox)}>
          {t(sox ? 'audit.filter.sox' : 'audit.filter.notSox')}
          <IconX size={13} aria-hidden />
        </button>
      )}
    </div>
  );
};

const ClassChips = ({
  filter,
  onChoose,
}: {
  readonly filter: AuditFilter;
  readonly onChoose: (value: string) => void;
}) => {
  const { t } = useTranslation();
  const { class: chosen, ...others } = filter;
  const found = useChannel('audits.search', { ...others, limit: 1 });
  const known = useChannel('audits.compliance', {});
  const counts =
    found.data === undefined || known.data === undefined ? null : countsByClass(found.data.acts, known.data.acts);
  return (
    <fieldset className={styles.chips} aria-label={t('audit.filter.class')}>
      {AUDIT_CLASSES.map(name => {
        const Icon = CLASS_ICONS[name];
        return (
          <button
            key={name}
            type="button"
            className={styles.chip}
            aria-pressed={chosen === name}
            title={t(`audit.classMeans.${name}`)}
            onClick={() => onChoose(chosen === name ? '' : name)}
          >
            <Icon size={14} stroke={1.7} aria-hidden />
            {t(`audit.classes.${name}`)}
            <span className="nx-number">{counts === null ? '…' : t('count', { count: counts[name] })}</span>
          </button>
        );
      })}
    </fieldset>
  );
};
