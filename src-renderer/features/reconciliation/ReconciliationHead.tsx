import { Button } from '@mantine/core';
import { IconArrowsExchange, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DEFAULT_SIDES } from '../../../src-main/contract/reconciliation-sides.ts';
import { useChannel } from '../../app/engine/channel-hooks.ts';
import { useCancelJob, useJob } from '../../app/engine/job-hooks.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProgressState } from '../../components/ProgressState.tsx';
import { MatchingSettings } from './MatchingSettings.tsx';
import type { Shown, SideChoice, SideName } from './reconciliation-types.ts';
import { SideEditor } from './SideEditor.tsx';
import styles from './Sides.module.css';
import { sideWords } from './side-words.ts';

interface ReconciliationHeadProps {
  readonly caseId: string;
  /** Null: nothing was run yet. */
  readonly shown: Shown | null;
}

/** The head of the screen: what is reconciled with what, and the run of the matching. A changed choice takes effect when it is run. */
export const ReconciliationHead = ({ caseId, shown }: ReconciliationHeadProps) => {
  const { t } = useTranslation();
  const mayRun = usePermission('detection.run');
  const options = useChannel('reconciliations.options', { caseId });
  const run = useJob('reconciliations.run');
  const cancel = useCancelJob();
  const [draft, setDraft] = useState<Shown['sides'] | null>(null);
  const [settings, setSettings] = useState<Readonly<Record<string, string>> | null>(null);
  const [editing, setEditing] = useState<SideName | null>(null);
  const sources = options.data?.sources ?? [];
  const sides = draft ?? shown?.sides ?? DEFAULT_SIDES;
  const parameters = settings ?? parametersOf(shown);
  const isChanged =
    (draft !== null && JSON.stringify(draft) !== JSON.stringify(shown?.sides)) ||
    (settings !== null && JSON.stringify(settings) !== JSON.stringify(parametersOf(shown)));
  const choose = (side: SideName, choice: SideChoice): void => {
    setDraft({ ...sides, [side]: choice });
    setEditing(null);
  };
  const start = async (): Promise<void> => {
    const outcome = await run.start({ caseId, a: sides.a, b: sides.b, parameters });
    if (outcome.state !== 'done') return;
    setDraft(null);
    setSettings(null);
  };
  return (
    <>
      <PageHeader
        title={t('reconciliation.title')}
        description={t('reconciliation.description')}
        actions={
          <section className={styles.bar} aria-label={t('reconciliation.sides.label')}>
            {(['a', 'b'] as const).map(side => (
              <div key={side} className={styles.side} data-side={side}>
                <span className={styles.choice}>
                  <span className={styles.name}>{t(`reconciliation.sides.${side}`)}</span>
                  <span className={styles.words} title={sideWords(t, sides[side], sources)}>
                    {sideWords(t, sides[side], sources)}
                  </span>
                </span>
                {mayRun ? (
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={t('reconciliation.sides.changeOf', { side: side.toUpperCase() })}
                    onClick={() => setEditing(side)}
                  >
                    {t('reconciliation.sides.change')}
                  </Button>
                ) : null}
              </div>
            ))}
            {mayRun ? (
              <>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  leftSection={<IconArrowsExchange size={15} aria-hidden />}
                  onClick={() => setDraft({ a: sides.b, b: sides.a })}
                >
                  {t('reconciliation.sides.swap')}
                </Button>
                <MatchingSettings parameters={parameters} onChange={setSettings} />
                <Button
                  size="compact-sm"
                  variant={
                    shown === null || isChanged || shown.stale || shown.decisionsSince > 0 ? 'filled' : 'default'
                  }
                  leftSection={<IconPlayerPlay size={14} aria-hidden />}
                  loading={run.starting || run.job !== undefined}
                  onClick={() => void start()}
                >
                  {t(shown === null || isChanged ? 'reconciliation.run.first' : 'reconciliation.run.again')}
                </Button>
              </>
            ) : null}
          </section>
        }
      />
      {run.job === undefined ? null : <ProgressState job={run.job} onCancel={cancel} />}
      {shown === null || isChanged ? null : <Since shown={shown} />}
      {isChanged && shown !== null ? <p className={styles.note}>{t('reconciliation.sides.unsaved')}</p> : null}
      {run.error === undefined ? null : <ErrorState error={run.error} />}
      <SideEditor
        side={editing}
        choice={editing === null ? {} : sides[editing]}
        sources={sources}
        onChoose={choose}
        onClose={() => setEditing(null)}
      />
    </>
  );
};

/** What an examiner set before stays set; exchange rates come from the case's list. */
const parametersOf = (shown: Shown | null): Record<string, string> => {
  const { rates: _rates, ...rest } = shown?.parameters ?? {};
  return rest;
};

const Since = ({ shown }: { readonly shown: Shown }) => {
  const { t } = useTranslation();
  if (shown.stale)
    return (
      <p className={styles.note} data-tone="warn" role="status">
        {t('reconciliation.run.stale')}
      </p>
    );
  if (shown.decisionsSince === 0) return null;
  return (
    <p className={styles.note} role="status">
      {t('reconciliation.run.since', { count: shown.decisionsSince })}
    </p>
  );
};
