import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { useUndoToast } from '../../app/use-undo-toast.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { CategoryChoice } from './CategoryChoice.tsx';
import styles from './StandardizedSection.module.css';

interface SetCategoryProps {
  readonly caseId: string;
  readonly detail: ChannelAnswer<'transactions.read'>;
  readonly row: ChannelAnswer<'standardization.row'>;
}

/** The key labels of a party are kept under: its name after merging; a name that a rule gives is only shown. */
const partyOf = ({ detail, row }: Pick<SetCategoryProps, 'detail' | 'row'>): string | null => {
  const field = row.fields.find(known => known.field === 'party');
  return field === undefined || field.origin === 'rule' || field.standardized === ''
    ? detail.party
    : field.standardized;
};

/** Gives this transaction, or all of its party in this direction of money, a category. A step that can be undone. */
export const SetCategory = ({ caseId, detail, row }: SetCategoryProps) => {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [scope, setScope] = useState<'transaction' | 'party'>('transaction');
  const [confirm, { isLoading, error }] = useCommand('categories.confirm');
  const notice = useUndoToast(caseId);
  const party = partyOf({ detail, row });
  const direction = detail.transaction.amount.startsWith('-') ? 'out' : 'in';
  const give = async (category: string): Promise<void> => {
    const subject =
      scope === 'party' && party !== null ? ({ party, direction } as const) : { transactionId: detail.transaction.id };
    const { data } = await confirm({ caseId, subject, category });
    if (data === undefined) return;
    setOpen(false);
    notice(t('review.confirmed', { party: 'party' in subject ? subject.party : t('record.thisOne'), category }), [
      data.seq,
    ]);
  };
  return (
    <>
      <Button size="compact-sm" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('record.setCategory')}
      </Button>
      {open ? (
        <fieldset className={styles.choose} aria-label={t('record.setCategory')}>
          {party === null ? null : (
            <SegmentedControl
              size="xs"
              aria-label={t('record.scope')}
              value={scope}
              onChange={value => setScope(value === 'party' ? 'party' : 'transaction')}
              data={[
                { value: 'transaction', label: t('record.thisOne') },
                { value: 'party', label: t(`record.allOfParty.${direction}`, { party }) },
              ]}
            />
          )}
          <CategoryChoice
            caseId={caseId}
            label={t('record.category')}
            loading={isLoading}
            onChoose={category => void give(category)}
          />
          {error === undefined ? null : <ErrorState error={error} />}
        </fieldset>
      ) : null}
    </>
  );
};
