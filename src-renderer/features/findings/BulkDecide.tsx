import { Button } from '@mantine/core';
import { IconChecks } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FindingFilter } from '../../../src-main/contract/findings.contract.ts';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { usePermission } from '../../app/use-permission.ts';
import { StepDialog } from './StepDialog.tsx';
import { useStepUndo } from './use-triage.tsx';

interface BulkDecideProps {
  readonly caseId: string;
  readonly filter: FindingFilter;
  /** How many the filter holds, as the screen shows it. */
  readonly count: number;
  readonly names: readonly string[];
  readonly seen: number;
}

/** Explains or dismisses all that the filter holds, with one reason and as one step that is undone as one. */
export const BulkDecide = ({ caseId, filter, count, names, seen }: BulkDecideProps) => {
  const { t } = useTranslation();
  const mayDecide = usePermission('finding.decide');
  const [triage, state] = useCommand('findings.triage');
  const { taken } = useStepUndo(caseId);
  const [asking, setAsking] = useState(false);
  if (!mayDecide || count === 0) return null;
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconChecks size={15} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {t('bulkTriage.open', { count })}
      </Button>
      {asking ? (
        <StepDialog
          asked={{ kind: 'clear', state: 'dismissed' }}
          count={count}
          names={names}
          busy={state.isLoading}
          error={state.error}
          onCancel={() => {
            state.reset();
            setAsking(false);
          }}
          onAnswer={({ state: decided, text }) =>
            void triage({
              caseId,
              target: { filter, count },
              action: { kind: 'state', state: decided, reason: text },
              seen,
            }).then(({ data }) => {
              if (data === undefined) return;
              setAsking(false);
              taken({
                seq: data.seq,
                title: t('bulkTriage.done', { count: data.count, state: t(`states.${decided}`) }),
                onUndone: () => {},
              });
            })
          }
        />
      ) : null}
    </>
  );
};
