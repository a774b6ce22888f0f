import { Button, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { skipToken, useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import styles from './History.module.css';
import type { RecipeStatus } from './history-jump.ts';

/** What is to be taken back: one step, or all that stand after the step gone back to. */
export type UndoPlan =
  | { readonly kind: 'undo'; readonly steps: readonly RecipeStatus[] }
  | { readonly kind: 'jump'; readonly to: RecipeStatus; readonly steps: readonly RecipeStatus[] };

interface UndoWarningProps {
  readonly caseId: string;
  /** Null: closed. */
  readonly plan: UndoPlan | null;
  readonly onClose: () => void;
}

/** Names what an undo takes back and which other steps it would leave without effect, before it is done. */
export const UndoWarning = ({ caseId, plan, onClose }: UndoWarningProps) => {
  const { t } = useTranslation();
  const seqs = plan?.steps.map(({ seq }) => seq) ?? [];
  const preview = useChannel('recipes.previewUndo', plan === null ? skipToken : { caseId, seqs });
  const [undo, { isLoading, error, reset }] = useCommand('recipes.undo');
  const close = (): void => {
    reset();
    onClose();
  };
  const takeBack = async (): Promise<void> => {
    const { data } = await undo({ caseId, seqs });
    if (data === undefined) return;
    notifications.show({
      closeButtonProps: { 'aria-label': t('close') },
      title: t('history.undone', { count: seqs.length }),
      message: t('history.undoneNote'),
      autoClose: 6000,
    });
    close();
  };
  const title =
    plan === null
      ? ''
      : plan.kind === 'jump'
        ? t('history.jumpTitle', { seq: plan.to.seq })
        : t('history.undoTitle', { seq: plan.steps[0]?.seq ?? 0 });
  return (
    <Modal
      opened={plan !== null}
      onClose={close}
      title={title}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {plan === null ? null : (
        <div className={styles.warning}>
          <p>{t('history.takesBack', { count: plan.steps.length })}</p>
          <ol className={styles.named}>
            {plan.steps.map(({ seq, title: step }) => (
              <li key={seq} value={seq}>
                {step}
              </li>
            ))}
          </ol>
          <ChannelView of={{ ...preview, data: preview.currentData }} lines={2}>
            {({ superseded }) =>
              superseded.length === 0 ? (
                <p className={styles.note}>{t('history.supersedesNothing')}</p>
              ) : (
                <div className={styles.superseded} role="alert">
                  <p>{t('history.supersedes', { count: superseded.length })}</p>
                  <ol className={styles.named}>
                    {superseded.map(step => (
                      <li key={step.seq} value={step.seq}>
                        {step.title}
                      </li>
                    ))}
                  </ol>
                </div>
              )
            }
          </ChannelView>
          <p className={styles.note}>{t('history.keeps')}</p>
          {error === undefined ? null : <ErrorState error={error} />}
          <div className={styles.buttons}>
            <Button
              loading={isLoading}
              disabled={preview.currentData === undefined}
              onClick={() => void takeBack()}
              data-autofocus
            >
              {t('history.undoAction', { count: plan.steps.length })}
            </Button>
            <Button variant="default" onClick={close}>
              {t('history.cancel')}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
};
