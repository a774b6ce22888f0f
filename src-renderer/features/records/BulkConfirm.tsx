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
import styles from './Duplicates.module.css';
import { openOverlaps } from './open-overlaps.ts';

/** Pairs one decision takes at most (duplicates.contract.ts). */
const PAIRS_PER_DECISION = 10_000;

interface BulkConfirmProps {
  readonly caseId: string;
  /** Open pairs of overlapping files: what the screen shows now. */
  readonly count: number;
}

/** Confirms every open pair of overlapping files at once, after saying exactly what that does. */
export const BulkConfirm = ({ caseId, count }: BulkConfirmProps) => {
  const { t } = useTranslation();
  const mayDecide = usePermission('finding.decide');
  const bridge = useBridge();
  const [decide] = useCommand('duplicates.decide');
  const toast = useUndoToast(caseId);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<NexusErrorData | null>(null);
  if (!mayDecide) return null;
  const confirmAll = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    const seqs: number[] = [];
    const read = await openOverlaps(bridge, caseId);
    let failure = read.error ?? null;
    for (let at = 0; failure === null && at < read.pairs.length; at += PAIRS_PER_DECISION) {
      const pairs = read.pairs.slice(at, at + PAIRS_PER_DECISION);
      const outcome = await decide({ caseId, state: 'confirmed', pairs });
      if (outcome.error !== undefined) failure = outcome.error;
      else seqs.push(outcome.data.seq);
    }
    setBusy(false);
    setError(failure);
    if (seqs.length > 0) toast(t('duplicates.decided.confirmed', { count: read.pairs.length }), seqs);
    if (failure === null) setAsking(false);
  };
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconChecks size={15} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {t('duplicates.bulk.open', { count })}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('duplicates.bulk.title', { count })}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <div className={styles.dialog}>
          <p>{t('duplicates.bulk.lead', { count })}</p>
          <ul>
            {(['kept', 'tests', 'reconciliation', 'visible', 'undo'] as const).map(line => (
              <li key={line}>{t(`duplicates.bulk.${line}`)}</li>
            ))}
          </ul>
          {error === null ? null : <ErrorState error={error} />}
          <div className={styles.dialogActions}>
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('duplicates.bulk.cancel')}
            </Button>
            <Button loading={busy} onClick={() => void confirmAll()} data-autofocus>
              {t('duplicates.bulk.action', { count })}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
};
