import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { useKeys } from '../../app/keyboard.ts';
import { usePermission } from '../../app/use-permission.ts';
import { KeyHint } from '../../components/KeyHint.tsx';
import styles from './Findings.module.css';
import type { Finding, FindingState, TriageAction } from './finding-types.ts';
import { SEVERITY_KEYS } from './finding-types.ts';
import { type Answer, type Asked, StepDialog } from './StepDialog.tsx';
import type { FindingQueue } from './use-finding-queue.ts';
import { showRefusal, useStepUndo } from './use-triage.tsx';

interface TriageActionsProps {
  readonly caseId: string;
  readonly finding: Finding;
  /** Number of the last event that the evidence shows: a decision says what it was taken on. */
  readonly seen: number;
  readonly names: readonly string[];
  readonly queue: FindingQueue;
  readonly onTryExplanations: () => void;
}

/** One finding, one key: what a person can do with the finding that is shown. Every step is an event; nothing is deleted. */
export const TriageActions = ({ caseId, finding, seen, names, queue, onTryExplanations }: TriageActionsProps) => {
  const { t } = useTranslation();
  const mayDecide = usePermission('finding.decide');
  const mayApprove = usePermission('finding.approve');
  const [triage, triaging] = useCommand('findings.triage');
  const [review, reviewing] = useCommand('findings.review');
  const { taken, undoLast } = useStepUndo(caseId);
  const [asked, setAsked] = useState<Asked | null>(null);
  const target = { facts: [finding.fact] };
  const busy = triaging.isLoading || reviewing.isLoading;
  const isDecided = finding.state !== 'open';

  const act = async (action: TriageAction, title: string, leaves = false): Promise<void> => {
    if (busy) return;
    // A new severity may move it in the list: it stays the one that is shown.
    if (!leaves) queue.choose(finding.id);
    const { data, error } = await triage({ caseId, target, action, seen });
    if (error !== undefined) {
      if (asked === null) showRefusal(error, t('close'));
      return;
    }
    // A dialog that was opened meanwhile stays.
    if (asked !== null) setAsked(null);
    taken({ seq: data.seq, title, onUndone: () => queue.choose(finding.id) });
    if (leaves) queue.passOn();
  };
  const decide = (state: FindingState, reason: string): Promise<void> =>
    act({ kind: 'state', state, reason }, t(`states.${state}`), state !== 'open');
  const judge = async (verdict: 'approved' | 'returned', reason: string): Promise<void> => {
    if (busy) return;
    const { data, error } = await review({ caseId, target, verdict, reason, seen });
    if (error !== undefined) {
      if (asked === null) showRefusal(error, t('close'));
      return;
    }
    if (asked !== null) setAsked(null);
    taken({ seq: data.seq, title: t(`approval.${verdict}`), onUndone: () => queue.choose(finding.id) });
    queue.passOn();
  };
  const answer = ({ state, text, name, outcome }: Answer): void => {
    switch (asked?.kind) {
      case 'clear':
        void decide(state, text);
        break;
      case 'severity':
        void act(
          { kind: 'severity', severity: asked.severity, reason: text },
          t('triage.severitySet', { severity: t(`severity.${asked.severity}`) }),
        );
        break;
      case 'comment':
        void act({ kind: 'comment', text }, t('triage.commented'));
        break;
      case 'assign':
        void act(
          { kind: 'assign', assignee: name === '' ? null : name },
          name === '' ? t('triage.unassigned') : t('triage.assigned', { name }),
        );
        break;
      case 'explanation':
        void act({ kind: 'explanation', explanation: name, outcome, text }, t('explanations.kept'));
        break;
      case 'return':
        void judge('returned', text);
        break;
      case undefined:
        break;
    }
  };
  const flag = (): Promise<void> =>
    act({ kind: 'flag', flagged: !finding.flagged }, t(finding.flagged ? 'triage.unflagged' : 'triage.flagged'));
  const setSeverity = (severity: (typeof SEVERITY_KEYS)[number][1]): void => {
    if (severity === finding.severity) return;
    // Back to the test's own needs no reason.
    if (severity === finding.testSeverity)
      void act({ kind: 'severity', severity: null }, t('triage.severitySet', { severity: t(`severity.${severity}`) }));
    else setAsked({ kind: 'severity', severity });
  };
  // A key that is held down acts once.
  const once = (action: () => void) => (event: KeyboardEvent) => (event.repeat ? undefined : action());
  useKeys({
    ...(mayDecide
      ? {
          e: once(() => setAsked({ kind: 'clear', state: 'explained' })),
          d: once(() => setAsked({ kind: 'clear', state: 'dismissed' })),
          y: once(() => void decide('confirmed', '')),
          c: once(() => setAsked({ kind: 'comment' })),
          f: once(() => void flag()),
          a: once(() => setAsked({ kind: 'assign' })),
          x: once(onTryExplanations),
          h: once(() => setAsked({ kind: 'explanation' })),
          ...(isDecided ? { o: once(() => void decide('open', '')) } : {}),
          ...Object.fromEntries(SEVERITY_KEYS.map(([key, severity]) => [key, once(() => setSeverity(severity))])),
          ...(asked === null ? { 'mod+z': once(() => void undoLast()) } : {}),
        }
      : {}),
    ...(mayApprove && isDecided
      ? { p: once(() => void judge('approved', '')), r: once(() => setAsked({ kind: 'return' })) }
      : {}),
  });
  if (!mayDecide) return <p className={styles.legend}>{t('decisions.readOnly')}</p>;
  return (
    <div className={styles.actions}>
      <div className={styles.actionBar}>
        <fieldset className={styles.actionRow} aria-label={t('decisions.label')}>
          <Action
            label={t('decisions.explain')}
            keys="e"
            onClick={() => setAsked({ kind: 'clear', state: 'explained' })}
          />
          <Action
            label={t('decisions.dismiss')}
            keys="d"
            onClick={() => setAsked({ kind: 'clear', state: 'dismissed' })}
          />
          <Action label={t('decisions.confirm')} keys="y" onClick={() => void decide('confirmed', '')} />
          {isDecided ? <Action label={t('decisions.reopen')} keys="o" onClick={() => void decide('open', '')} /> : null}
          {mayApprove && isDecided ? (
            <>
              <Action label={t('approval.approve')} keys="p" onClick={() => void judge('approved', '')} />
              <Action label={t('approval.return')} keys="r" onClick={() => setAsked({ kind: 'return' })} />
            </>
          ) : null}
        </fieldset>
        <fieldset className={styles.severityKeys} aria-label={t('triage.severityKeys')}>
          <span className={styles.legend}>{t('findings.severity')}</span>
          {SEVERITY_KEYS.map(([key, severity]) => (
            <Button
              key={key}
              size="compact-xs"
              variant={finding.severity === severity ? 'light' : 'subtle'}
              aria-pressed={finding.severity === severity}
              aria-label={t('triage.severityTo', { severity: t(`severity.${severity}`) })}
              title={t(`severity.${severity}`)}
              onClick={() => setSeverity(severity)}
            >
              <KeyHint keys={key} />
            </Button>
          ))}
        </fieldset>
      </div>
      <fieldset className={styles.actionRow} aria-label={t('triage.marks')}>
        <Action
          label={t(finding.flagged ? 'triage.unflag' : 'triage.flag')}
          keys="f"
          quiet
          onClick={() => void flag()}
        />
        <Action label={t('triage.comment')} keys="c" quiet onClick={() => setAsked({ kind: 'comment' })} />
        <Action label={t('triage.assign')} keys="a" quiet onClick={() => setAsked({ kind: 'assign' })} />
        <Action label={t('explanations.short')} keys="x" quiet onClick={onTryExplanations} />
        <Action label={t('explanations.byHandAdd')} keys="h" quiet onClick={() => setAsked({ kind: 'explanation' })} />
      </fieldset>
      {asked === null ? null : (
        <StepDialog
          asked={asked}
          count={1}
          names={names}
          busy={busy}
          error={triaging.error ?? reviewing.error}
          onCancel={() => {
            triaging.reset();
            reviewing.reset();
            setAsked(null);
          }}
          onAnswer={answer}
        />
      )}
    </div>
  );
};

interface ActionProps {
  readonly label: string;
  readonly keys: string;
  readonly quiet?: boolean;
  readonly onClick: () => void;
}
const Action = ({ label, keys, quiet = false, onClick }: ActionProps) => (
  <Button
    size="compact-sm"
    variant={quiet ? 'subtle' : 'default'}
    rightSection={<KeyHint keys={keys} />}
    onClick={onClick}
  >
    {label}
  </Button>
);
