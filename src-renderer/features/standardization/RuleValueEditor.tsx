import { createContext, useContext, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ValueEditorProps } from 'react-querybuilder';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import styles from './RuleTree.module.css';
import { listOfLines, type RuleField, type RuleOperator, valueFor, valuesTakenBy } from './rule-tree.ts';

/** Values that occur in the case, by field: offered, never forced. */
type ValuesByField = Readonly<Partial<Record<RuleField, readonly string[]>>>;
export const KnownValues = createContext<ValuesByField>({});

/** The commonest values of the fields that have few. */
export const useKnownValues = (caseId: string): ValuesByField => {
  const facets = useChannel('transactions.facets', { caseId });
  const sources = useChannel('sources.list', { caseId });
  return useMemo(() => {
    const valuesOf = (name: string): readonly string[] =>
      facets.data?.facets
        .find(facet => facet.name === name)
        ?.values.flatMap(({ value }) => (value === null ? [] : [value])) ?? [];
    return {
      party: valuesOf('party'),
      account: valuesOf('account'),
      currency: valuesOf('currency'),
      type: valuesOf('type'),
      category: valuesOf('category'),
      source: sources.data?.sources.map(({ name }) => name) ?? [],
    };
  }, [facets.data, sources.data]);
};

const MAX_TEXT = 500;
const SHAPES = {
  amount: { inputMode: 'decimal', placeholder: '-12.50' },
  date: { inputMode: 'numeric', placeholder: 'YYYY-MM-DD' },
} as const;

/** What a condition compares with: one text, two bounds, a list, or a direction. Days and amounts are typed, in ISO form. */
export const RuleValueEditor = (props: ValueEditorProps) => {
  const { field, operator, title, disabled } = props;
  const handleOnChange = (next: unknown): void => props.handleOnChange(next);
  const { t } = useTranslation();
  const options = useId();
  const known = useContext(KnownValues)[field as RuleField] ?? [];
  const shaped = valueFor(operator as RuleOperator, props.value as unknown);
  const taken = valuesTakenBy(operator as RuleOperator);
  if (taken === 'none') return null;
  if (field === 'direction')
    return (
      <select
        className={styles.control}
        aria-label={title}
        disabled={disabled}
        value={shaped}
        onChange={event => handleOnChange(event.currentTarget.value)}
      >
        <option value="in">{t('direction.in')}</option>
        <option value="out">{t('direction.out')}</option>
      </select>
    );
  if (taken === 'list')
    return (
      <ListEditor
        label={title ?? ''}
        disabled={disabled === true}
        values={Array.isArray(shaped) ? shaped : []}
        onChange={handleOnChange}
      />
    );
  const shape = field === 'amount' || field === 'date' ? SHAPES[field] : {};
  const texts = Array.isArray(shaped) ? shaped : [shaped];
  const change = (place: number, text: string): void =>
    handleOnChange(Array.isArray(shaped) ? shaped.map((before, at) => (at === place ? text : before)) : text);
  return (
    <span className={styles.bounds}>
      <datalist id={options}>
        {known.map(each => (
          <option key={each} value={each} />
        ))}
      </datalist>
      {texts.map((text, place) => (
        <input
          // biome-ignore lint/suspicious/noArrayIndexKey: the first bound and the second
          key={place}
          className={styles.control}
          {...shape}
          {...(known.length === 0 ? {} : { list: options })}
          aria-label={texts.length === 1 ? title : t(place === 0 ? 'ruleTree.low' : 'ruleTree.high')}
          disabled={disabled}
          maxLength={MAX_TEXT}
          spellCheck={false}
          value={text}
          onChange={event => change(place, event.currentTarget.value)}
        />
      ))}
    </span>
  );
};

interface ListEditorProps {
  readonly label: string;
  readonly disabled: boolean;
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
}
/** One value a line: no value can then hold what parts it from the next. Keeps the blank line being typed. */
const ListEditor = ({ label, disabled, values, onChange }: ListEditorProps) => {
  const { t } = useTranslation();
  const [lines, setLines] = useState(values.join('\n'));
  return (
    <textarea
      className={styles.control}
      aria-label={label}
      placeholder={t('ruleTree.list')}
      disabled={disabled}
      rows={Math.min(6, Math.max(2, lines.split('\n').length))}
      spellCheck={false}
      value={lines}
      onChange={event => {
        setLines(event.currentTarget.value);
        onChange(listOfLines(event.currentTarget.value).map(line => line.slice(0, MAX_TEXT)));
      }}
    />
  );
};
