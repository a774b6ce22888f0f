import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './Controls.module.css';
import {
  CONTROL_TOTALS,
  type ControlDraft,
  type ControlTotal,
  givenControls,
  isInvalidControl,
} from './control-totals.ts';

interface ControlTotalsProps {
  readonly draft: ControlDraft;
  readonly disabled: boolean;
  readonly onChange: (draft: ControlDraft) => void;
}

const PROBLEMS = {
  count: 'controls.invalidCount',
  credits: 'controls.invalidSum',
  debits: 'controls.invalidSum',
  net: 'controls.invalidAmount',
  closing: 'controls.invalidAmount',
} as const satisfies Record<ControlTotal, string>;

/** What is known of the file from elsewhere: checked before anything of it is stored. */
export const ControlTotals = ({ draft, disabled, onChange }: ControlTotalsProps) => {
  const { t } = useTranslation();
  const given = givenControls(draft).length;
  return (
    <details className={styles.controls}>
      <summary>
        {t('controls.title')}
        {given === 0 ? null : <span className={styles.given}>{t('controls.given', { count: given })}</span>}
      </summary>
      <p>{t('controls.note')}</p>
      <div className={styles.totals}>
        {CONTROL_TOTALS.map(total => (
          <TextInput
            key={total}
            size="xs"
            label={t(`controls.${total}`)}
            value={draft[total] ?? ''}
            disabled={disabled}
            inputMode="decimal"
            error={isInvalidControl(total, draft[total] ?? '') ? t(PROBLEMS[total]) : undefined}
            onChange={event => onChange({ ...draft, [total]: event.currentTarget.value })}
          />
        ))}
      </div>
    </details>
  );
};
