import { Checkbox, NativeSelect } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransactionRow } from '../../../src-main/contract/transactions.contract.ts';
import { useKeys } from '../../app/keyboard.ts';
import { usePermission } from '../../app/use-permission.ts';
import { TransactionDrawer } from '../records/TransactionDrawer.tsx';
import styles from './Hand.module.css';
import { LeftoverDetail } from './LeftoverDetail.tsx';
import { MatchBar } from './MatchBar.tsx';
import { OpenRows } from './OpenRows.tsx';
import { NO_PICKS, type Picks } from './picks.ts';
import { proposalName } from './proposal-name.ts';
import type { Shown, SideName } from './reconciliation-types.ts';

interface HandTabProps {
  readonly caseId: string;
  readonly shown: Shown;
  readonly picks: Picks;
  readonly onPicks: (picks: Picks) => void;
}

/** What is open on both sides, next to each other: pick rows, see what remains, match them. */
export const HandTab = ({ caseId, shown, picks, onPicks }: HandTabProps) => {
  const { t } = useTranslation();
  const mayDecide = usePermission('finding.decide');
  const [side, setSide] = useState<SideName>('a');
  const [current, setCurrent] = useState<Readonly<Record<SideName, TransactionRow | null>>>({ a: null, b: null });
  const [withSuggested, setWithSuggested] = useState(false);
  const [proposal, setProposal] = useState('');
  const [opened, setOpened] = useState<number | null>(null);
  const lists = useRef<HTMLDivElement>(null);
  const toggle = (name: SideName, row: TransactionRow): void => {
    const next = new Map(picks[name]);
    if (!next.delete(row.id)) next.set(row.id, row);
    onPicks({ ...picks, [name]: next });
  };
  const goTo = (name: SideName): void => {
    setSide(name);
    lists.current?.querySelector<HTMLElement>(`[data-side="${name}"] tbody [tabindex="0"]`)?.focus();
  };
  useKeys({ ArrowLeft: () => goTo('a'), ArrowRight: () => goTo('b') });
  const setOf = (name: SideName): string =>
    proposal === '' ? `${name}:${withSuggested ? 'unsettled' : 'open'}` : `proposal:${name}:${proposal}`;
  const looked = current[side];
  return (
    <div className={styles.hand}>
      <div className={styles.tools}>
        <NativeSelect
          size="xs"
          aria-label={t('reconciliation.hand.proposal')}
          value={proposal}
          onChange={event => setProposal(event.currentTarget.value)}
          data={[
            { value: '', label: t('reconciliation.hand.anyProposal') },
            ...shown.proposals.map(({ kind, a, b }) => ({
              value: kind,
              label: t('facets.valueCount', { label: proposalName(t, kind), count: a + b }),
            })),
          ]}
        />
        <Checkbox
          size="xs"
          label={t('reconciliation.hand.withSuggested', { count: shown.counts.suggested })}
          checked={withSuggested}
          disabled={proposal !== ''}
          onChange={event => setWithSuggested(event.currentTarget.checked)}
        />
        <span className={styles.hint}>{t('reconciliation.hand.keys')}</span>
      </div>
      <div ref={lists} className={styles.lists}>
        {(['a', 'b'] as const).map(name => (
          <OpenRows
            key={name}
            caseId={caseId}
            side={name}
            set={setOf(name)}
            isActive={side === name}
            picks={picks[name]}
            mayPick={mayDecide}
            current={current[name]}
            onCurrent={row => {
              setSide(name);
              setCurrent(before => ({ ...before, [name]: row }));
            }}
            onToggle={row => toggle(name, row)}
            onOpen={row => setOpened(row.id)}
          />
        ))}
      </div>
      <div className={styles.foot}>
        <LeftoverDetail caseId={caseId} row={looked} onOpen={setOpened} />
        <MatchBar caseId={caseId} shown={shown} picks={picks} onCleared={() => onPicks(NO_PICKS)} onToggle={toggle} />
      </div>
      <TransactionDrawer caseId={caseId} transactionId={opened} onClose={() => setOpened(null)} />
    </div>
  );
};
