import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { instantText } from '../../components/measure-text.ts';
import { Panel } from '../../components/Panel.tsx';
import { ReasonDialog } from '../../components/ReasonDialog.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import styles from './RetentionPanel.module.css';

type Retention = ChannelAnswer<'cases.retention'>;
type Step = 'hold' | 'releaseHold' | 'close' | 'reopen';

/** How long a case is kept, whether a legal hold forbids its deletion, and who decided so. */
export const RetentionPanel = ({ caseId }: { readonly caseId: string }) => {
  const { t } = useTranslation();
  const mayWrite = usePermission('case.write');
  const read = useChannel('cases.retention', { caseId });
  const [step, setStep] = useState<Step | null>(null);
  const steps = (retention: Retention): readonly Step[] => [
    retention.hold === null ? 'hold' : 'releaseHold',
    retention.closedAt === null ? 'close' : 'reopen',
  ];
  return (
    <Panel
      title={t('caseHold.title')}
      actions={
        mayWrite && read.data !== undefined ? (
          <div className={styles.actions}>
            {steps(read.data).map(name => (
              <Button key={name} size="xs" variant="default" onClick={() => setStep(name)}>
                {t(`caseHold.${name}.open`)}
              </Button>
            ))}
          </div>
        ) : null
      }
    >
      <ChannelView of={read} lines={2}>
        {retention => <Standing retention={retention} />}
      </ChannelView>
      {step === null ? null : <StepDialog caseId={caseId} step={step} onClose={() => setStep(null)} />}
    </Panel>
  );
};

const Standing = ({ retention }: { readonly retention: Retention }) => {
  const { t } = useTranslation();
  const { hold, closedAt, retainUntil, retentionYears: count, history } = retention;
  return (
    <div className={styles.standing}>
      {hold === null ? (
        <StatusTag tone="unknown">{t('caseHold.notHeld')}</StatusTag>
      ) : (
        <p>
          <StatusTag tone="warn">{t('caseHold.held', { at: instantText(hold.since) })}</StatusTag>{' '}
          {t('caseHold.heldBy', { actor: hold.actor, reason: hold.reason })}
          {' · '}
          {t('caseHold.heldMeans')}
        </p>
      )}
      <p>
        {closedAt === null || retainUntil === null
          ? t('caseHold.open', { count })
          : t('caseHold.until', { at: instantText(closedAt), until: retainUntil.slice(0, 10), count })}
      </p>
      {history.length === 0 ? null : (
        <ul className={styles.history} aria-label={t('caseHold.history')}>
          {history.map(({ kind, at, actor, reason }) => (
            <li key={`${kind} ${at}`}>
              <time dateTime={at} className="nx-number">
                {instantText(at)}
              </time>{' '}
              {t(`caseHold.kinds.${kind}`)} <span className={styles.quiet}>{actor}</span> {reason}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};

interface StepDialogProps {
  readonly caseId: string;
  readonly step: Step;
  readonly onClose: () => void;
}

const StepDialog = ({ caseId, step, onClose }: StepDialogProps) => {
  const { t } = useTranslation();
  const [run, { isLoading, error }] = useCommand(`cases.${step}`);
  const send = async (reason: string): Promise<void> => {
    const { data } = await run({ caseId, reason });
    if (data !== undefined) onClose();
  };
  return (
    <ReasonDialog
      title={t(`caseHold.${step}.title`)}
      lead={t(`caseHold.${step}.lead`)}
      label={t('caseHold.reason')}
      hint={t('caseHold.reasonHint')}
      act={t(`caseHold.${step}.open`)}
      longest={500}
      busy={isLoading}
      error={error}
      onSend={reason => void send(reason)}
      onClose={onClose}
    />
  );
};
