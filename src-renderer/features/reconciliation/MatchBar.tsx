import { Button, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransactionRow } from '../../../src-main/contract/transactions.contract.ts';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { useKeys } from '../../app/keyboard.ts';
import { usePermission } from '../../app/use-permission.ts';
import { useUndoToast } from '../../app/use-undo-toast.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { Money } from '../../components/Money.tsx';
import styles from './Hand.module.css';
import { isSettled, pickedSums } from './pick-sums.ts';
import type { Picks } from './picks.ts';
import type { Shown, SideName } from './reconciliation-types.ts';

interface MatchBarProps {
  readonly caseId: string;
  readonly shown: Shown;
  readonly picks: Picks;
  readonly onCleared: () => void;
  readonly onToggle: (side: SideName, row: TransactionRow) => void;
}

/** The picked rows, what remains between them, and the match: with a reason where something remains. */
export const MatchBar = ({ caseId, shown, picks, onCleared, onToggle }: MatchBarProps) => {
  const { t } = useTranslation();
  const mayDecide = usePermission('finding.decide');
  const toast = useUndoToast(caseId, 'reconciliations.undo');
  const [match, { isLoading, error, reset }] = useCommand('reconciliations.match');
  const [reason, setReason] = useState('');
  const [a, b] = [[...picks.a.values()], [...picks.b.values()]];
  const sums = pickedSums(a, b, shown.sign === 'opposite');
  const isEnough = a.length + b.length >= 2;
  const needsReason = isEnough && !isSettled(sums);
  const isReady = isEnough && (!needsReason || reason.trim() !== '');
  const make = async (): Promise<void> => {
    if (!isReady || isLoading) return;
    const rows = { a: a.map(({ id }) => id), b: b.map(({ id }) => id) };
    const { data } = await match({ caseId, ...rows, reason: reason.trim() });
    if (data === undefined) return;
    toast(t('reconciliation.decided.match'), [data.seq]);
    setReason('');
    onCleared();
  };
  useKeys({ m: event => void (event.repeat ? undefined : make()) });
  if (!mayDecide) return null;
  return (
    <section className={styles.matchBar} aria-label={t('reconciliation.hand.bar')}>
      {a.length + b.length === 0 ? (
        <p className={styles.hint}>{t('reconciliation.hand.pickHint')}</p>
      ) : (
        <div className={styles.picked}>
          {(['a', 'b'] as const).map(side => (
            <ul key={side} aria-label={t('reconciliation.hand.pickedOf', { side: side.toUpperCase() })}>
              {[...picks[side].values()].map(row => (
                <li key={row.id}>
                  <span className={styles.letter}>{side.toUpperCase()}</span>
                  <span className={styles.party}>{row.counterparty || row.description || t('record.unnamed')}</span>
                  <Money amount={row.amount} currency={row.currency} signed />
                  <button
                    type="button"
                    aria-label={t('reconciliation.hand.unpickOf', { row: row.row })}
                    onClick={() => onToggle(side, row)}
                  >
                    <IconX size={13} aria-hidden />
                  </button>
                </li>
              ))}
            </ul>
          ))}
        </div>
      )}
      <div className={styles.remaining} role="status" aria-label={t('reconciliation.hand.remaining')}>
        {sums.length === 0 ? null : <span>{t('reconciliation.hand.remaining')}</span>}
        {sums.map(({ currency, remaining }) => (
          <strong key={currency ?? ''} data-settled={isSettled(sums)}>
            <Money amount={remaining} currency={currency} signed />
          </strong>
        ))}
        {sums.length > 1 ? <span className={styles.hint}>{t('reconciliation.hand.currencies')}</span> : null}
      </div>
      <div className={styles.make}>
        {needsReason ? (
          <TextInput
            size="xs"
            className={styles.reason as string}
            aria-label={t('reconciliation.hand.reason')}
            placeholder={t('reconciliation.hand.reason')}
            value={reason}
            onChange={event => setReason(event.currentTarget.value)}
            onKeyDown={event => event.key === 'Enter' && void make()}
          />
        ) : null}
        <Button
          size="compact-sm"
          disabled={!isReady}
          loading={isLoading}
          onClick={() => void make()}
          rightSection={<KeyHint keys="m" />}
        >
          {t('reconciliation.hand.make')}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          disabled={a.length + b.length === 0}
          onClick={() => {
            reset();
            onCleared();
          }}
        >
          {t('reconciliation.hand.clear')}
        </Button>
      </div>
      {error === undefined ? null : <ErrorState error={error} />}
    </section>
  );
};
