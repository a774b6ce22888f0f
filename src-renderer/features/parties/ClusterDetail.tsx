import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { useKeys } from '../../app/keyboard.ts';
import { usePermission } from '../../app/use-permission.ts';
import { useUndoToast } from '../../app/use-undo-toast.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { MembersTable } from './MembersTable.tsx';
import styles from './Parties.module.css';
import { Waterfall } from './Waterfall.tsx';
import { chanceText, type ProposedCluster, type ProposedPair, proposedName } from './waterfall.ts';

/** Parties one decision keeps apart at most (party-reviews.contract.ts). */
const MOST_APART = 100;

interface ClusterDetailProps {
  readonly caseId: string;
  readonly cluster: ProposedCluster;
  readonly queue: { readonly next: () => void; readonly previous: () => void; readonly passOn: () => void };
}

/** One proposal: its members, why they may be one, and what a person decides of those that are ticked. */
export const ClusterDetail = ({ caseId, cluster, queue }: ClusterDetailProps) => {
  const { t } = useTranslation();
  const mayDecide = usePermission('case.write');
  const toast = useUndoToast(caseId);
  const [merge, merging] = useCommand('parties.merge');
  const [keepApart, parting] = useCommand('parties.keepApart');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(cluster.members.map(({ party }) => party)));
  const [typed, setTyped] = useState<string | null>(null);
  const members = cluster.members.filter(({ party }) => chosen.has(party));
  const parties = members.map(({ party }) => party);
  const name = (typed ?? proposedName(members)).trim();
  const busy = merging.isLoading || parting.isLoading;
  const mayMerge = !busy && parties.length >= 2 && name !== '';
  const mayPart = !busy && parties.length >= 2 && parties.length <= MOST_APART;
  const error = merging.error ?? parting.error;
  const mergeChosen = async (): Promise<void> => {
    if (!mayMerge) return;
    const { data } = await merge({ caseId, parties, name });
    if (data === undefined) return;
    toast(t('parties.merged', { count: parties.length, name }), [data.seq]);
    queue.passOn();
  };
  const partChosen = async (): Promise<void> => {
    if (!mayPart) return;
    const { data } = await keepApart({ caseId, parties });
    if (data === undefined) return;
    toast(t('parties.keptApart', { count: parties.length }), [data.seq]);
    queue.passOn();
  };
  useKeys({
    j: queue.next,
    k: queue.previous,
    s: queue.next,
    ...(mayDecide
      ? {
          // A key that is held down decides once.
          Enter: event => void (event.repeat ? undefined : mergeChosen()),
          n: event => void (event.repeat ? undefined : partChosen()),
        }
      : {}),
  });
  const toggle = (party: string): void =>
    setChosen(before => {
      const next = new Set(before);
      if (!next.delete(party)) next.add(party);
      return next;
    });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void mergeChosen();
  };
  return (
    <section className={styles.detail} aria-label={t('parties.proposal')}>
      <h2>{t('parties.question', { count: cluster.members.length })}</h2>
      <MembersTable
        caseId={caseId}
        caption={t('parties.members')}
        members={cluster.members}
        chosen={mayDecide ? chosen : null}
        onToggle={toggle}
      />
      {mayDecide ? (
        <form className={styles.decisions} onSubmit={submit} aria-label={t('decisions.label')}>
          <TextInput
            size="xs"
            className={styles.name as string}
            label={t('parties.name')}
            value={typed ?? proposedName(members)}
            onChange={event => setTyped(event.currentTarget.value)}
            maxLength={400}
          />
          <Button
            type="submit"
            size="compact-sm"
            disabled={!mayMerge}
            loading={merging.isLoading}
            rightSection={<KeyHint keys="Enter" />}
          >
            {t('parties.merge', { count: parties.length })}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            disabled={!mayPart}
            loading={parting.isLoading}
            onClick={() => void partChosen()}
            rightSection={<KeyHint keys="n" />}
          >
            {t('parties.keepApart')}
          </Button>
          <Button size="compact-sm" variant="subtle" onClick={queue.next} rightSection={<KeyHint keys="s" />}>
            {t('parties.skip')}
          </Button>
          {parties.length < 2 ? <span className={styles.quiet}>{t('parties.tooFew')}</span> : null}
          {parties.length > MOST_APART ? (
            <span className={styles.quiet}>{t('parties.tooManyApart', { count: MOST_APART })}</span>
          ) : null}
        </form>
      ) : (
        <p className={styles.quiet}>{t('parties.readOnly')}</p>
      )}
      {error === undefined ? null : <ErrorState error={error} />}
      <Pairs pairs={cluster.pairs} members={cluster.members} />
    </section>
  );
};

interface PairsProps {
  readonly pairs: readonly ProposedPair[];
  readonly members: ProposedCluster['members'];
}
const Pairs = ({ pairs, members }: PairsProps) => {
  const { t } = useTranslation();
  const [at, setAt] = useState(0);
  const pair = pairs[at] ?? pairs[0];
  if (pair === undefined) return null;
  const nameOf = (party: string): string => members.find(member => member.party === party)?.spellings[0] ?? party;
  return (
    <section className={styles.why} aria-label={t('parties.why')}>
      <div className={styles.whyHead}>
        <h3>{t('parties.why')}</h3>
        {pairs.length < 2 ? null : (
          <NativeSelect
            size="xs"
            aria-label={t('parties.pair')}
            value={String(at)}
            onChange={event => setAt(Number(event.currentTarget.value))}
            data={pairs.map((each, i) => ({
              value: String(i),
              label: `${chanceText(each.score)} · ${nameOf(each.a)} – ${nameOf(each.b)}`,
            }))}
          />
        )}
      </div>
      <Waterfall pair={pair} names={[nameOf(pair.a), nameOf(pair.b)]} />
    </section>
  );
};
