import { Button, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RISK_LEVELS } from '../../../src-main/contract/risk.contract.ts';
import type { TypologyShape } from '../../../src-main/contract/typologies.contract.ts';
import { skipToken, useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { ConditionGroup } from './ConditionGroup.tsx';
import styles from './Typologies.module.css';
import {
  draftOf,
  idOfTitle,
  isComplete,
  NEW_WEIGHT,
  newGroup,
  newTest,
  type TypologyDraft,
  testsOf,
  typologyOf,
} from './typology-draft.ts';

interface TypologyEditorProps {
  readonly caseId: string;
  /** The version it starts from; null for a typology of its own. */
  readonly start: TypologyShape | null;
  readonly taken: readonly string[];
  /** With the id of what was saved; without one when it was given up. */
  readonly onClose: (id?: string) => void;
}

const emptyDraft = (): TypologyDraft => ({
  title: '',
  description: '',
  sources: '',
  level: 'party',
  weights: new Map(),
  when: { ...newGroup([newTest('')]), mode: 'all' },
});

/** A form for the next version of a typology, or for a new one, which says while it is written what it would hit. */
export const TypologyEditor = ({ caseId, start, taken, onClose }: TypologyEditorProps) => {
  const { t } = useTranslation();
  const tests = useChannel('tests.list', {});
  const [draft, setDraft] = useState(() => (start === null ? emptyDraft() : draftOf(start)));
  const [save, saving] = useCommand('typologies.save');
  const id = start?.id ?? idOfTitle(draft.title);
  const clash = start === null && taken.includes(id);
  const complete = isComplete(draft.when) && draft.title.trim() !== '' && draft.description.trim() !== '' && !clash;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!complete) return;
    const saved = await save({ caseId, typology: typologyOf(draft, id, (start?.version ?? 0) + 1) });
    if (saved.data !== undefined) onClose(saved.data.typology.id);
  };
  const change = (part: Partial<TypologyDraft>): void => setDraft({ ...draft, ...part });
  const list = tests.data?.tests ?? [];
  return (
    <section className={styles.detail} aria-label={t('typologies.editor')}>
      <form className={styles.form} onSubmit={event => void submit(event)}>
        <h2>{start === null ? t('typologies.new') : t('typologies.nextVersion', { title: start.title })}</h2>
        <div className={styles.pair}>
          <TextInput
            size="xs"
            required
            label={t('typologies.name')}
            value={draft.title}
            maxLength={200}
            error={clash ? t('typologies.clash') : undefined}
            onChange={event => change({ title: event.currentTarget.value })}
          />
          <NativeSelect
            size="xs"
            label={t('risk.level')}
            value={draft.level}
            onChange={event => change({ level: event.currentTarget.value as TypologyShape['level'] })}
            data={RISK_LEVELS.map(value => ({ value, label: t(`risk.levels.${value}`) }))}
          />
        </div>
        <Textarea
          size="xs"
          required
          autosize
          minRows={2}
          maxRows={6}
          label={t('typologies.what')}
          value={draft.description}
          maxLength={4000}
          onChange={event => change({ description: event.currentTarget.value })}
        />
        <h3>{t('typologies.condition')}</h3>
        <ConditionGroup group={draft.when} tests={list} depth={0} onChange={when => change({ when })} />
        <h3>{t('typologies.weights')}</h3>
        <div className={styles.weightInputs}>
          {testsOf(draft.when)
            .filter(test => test !== '')
            .map(test => (
              <NumberInput
                key={test}
                size="xs"
                label={list.find(each => each.id === test)?.title ?? test}
                min={0}
                max={1}
                step={0.05}
                decimalScale={2}
                value={draft.weights.get(test) ?? NEW_WEIGHT}
                onChange={value =>
                  change({ weights: new Map(draft.weights).set(test, typeof value === 'number' ? value : 0) })
                }
              />
            ))}
        </div>
        <Textarea
          size="xs"
          autosize
          minRows={1}
          maxRows={5}
          label={t('typologies.sourceLines')}
          value={draft.sources}
          onChange={event => change({ sources: event.currentTarget.value })}
        />
        {isComplete(draft.when) ? <LiveCount caseId={caseId} draft={draft} id={id} /> : null}
        {saving.error === undefined ? null : <ErrorState error={saving.error} />}
        <div className={styles.actions}>
          <Button type="submit" size="xs" loading={saving.isLoading} disabled={!complete}>
            {t(start === null ? 'typologies.save' : 'typologies.saveVersion')}
          </Button>
          <Button size="xs" variant="default" onClick={() => onClose()}>
            {t('typologies.cancel')}
          </Button>
        </div>
      </form>
    </section>
  );
};

/** What the draft says and how much it would hit, a moment after each change. */
const LiveCount = ({
  caseId,
  draft,
  id,
}: {
  readonly caseId: string;
  readonly draft: TypologyDraft;
  readonly id: string;
}) => {
  const { t } = useTranslation();
  const [settled] = useDebouncedValue(draft, 300);
  // A name and a description are asked for on saving; what it hits does not depend on them.
  const typology = useMemo(
    () => typologyOf({ ...settled, title: settled.title || '…', description: settled.description || '…' }, id, 1),
    [settled, id],
  );
  const tried = useChannel('typologies.try', isComplete(settled.when) ? { caseId, typology } : skipToken);
  if (tried.error !== undefined) return <ErrorState error={tried.error} />;
  if (tried.data === undefined) return null;
  const { problems, sentence, hits, rows } = tried.data;
  return (
    <div className={styles.live} role="status">
      <p className={styles.sentence}>{sentence}</p>
      {problems.length > 0 ? (
        <ul className={styles.problems}>
          {problems.map(problem => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      ) : hits === null ? (
        <p>{t('typologies.notExamined')}</p>
      ) : (
        <p>
          <strong>{t(`typologies.hits.${settled.level}`, { count: hits })}</strong>{' '}
          {t('typologies.inRows', { count: rows ?? 0 })}
        </p>
      )}
    </div>
  );
};
