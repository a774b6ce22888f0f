import { Button } from '@mantine/core';
import { IconEqual, IconEqualNot, IconMinus, type TablerIcon } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TransactionRow } from '../../../src-main/contract/transactions.contract.ts';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { useKeys } from '../../app/keyboard.ts';
import { paths } from '../../app/paths.ts';
import { usePermission } from '../../app/use-permission.ts';
import { useUndoToast } from '../../app/use-undo-toast.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { Money } from '../../components/Money.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import styles from './Duplicates.module.css';
import { type Agreement, type ComparedField, compareRows } from './duplicate-fields.ts';
import type { DuplicatePair } from './duplicate-types.ts';
import { TransactionDrawer } from './TransactionDrawer.tsx';

const STATE_TONES = { open: 'unknown', confirmed: 'bad', rejected: 'good' } as const;
const AGREEMENT_ICONS: Readonly<Record<Agreement, TablerIcon>> = {
  same: IconEqual,
  different: IconEqualNot,
  'one-sided': IconMinus,
  unstated: IconMinus,
};

interface DuplicateDetailProps {
  readonly caseId: string;
  readonly pair: DuplicatePair;
  readonly queue: { readonly next: () => void; readonly previous: () => void; readonly passOn: () => void };
}

/** Two rows field by field, and what a person decides of them. The left one is kept. */
export const DuplicateDetail = ({ caseId, pair, queue }: DuplicateDetailProps) => {
  const { t } = useTranslation();
  const mayDecide = usePermission('finding.decide');
  const sources = useChannel('sources.list', { caseId });
  const [decide, { isLoading, error }] = useCommand('duplicates.decide');
  const toast = useUndoToast(caseId);
  const [opened, setOpened] = useState<number | null>(null);
  const { a, b, kind, state, score, agree, differ } = pair;
  const compared = compareRows(a, b);
  const unstated = compared
    .filter(({ agreement }) => agreement === 'unstated')
    .map(({ field }) => t(`records.${field}`).toLocaleLowerCase('en'));
  const set = async (chosen: 'confirmed' | 'rejected'): Promise<void> => {
    if (isLoading || state === chosen) return;
    const { data } = await decide({ caseId, state: chosen, pairs: [{ keep: a.id, duplicate: b.id }] });
    if (data === undefined) return;
    toast(t(`duplicates.decided.${chosen}`, { count: 1 }), [data.seq]);
    queue.passOn();
  };
  useKeys({
    j: queue.next,
    k: queue.previous,
    s: queue.next,
    ...(mayDecide
      ? {
          // A key that is held down decides once.
          Enter: event => void (event.repeat ? undefined : set('confirmed')),
          n: event => void (event.repeat ? undefined : set('rejected')),
        }
      : {}),
  });
  const head = (row: TransactionRow, title: string): ReactNode => {
    const name = sources.data?.sources.find(source => source.id === row.sourceId)?.name;
    return (
      <>
        <span className={styles.columnTitle}>{title}</span>
        <span className={styles.place}>
          <button type="button" className={styles.open} onClick={() => setOpened(row.id)}>
            {t('duplicates.openRow', { row: row.row })}
          </button>
          {name === undefined ? null : (
            <Link to={paths.source(caseId, row.sourceId)} title={name}>
              {name}
            </Link>
          )}
        </span>
      </>
    );
  };
  return (
    <section className={styles.detail} aria-label={t('duplicates.pair')}>
      <div className={styles.head}>
        <h3>{t(`duplicates.kinds.${kind}`)}</h3>
        <StatusTag tone={STATE_TONES[state]}>{t(`duplicates.states.${state}`)}</StatusTag>
        <span className="nx-number">{t('duplicates.score', { score: score.toFixed(2) })}</span>
      </div>
      <p className={styles.why}>{t(`duplicates.why.${kind}`)}</p>
      <fieldset className={styles.decisions} aria-label={t('decisions.label')}>
        {mayDecide ? (
          <>
            <Button
              size="compact-sm"
              variant={state === 'open' ? 'filled' : 'default'}
              disabled={state === 'confirmed'}
              loading={isLoading}
              onClick={() => void set('confirmed')}
              rightSection={<KeyHint keys="Enter" />}
            >
              {t('duplicates.confirm')}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              disabled={state === 'rejected'}
              onClick={() => void set('rejected')}
              rightSection={<KeyHint keys="n" />}
            >
              {t('duplicates.reject')}
            </Button>
            <Button size="compact-sm" variant="subtle" onClick={queue.next} rightSection={<KeyHint keys="s" />}>
              {t('duplicates.skip')}
            </Button>
          </>
        ) : (
          <span className={styles.small}>{t('duplicates.readOnly')}</span>
        )}
        {error === undefined ? null : <ErrorState error={error} />}
      </fieldset>
      <div className={styles.scroll}>
        <table className={styles.compared}>
          <caption className="nx-visually-hidden">{t('duplicates.compared')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('duplicates.field')}</th>
              <th scope="col">{head(a, t(state === 'rejected' ? 'duplicates.first' : 'duplicates.kept'))}</th>
              <th scope="col">
                <span className="nx-visually-hidden">{t('duplicates.agreement')}</span>
              </th>
              <th scope="col">{head(b, t(`duplicates.other.${state}`))}</th>
            </tr>
          </thead>
          <tbody>
            {compared.map(each =>
              each.agreement === 'unstated' ? null : <ComparedRow key={each.field} compared={each} pair={pair} />,
            )}
          </tbody>
        </table>
      </div>
      <p className={styles.small}>
        {t('duplicates.agreeIn', { fields: agree.join(', ') || t('duplicates.nothing') })}{' '}
        {t('duplicates.differIn', { fields: differ.join(', ') || t('duplicates.nothing') })}{' '}
        {unstated.length === 0 ? null : t('duplicates.unstated', { fields: unstated.join(', ') })}
      </p>
      <TransactionDrawer caseId={caseId} transactionId={opened} onClose={() => setOpened(null)} />
    </section>
  );
};

const ComparedRow = ({ compared, pair }: { readonly compared: ComparedField; readonly pair: DuplicatePair }) => {
  const { t } = useTranslation();
  const { field, agreement } = compared;
  const Icon = AGREEMENT_ICONS[agreement];
  const cell = (value: string | null, row: TransactionRow): ReactNode => {
    if (value === null) return <span className={styles.small}>{t('notStated')}</span>;
    return field === 'amount' ? <Money amount={value} currency={row.currency} signed /> : value;
  };
  return (
    <tr data-agreement={agreement}>
      <th scope="row">{t(`records.${field}`)}</th>
      <td className="nx-number">{cell(compared.a, pair.a)}</td>
      <td className={styles.mark}>
        <Icon size={15} aria-hidden />
        <span className="nx-visually-hidden">{t(`duplicates.agreements.${agreement}`)}</span>
      </td>
      <td className="nx-number">{cell(compared.b, pair.b)}</td>
    </tr>
  );
};
