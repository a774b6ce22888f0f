import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { useUndoToast } from '../../app/use-undo-toast.tsx';
import type { Pair } from './reconciliation-types.ts';

interface Judging {
  /** Decides a pair and offers to take that back; false where it was refused. */
  readonly judge: (verdict: 'confirm' | 'reject' | 'unmatch', pair: Pair) => Promise<boolean>;
  readonly isLoading: boolean;
  readonly error: NexusErrorData | undefined;
}

const ids = (rows: readonly { readonly id: number }[]): number[] => rows.map(({ id }) => id);

/** The decisions on one pair. */
export const useJudge = (caseId: string): Judging => {
  const { t } = useTranslation();
  const toast = useUndoToast(caseId, 'reconciliations.undo');
  const [confirm, confirming] = useCommand('reconciliations.confirm');
  const [reject, rejecting] = useCommand('reconciliations.reject');
  const [unmatch, unmatching] = useCommand('reconciliations.unmatch');
  const judge = useCallback<Judging['judge']>(
    async (verdict, pair) => {
      const rows = { a: ids(pair.a), b: ids(pair.b) };
      const { data } =
        verdict === 'unmatch'
          ? await unmatch({ caseId, ...rows })
          : await (verdict === 'confirm' ? confirm : reject)({ caseId, matches: [rows] });
      if (data === undefined) return false;
      toast(t(`reconciliation.decided.${verdict}`), [data.seq]);
      return true;
    },
    [caseId, confirm, reject, t, toast, unmatch],
  );
  return {
    judge,
    isLoading: confirming.isLoading || rejecting.isLoading || unmatching.isLoading,
    error: confirming.error ?? rejecting.error ?? unmatching.error,
  };
};
