import { Button } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { instantText } from '../../components/measure-text.ts';
import { StatusTag } from '../../components/StatusTag.tsx';
import styles from './History.module.css';
import { type RecipeStatus, standingAfter } from './history-jump.ts';
import { RecipeFiles } from './RecipeFiles.tsx';
import { StepRows } from './StepRows.tsx';
import { type UndoPlan, UndoWarning } from './UndoWarning.tsx';

/** Every step people took on the case, newest first. Undoing one is a step of its own; nothing is deleted. */
export const HistoryTab = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const list = useChannel('recipes.list', { caseId });
  const [error, setError] = useState<NexusErrorData | null>(null);
  return (
    <div className={styles.stack}>
      <RecipeFiles caseId={caseId} hasSteps={(list.data?.steps.length ?? 0) > 0} onError={setError} />
      {error === null ? null : <ErrorState error={error} />}
      <ChannelView of={list} lines={6}>
        {({ steps }) =>
          steps.length === 0 ? (
            <EmptyState kind="no-data" title={t('history.none.title')}>
              {t('history.none.text')}
            </EmptyState>
          ) : (
            <Steps caseId={caseId} steps={steps} onError={setError} />
          )
        }
      </ChannelView>
    </div>
  );
};

interface StepsProps {
  readonly caseId: string;
  readonly steps: readonly RecipeStatus[];
  readonly onError: (error: NexusErrorData | null) => void;
}
const Steps = ({ caseId, steps, onError }: StepsProps) => {
  const { t } = useTranslation();
  const mayWrite = usePermission('case.write');
  const [redo, redoing] = useCommand('recipes.redo');
  const [plan, setPlan] = useState<UndoPlan | null>(null);
  const repeat = async (step: RecipeStatus): Promise<void> => {
    const { error } = await redo({ caseId, seqs: [step.seq] });
    onError(error ?? null);
  };
  return (
    <>
      <FactTable
        caption={t('history.caption')}
        rows={steps}
        rowKey={({ seq }) => String(seq)}
        columns={[
          { key: 'seq', head: t('history.step'), numeric: true, cell: ({ seq }) => t('count', { count: seq }) },
          {
            key: 'title',
            head: t('history.what'),
            cell: step => (
              <div className={styles.step} data-standing={step.standing}>
                <span>{step.title}</span>
                <StepRows caseId={caseId} step={step} />
              </div>
            ),
          },
          {
            key: 'by',
            head: t('history.who'),
            cell: ({ actor, at }) => (
              <span className={styles.by}>{t('history.by', { actor, at: instantText(at) })}</span>
            ),
          },
          { key: 'state', head: t('history.state'), cell: step => <StepState step={step} /> },
          ...(mayWrite
            ? [
                {
                  key: 'actions',
                  head: t('history.actions'),
                  nowrap: true,
                  cell: (step: RecipeStatus) => (
                    <span className={styles.buttons}>
                      {step.standing ? (
                        <Button
                          size="compact-xs"
                          variant="default"
                          leftSection={<IconArrowBackUp size={13} />}
                          aria-label={t('history.undoOf', { title: step.title })}
                          onClick={() => setPlan({ kind: 'undo', steps: [step] })}
                        >
                          {t('history.undo')}
                        </Button>
                      ) : (
                        <Button
                          size="compact-xs"
                          variant="default"
                          leftSection={<IconArrowForwardUp size={13} />}
                          aria-label={t('history.redoOf', { title: step.title })}
                          loading={redoing.isLoading}
                          onClick={() => void repeat(step)}
                        >
                          {t('history.redo')}
                        </Button>
                      )}
                      {standingAfter(steps, step.seq).length === 0 ? null : (
                        <Button
                          size="compact-xs"
                          variant="subtle"
                          leftSection={<IconHistory size={13} />}
                          aria-label={t('history.jumpOf', { title: step.title })}
                          onClick={() => setPlan({ kind: 'jump', to: step, steps: standingAfter(steps, step.seq) })}
                        >
                          {t('history.jump')}
                        </Button>
                      )}
                    </span>
                  ),
                },
              ]
            : []),
        ]}
      />
      <UndoWarning caseId={caseId} plan={plan} onClose={() => setPlan(null)} />
    </>
  );
};

const StepState = ({ step }: { readonly step: RecipeStatus }) => {
  const { t } = useTranslation();
  if (!step.standing)
    return (
      <StatusTag tone="unknown">
        {step.undoneBy === null ? t('history.states.undone') : t('history.states.undoneBy', { seq: step.undoneBy })}
      </StatusTag>
    );
  if (step.withoutEffect) return <StatusTag tone="warn">{t('history.states.withoutEffect')}</StatusTag>;
  return <StatusTag tone="good">{t('history.states.standing')}</StatusTag>;
};
