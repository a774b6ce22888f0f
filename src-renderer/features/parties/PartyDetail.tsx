import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { usePermission } from '../../app/use-permission.ts';
import { useUndoToast } from '../../app/use-undo-toast.tsx';
import { CountButton } from '../../components/CountButton.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { MembersTable } from './MembersTable.tsx';
import styles from './Parties.module.css';
import { type Party, partyRows } from './party-address.ts';

/** One party with everything it was written as; members of a merged one can be taken out again. */
export const PartyDetail = ({ caseId, party }: { readonly caseId: string; readonly party: Party }) => {
  const { t } = useTranslation();
  const mayDecide = usePermission('case.write') && party.confirmed;
  const toast = useUndoToast(caseId);
  const [split, { isLoading, error }] = useCommand('parties.split');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const parties = party.members.map(member => member.party).filter(key => chosen.has(key));
  const rows = partyRows(caseId, party);
  const takeOut = async (): Promise<void> => {
    const { data } = await split({ caseId, parties });
    if (data === undefined) return;
    setChosen(new Set());
    toast(t('parties.split', { count: parties.length, name: party.name }), [data.seq]);
  };
  const toggle = (key: string): void =>
    setChosen(before => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  return (
    <section className={styles.detail} aria-label={t('parties.party')}>
      <div className={styles.whyHead}>
        <h2>{party.confirmed ? party.name : (party.members[0]?.spellings[0] ?? party.name)}</h2>
        <span className="nx-number">
          {rows === null ? (
            t('parties.rowCount', { count: party.rows })
          ) : (
            <CountButton count={party.rows} to={rows} label={t('parties.rowsOf', { name: party.name })}>
              {t('parties.rowCount', { count: party.rows })}
            </CountButton>
          )}
        </span>
      </div>
      <MembersTable
        caseId={caseId}
        caption={t('parties.members')}
        members={party.members}
        chosen={mayDecide ? chosen : null}
        onToggle={toggle}
      />
      {mayDecide ? (
        <div className={styles.decisions}>
          <Button
            size="compact-sm"
            variant="default"
            disabled={parties.length === 0}
            loading={isLoading}
            onClick={() => void takeOut()}
          >
            {t('parties.takeOut', { count: parties.length })}
          </Button>
          <span className={styles.quiet}>{t('parties.takeOutHint')}</span>
        </div>
      ) : null}
      {error === undefined ? null : <ErrorState error={error} />}
    </section>
  );
};
