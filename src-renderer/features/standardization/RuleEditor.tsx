import { Button, Switch, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAlertTriangle, IconArrowLeft } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { RuleShape } from '../../../src-main/contract/rules.contract.ts';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { useUndoToast } from '../../app/use-undo-toast.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { RuleActions } from './RuleActions.tsx';
import styles from './RuleEditor.module.css';
import { RuleTree } from './RuleTree.tsx';
import { RuleTrial } from './RuleTrial.tsx';
import { RuleVersions } from './RuleVersions.tsx';
import { draftOfRule, type RuleDraft, trialOf } from './rule-draft.ts';

/** Long enough to type a word, short enough to feel live. */
const SETTLED_MS = 350;

interface RuleEditorProps {
  readonly caseId: string;
  readonly initial: RuleDraft;
  /** The rule as it is stored; null for a new one. */
  readonly stored: RuleShape | null;
}

/** A rule being written: conditions, actions, what is wrong with it, and beside it what it would do. */
export const RuleEditor = ({ caseId, initial, stored }: RuleEditorProps) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayWrite = usePermission('case.write');
  const [draft, setDraft] = useState(initial);
  // A stored version put in place of what was edited: the tree starts anew with it.
  const [generation, setGeneration] = useState(0);
  const [save, saving] = useCommand('rules.save');
  const notice = useUndoToast(caseId);
  const [settled] = useDebouncedValue(draft, SETTLED_MS);
  const check = useChannel('rules.check', { rule: settled });
  const problems = check.data?.problems ?? [];
  const general = problems.filter(({ path }) => path.length === 0);
  const isChecked = settled === draft && check.currentData !== undefined;
  const trial = check.currentData === undefined ? null : trialOf(settled, check.currentData.problems);
  const list = paths.standardization({ tab: 'rules' });
  const change = (part: Partial<RuleDraft>): void => setDraft(before => ({ ...before, ...part }));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { data } = await save({ caseId, rule: draft });
    if (data === undefined) return;
    notice(t('rules.saved', { name: data.rule.name, version: data.rule.version }), [data.seq]);
    await navigate(list);
  };
  return (
    <form className={styles.editor} onSubmit={event => void submit(event)}>
      <header className={styles.head}>
        <Link to={list} className={styles.back}>
          <IconArrowLeft size={15} aria-hidden />
          {t('rules.all')}
        </Link>
        <h3>
          {stored === null ? t('rules.create') : t('rules.editing', { name: stored.name, version: stored.version })}
        </h3>
        {mayWrite ? (
          <Button
            type="submit"
            size="compact-sm"
            loading={saving.isLoading}
            disabled={!isChecked || problems.length > 0}
          >
            {t(stored === null ? 'rules.save' : 'rules.saveVersion')}
          </Button>
        ) : (
          <span className={styles.hint}>{t('rules.readOnly')}</span>
        )}
      </header>
      {saving.error === undefined ? null : <ErrorState error={saving.error} />}
      <div className={styles.columns}>
        <fieldset className={styles.form} disabled={!mayWrite}>
          <div className={styles.name}>
            <TextInput
              size="xs"
              label={t('rules.name')}
              value={draft.name}
              maxLength={200}
              onChange={event => change({ name: event.currentTarget.value })}
            />
            <Switch
              size="xs"
              label={t('rules.on')}
              checked={draft.enabled ?? true}
              onChange={event => change({ enabled: event.currentTarget.checked })}
            />
          </div>
          <section>
            <h4>{t('rules.when')}</h4>
            <RuleTree
              key={generation}
              caseId={caseId}
              initial={draft.when}
              problems={problems}
              disabled={!mayWrite}
              onChange={when => change({ when })}
            />
          </section>
          <section>
            <h4>{t('rules.then')}</h4>
            <RuleActions caseId={caseId} actions={draft.actions} onChange={actions => change({ actions })} />
          </section>
          {general.length === 0 ? null : (
            <ul className={styles.problems} aria-label={t('rules.problems')}>
              {general.map(({ message }) => (
                <li key={message}>
                  <IconAlertTriangle size={14} aria-hidden />
                  {message}
                </li>
              ))}
            </ul>
          )}
          {check.error === undefined ? null : <ErrorState error={check.error} />}
          <p className={styles.sentence} aria-live="polite">
            {check.data?.sentence ?? t('rules.noSentence')}
          </p>
        </fieldset>
        <div className={styles.side}>
          <RuleTrial
            caseId={caseId}
            trial={trial}
            hasActions={settled.actions.some(({ value }) => value.trim() !== '')}
          />
          {stored === null ? null : (
            <RuleVersions
              caseId={caseId}
              ruleId={stored.id}
              current={stored.version}
              onLoad={rule => {
                setDraft({ ...draftOfRule(rule), order: stored.order });
                setGeneration(before => before + 1);
              }}
            />
          )}
        </div>
      </div>
    </form>
  );
};
