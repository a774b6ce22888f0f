import { Button, Modal, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FINDING_STATES, FindingShape } from '../../../src-main/contract/findings.contract.ts';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { useKeys } from '../../app/keyboard.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import styles from './Findings.module.css';
import { StateTag } from './StateTag.tsx';

type FindingState = (typeof FINDING_STATES)[number];
/** States that need a reason in words. */
type Reasoned = 'explained' | 'dismissed';

interface DecisionsProps {
  readonly finding: FindingShape;
  readonly onDecided: () => void;
}

/** Explained, confirmed, dismissed, or open again. Every decision is an entry of the audit log; nothing is deleted. */
export const Decisions = ({ finding, onDecided }: DecisionsProps) => {
  const { t } = useTranslation();
  const mayDecide = usePermission('finding.decide');
  const [decide, { isLoading, error }] = useCommand('findings.decide');
  const [asking, setAsking] = useState<Reasoned | null>(null);
  const [reason, setReason] = useState('');
  const set = async (state: FindingState, why: string): Promise<void> => {
    const before = { state: finding.state, reason: finding.stateReason ?? '' };
    const { data } = await decide({ findingId: finding.id, state, reason: why });
    if (data === undefined) return;
    setAsking(null);
    notifications.show({
      id: finding.id,
      closeButtonProps: { 'aria-label': t('close') },
      title: t(`states.${state}`),
      message: (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            notifications.hide(finding.id);
            void decide({ findingId: finding.id, state: before.state, reason: before.reason });
          }}
        >
          {t('decisions.undo')}
        </Button>
      ),
      autoClose: 8000,
    });
    if (state !== 'open') onDecided();
  };
  const ask = (state: Reasoned): void => {
    setReason(finding.state === state ? (finding.stateReason ?? '') : '');
    setAsking(state);
  };
  useKeys(
    mayDecide ? { e: () => ask('explained'), d: () => ask('dismissed'), c: () => void set('confirmed', '') } : {},
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (asking !== null) void set(asking, reason);
  };
  return (
    <fieldset className={styles.decisions} aria-label={t('decisions.label')}>
      <StateTag state={finding.state} />
      {mayDecide ? (
        <>
          <Button
            size="compact-sm"
            variant="default"
            rightSection={<KeyHint keys="e" />}
            onClick={() => ask('explained')}
          >
            {t('decisions.explain')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            rightSection={<KeyHint keys="d" />}
            onClick={() => ask('dismissed')}
          >
            {t('decisions.dismiss')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            rightSection={<KeyHint keys="c" />}
            loading={isLoading && asking === null}
            onClick={() => void set('confirmed', '')}
          >
            {t('decisions.confirm')}
          </Button>
          {finding.state === 'open' ? null : (
            <Button size="compact-sm" variant="subtle" onClick={() => void set('open', '')}>
              {t('decisions.reopen')}
            </Button>
          )}
        </>
      ) : (
        <span className={styles.legend}>{t('decisions.readOnly')}</span>
      )}
      {finding.stateReason === null || finding.stateReason === '' ? null : (
        <span className={styles.decided}>{t('decisions.because', { reason: finding.stateReason })}</span>
      )}
      {error === undefined || asking !== null ? null : <ErrorState error={error} />}
      <Modal
        opened={asking !== null}
        onClose={() => setAsking(null)}
        title={t(`decisions.ask.${asking ?? 'explained'}`)}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <form onSubmit={submit} style={{ display: 'grid', gap: 12 }}>
          <Textarea
            label={t('decisions.reason')}
            description={t('decisions.reasonHint')}
            value={reason}
            onChange={event => setReason(event.currentTarget.value)}
            required
            minRows={3}
            autosize
            maxLength={2000}
            data-autofocus
          />
          {error === undefined ? null : <ErrorState error={error} />}
          <Button type="submit" loading={isLoading} disabled={reason.trim() === ''}>
            {t(`decisions.${asking === 'dismissed' ? 'dismiss' : 'explain'}`)}
          </Button>
        </form>
      </Modal>
    </fieldset>
  );
};
