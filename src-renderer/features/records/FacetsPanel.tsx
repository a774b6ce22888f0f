import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import type { TransactionFilter } from '../../../src-main/contract/transactions.contract.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { type FilterField, monthDays } from './filter-address.ts';
import styles from './Records.module.css';

type Facet = ChannelAnswer<'transactions.facets'>['facets'][number];

/** The condition a facet value stands for; empty text is “not stated”. Null for a value that no filter can name. */
const partOf = (name: Facet['name'], value: string | null): TransactionFilter | null => {
  if (value === null) return name === 'month' || name === 'direction' || name === 'sourceId' ? null : { [name]: '' };
  if (name === 'month') return monthDays(value);
  if (name === 'direction') return value === 'in' || value === 'out' ? { direction: value } : null;
  return { [name]: value };
};

const DAY = { pattern: '[0-9]{4}-[0-9]{2}-[0-9]{2}', placeholder: 'YYYY-MM-DD' } as const;
const AMOUNT = { pattern: '-?[0-9]+([.][0-9]+)?', placeholder: '0.00' } as const;
/** Days in ISO form: the browser's own date field would show them in an order that depends on the machine. */
const RANGES = [
  { field: 'from', ...DAY },
  { field: 'to', ...DAY },
  { field: 'minimum', ...AMOUNT },
  { field: 'maximum', ...AMOUNT },
] as const;

interface FacetsPanelProps {
  readonly caseId: string;
  readonly filter: TransactionFilter;
  readonly sourceName: (sourceId: string) => string;
  readonly onAdd: (part: TransactionFilter) => void;
  readonly onRemove: (fields: readonly FilterField[]) => void;
}

/** The values that occur under the filter, each with its count; a click keeps only those rows. */
export const FacetsPanel = ({ caseId, filter, sourceName, onAdd, onRemove }: FacetsPanelProps) => {
  const { t } = useTranslation();
  const facets = useChannel('transactions.facets', { caseId, filter });
  const labelOf = (facet: Facet, value: string | null): string => {
    if (value === null) return t('unknown');
    if (facet.name === 'sourceId') return sourceName(value);
    if (facet.name === 'direction') return t(`direction.${value as 'in' | 'out'}`);
    return value;
  };
  const setField = (field: FilterField, value: string): void => {
    if (value === '') onRemove([field]);
    else onAdd({ [field]: value });
  };
  return (
    <section className={styles.facets} aria-label={t('facets.label')}>
      <fieldset className={styles.facet}>
        <legend>{t('facets.range')}</legend>
        <div className={styles.pair}>
          {RANGES.map(({ field, pattern, placeholder }) => (
            <TextInput
              key={`${field} ${filter[field] ?? ''}`}
              size="xs"
              pattern={pattern}
              placeholder={placeholder}
              label={t(`facets.${field}`)}
              defaultValue={filter[field] ?? ''}
              onBlur={event => event.currentTarget.validity.valid && setField(field, event.currentTarget.value)}
              onKeyDown={event =>
                event.key === 'Enter' &&
                event.currentTarget.validity.valid &&
                setField(field, event.currentTarget.value)
              }
            />
          ))}
        </div>
      </fieldset>
      <ChannelView of={facets} lines={10}>
        {data =>
          data.facets
            .filter(facet => facet.values.length > 0)
            .map(facet => (
              <fieldset key={facet.name} className={styles.facet}>
                <legend>{t(`facets.names.${facet.name}`)}</legend>
                {facet.values.map(({ value, count }) => {
                  const part = partOf(facet.name, value);
                  const label = labelOf(facet, value);
                  const text = (
                    <>
                      <span className={styles.valueName}>{label}</span>
                      <span className={`${styles.valueCount} nx-number`}>{t('count', { count })}</span>
                    </>
                  );
                  if (part === null)
                    return (
                      <div key="unknown" className={styles.value}>
                        {text}
                      </div>
                    );
                  const fields = Object.keys(part) as FilterField[];
                  const pressed = fields.every(field => filter[field] === part[field]);
                  return (
                    <button
                      key={value ?? 'unknown'}
                      type="button"
                      className={styles.value}
                      aria-pressed={pressed}
                      title={label}
                      onClick={() => (pressed ? onRemove(fields) : onAdd(part))}
                    >
                      {text}
                    </button>
                  );
                })}
                {facet.more > 0 ? <span className={styles.more}>{t('facets.more', { count: facet.more })}</span> : null}
              </fieldset>
            ))
        }
      </ChannelView>
    </section>
  );
};
