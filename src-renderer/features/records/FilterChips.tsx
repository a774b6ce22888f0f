import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TransactionFilter } from '../../../src-main/contract/transactions.contract.ts';
import { skipToken, useChannel } from '../../app/engine/channel-hooks.ts';
import { groupedDecimal } from '../../components/money-text.ts';
import { mergedPartyName } from '../parties/party-address.ts';
import { reconciliationWords } from '../reconciliation/reconciliation-words.ts';
import { scoreSetWords } from '../risk/score-set-words.ts';
import { setWords } from '../standardization/set-words.ts';
import { FILTER_FIELDS, type FilterField } from './filter-address.ts';
import styles from './Records.module.css';

interface FilterChipsProps {
  readonly caseId: string;
  readonly filter: TransactionFilter;
  readonly sourceName: (sourceId: string) => string;
  readonly onRemove: (fields: readonly FilterField[]) => void;
  readonly onClear: () => void;
}

/** Every condition of the filter in words, also where it came from: which finding, quality rule, or figure of the pipeline. */
export const FilterChips = ({ caseId, filter, sourceName, onRemove, onClear }: FilterChipsProps) => {
  const { t } = useTranslation();
  const finding = useChannel(
    'findings.read',
    filter.findingId === undefined ? skipToken : { findingId: filter.findingId },
  );
  const examination = useChannel('examinations.read', filter.qualityRule === undefined ? skipToken : { caseId });
  const standardized = useChannel('standardization.read', filter.set === undefined ? skipToken : { caseId });
  const fields = FILTER_FIELDS.filter(field => filter[field] !== undefined);
  if (fields.length === 0) return null;
  const wordsOf = (field: FilterField): string => {
    const value = filter[field] ?? '';
    switch (field) {
      case 'findingId':
        return t('chips.findingId', {
          title: finding.data?.run.title ?? value,
          reason: finding.data?.finding.reason ?? '',
        });
      case 'qualityRule':
        return t('chips.qualityRule', {
          title: examination.data?.quality.rules.find(rule => rule.id === value)?.title ?? value,
        });
      case 'set': {
        const scored = scoreSetWords(t, value);
        if (scored !== null) return scored;
        const party = mergedPartyName(value);
        return party === null ? setWords(t, value, standardized.data) : t('chips.party', { value: party });
      }
      case 'reconciliation':
        return reconciliationWords(t, value);
      case 'testBin': {
        const at = value.indexOf(':');
        return t('chips.testBin', { test: value.slice(0, at), key: value.slice(at + 1) });
      }
      case 'sourceId':
        return t('chips.sourceId', { value: sourceName(value) || value });
      case 'direction':
        return t('chips.direction', { value: t(`direction.${value as 'in' | 'out'}`) });
      case 'side':
        return t('chips.side', { value: t(`sides.${value as 'bank' | 'ledger'}`) });
      case 'minimum':
      case 'maximum':
        return t(`chips.${field}`, { value: groupedDecimal(value) });
      default:
        return t(`chips.${field}`, { value: value === '' ? t('notStated') : value });
    }
  };
  return (
    <ul className={styles.chips} aria-label={t('chips.label')}>
      {fields.map(field => {
        const words = wordsOf(field);
        return (
          <li key={field} className={styles.chip}>
            <span title={words}>{words}</span>
            <button type="button" aria-label={t('chips.remove', { words })} onClick={() => onRemove([field])}>
              <IconX size={13} aria-hidden />
            </button>
          </li>
        );
      })}
      <li>
        <button type="button" className={styles.clear} onClick={onClear}>
          {t('records.clear')}
        </button>
      </li>
    </ul>
  );
};
