import { Button, Modal } from '@mantine/core';
import { IconChecks } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import { useBridge } from '../../app/BridgeContext.tsx';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { usePermission } from '../../app/use-permission.ts';
import { useUndoToast } from '../../app/use-undo-toast.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { LoadingBlock } from '../../components/LoadingBlock.tsx';
import styles from './Duplicates.module.css';
import { type OpenPair, openOverlaps } from './open-overlaps.ts';

/** Pairs one decision takes at most (duplicates.contract.ts). */
const PAIRS_PER_DECISION = 10_000;

interface BulkConfirmProps {
  readonly caseId: string;
  /** Open pairs of overlapping files: what the screen shows now. */
  readonly count: number;
}

/** Confirms every open pair of overlapping files at once, after saying exactly what that does and which of them differ. */
export const BulkConfirm = ({ caseId, count }: BulkConfirmProps) => {
  const { t } = useTranslation();
  const mayDecide = usePermission('finding.decide');
  const bridge = useBridge();
  const [decide] = useCommand('duplicates.decide');
  const toast = useUndoToast(caseId);
  const [asking, setAsking] = useState(false);
  const [pairs, setPairs] = useState<readonly OpenPair[] | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<NexusErrorData | null>(null);
  if (!mayDecide) return null;
  const ask = async (): Promise<void> => {
    setAsking(true);
    setPairs(null);
    setError(null);
    const read = await openOverlaps(bridge, caseId);
    setError(read.error ?? null);
    setPairs(read.error === undefined ? read.pairs : null);
  };
  const confirmAll = async (chosen: readonly OpenPair[]): Promise<void> => {
    setBusy(true);
    setError(null);
    const seqs: number[] = [];
    let failure: NexusErrorData | null = null;
    let done = 0;
    while (failure === null && done < chosen.length) {
      const part = chosen.slice(done, done + PAIRS_PER_DECISION);
      const decided = part.map(({ keep, duplicate }) => ({ keep, duplicate }));
      const outcome = await decide({ caseId, state: 'confirmed', pairs: decided });
      if (outcome.error !== undefined) failure = outcome.error;
      else {
        seqs.push(outcome.data.seq);
        done += part.length;
      }
    }
    setBusy(false);
    setError(failure);
    if (seqs.length > 0) toast(t('duplicates.decided.confirmed', { count: done }), seqs);
    if (failure === null) setAsking(false);
  };
  const alike = pairs?.filter(pair => pair.alike) ?? [];
  const differing = (pairs?.length ?? 0) - alike.length;
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconChecks size={15} aria-hidden />}
        onClick={() => void ask()}
      >
        {t('duplicates.bulk.open', { count })}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('duplicates.bulk.title', { count: pairs?.length ?? count })}
        closeButtonProps={{ 'aria-label': t('close') }}
        size="lg"
      >
        <div className={styles.dialog}>
          {error === null ? null : <ErrorState error={error} onRetry={() => void ask()} />}
          {pairs === null && error === null ? <LoadingBlock lines={6} /> : null}
          {pairs === null ? null : (
            <>
              <p>{t('duplicates.bulk.lead', { count: pairs.length })}</p>
              <ul>
                {(['kept', 'tests', 'reconciliation', 'visible', 'undo'] as const).map(line => (
                  <li key={line}>{t(`duplicates.bulk.${line}`)}</li>
                ))}
              </ul>
              {differing === 0 ? null : (
                <p className={styles.differing}>{t('duplicates.bulk.differing', { count: differing })}</p>
              )}
              <div className={styles.dialogActions}>
                <Button variant="default" onClick={() => setAsking(false)}>
                  {t('duplicates.bulk.cancel')}
                </Button>
                {differing === 0 || alike.length === 0 ? null : (
                  <Button loading={busy} onClick={() => void confirmAll(alike)} data-autofocus>
                    {t('duplicates.bulk.alike', { count: alike.length })}
                  </Button>
                )}
                <Button
                  loading={busy}
                  variant={differing === 0 ? 'filled' : 'default'}
                  onClick={() => void confirmAll(pairs)}
                >
                  {t(differing === 0 ? 'duplicates.bulk.action' : 'duplicates.bulk.all', { count: pairs.length })}
                </Button>
              </div>
            </>
          )}
        </div>
      </Modal>
    </>
  );
};
