import { Button, Modal, Pagination } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { skipToken, useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { instantText } from '../../components/measure-text.ts';
import { Panel } from '../../components/Panel.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import styles from './Reconciliation.module.css';
import type { DecisionStep } from './reconciliation-types.ts';

const PAGE_STEPS = 100;

/** Every decision on the reconciliation, newest first. Undoing one is a step of its own; nothing is deleted. */
export const DecisionHistory = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const mayDecide = usePermission('finding.decide');
  const [page, setPage] = useState(1);
  const [chosen, setChosen] = useState<DecisionStep | null>(null);
  const [redo, redoing] = useCommand('reconciliations.redo');
  const list = useChannel('reconciliations.history', { caseId, offset: (page - 1) * PAGE_STEPS, limit: PAGE_STEPS });
  return (
    <ChannelView of={list} lines={8}>
      {({ total, steps }) =>
        total === 0 ? (
          <EmptyState kind="no-data" title={t('reconciliation.history.none')}>
            {t('reconciliation.history.noneText')}
          </EmptyState>
        ) : (
          <Panel title={t('reconciliation.history.title')} flush>
            {redoing.error === undefined ? null : <ErrorState error={redoing.error} />}
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
                      {step.reason === '' ? null : <span className={styles.small}>{step.reason}</span>}
                    </div>
                  ),
                },
                {
                  key: 'by',
                  head: t('history.who'),
                  nowrap: true,
                  cell: ({ actor, at }) => t('history.by', { actor, at: instantText(at) }),
                },
                {
                  key: 'state',
                  head: t('history.state'),
                  nowrap: true,
                  cell: ({ standing, undoneBy }) => (
                    <StatusTag tone={standing ? 'good' : 'unknown'}>
                      {standing ? t('history.states.standing') : t('history.states.undoneBy', { seq: undoneBy ?? 0 })}
                    </StatusTag>
                  ),
                },
                ...(mayDecide
                  ? [
                      {
                        key: 'actions',
                        head: t('history.actions'),
                        nowrap: true,
                        cell: (step: DecisionStep) =>
                          step.standing ? (
                            <Button
                              size="compact-xs"
                              variant="default"
                              leftSection={<IconArrowBackUp size={13} aria-hidden />}
                              aria-label={t('history.undoOf', { title: step.title })}
                              onClick={() => setChosen(step)}
                            >
                              {t('history.undo')}
                            </Button>
                          ) : (
                            <Button
                              size="compact-xs"
                              variant="default"
                              leftSection={<IconArrowForwardUp size={13} aria-hidden />}
                              aria-label={t('history.redoOf', { title: step.title })}
                              loading={redoing.isLoading}
                              onClick={() => void redo({ caseId, seqs: [step.seq] })}
                            >
                              {t('history.redo')}
                            </Button>
                          ),
                      },
                    ]
                  : []),
              ]}
            />
            {total > PAGE_STEPS ? (
              <Pagination
                p="sm"
                size="sm"
                value={page}
                onChange={setPage}
                total={Math.ceil(total / PAGE_STEPS)}
                getControlProps={control => ({ 'aria-label': t(`pages.${control}`) })}
                getItemProps={number => ({ 'aria-label': t('pages.page', { number }) })}
              />
            ) : null}
            <UndoDialog caseId={caseId} step={chosen} onClose={() => setChosen(null)} />
          </Panel>
        )
      }
    </ChannelView>
  );
};

interface UndoDialogProps {
  readonly caseId: string;
  /** Null: closed. */
  readonly step: DecisionStep | null;
  readonly onClose: () => void;
}

/** Names the later steps that rest on the one to be undone: they are taken back together with it, or nothing is. */
const UndoDialog = ({ caseId, step, onClose }: UndoDialogProps) => {
  const { t } = useTranslation();
  const preview = useChannel('reconciliations.previewUndo', step === null ? skipToken : { caseId, seqs: [step.seq] });
  const [undo, { isLoading, error, reset }] = useCommand('reconciliations.undo');
  const close = (): void => {
    reset();
    onClose();
  };
  const resting = preview.currentData?.resting ?? [];
  const takeBack = async (): Promise<void> => {
    if (step === null) return;
    const { data } = await undo({ caseId, seqs: [step.seq, ...resting.map(({ seq }) => seq)] });
    if (data !== undefined) close();
  };
  return (
    <Modal
      opened={step !== null}
      onClose={close}
      title={t('history.undoTitle', { seq: step?.seq ?? 0 })}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={styles.dialog}>
        <p>{step?.title}</p>
        <ChannelView of={{ ...preview, data: preview.currentData }} lines={2}>
          {data =>
            data.resting.length === 0 ? (
              <p className={styles.small}>{t('history.supersedesNothing')}</p>
            ) : (
              <div className={styles.resting} role="alert">
                <p>{t('reconciliation.history.resting', { count: data.resting.length })}</p>
                <ol>
                  {data.resting.map(({ seq, title }) => (
                    <li key={seq} value={seq}>
                      {title}
                    </li>
                  ))}
                </ol>
              </div>
            )
          }
        </ChannelView>
        <p className={styles.small}>{t('history.keeps')}</p>
        {error === undefined ? null : <ErrorState error={error} />}
        <div className={styles.dialogActions}>
          <Button variant="default" onClick={close}>
            {t('history.cancel')}
          </Button>
          <Button
            loading={isLoading}
            disabled={preview.currentData === undefined}
            onClick={() => void takeBack()}
            data-autofocus
          >
            {t('history.undoAction', { count: 1 + resting.length })}
          </Button>
        </div>
      </div>
    </Modal>
  );
};
