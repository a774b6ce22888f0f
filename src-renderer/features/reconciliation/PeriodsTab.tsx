import { Button, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../app/engine/channel-hooks.ts';
import { usePermission } from '../../app/use-permission.ts';
import { useUndoToast } from '../../app/use-undo-toast.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { instantText } from '../../components/measure-text.ts';
import { Panel } from '../../components/Panel.tsx';
import styles from './Reconciliation.module.css';
import type { Shown } from './reconciliation-types.ts';

interface PeriodsTabProps {
  readonly caseId: string;
  readonly shown: Shown;
}

/** Locked periods, and the exchange rates that matching across currencies takes. */
export const PeriodsTab = ({ caseId, shown }: PeriodsTabProps) => (
  <div className={styles.stack}>
    <Locks caseId={caseId} shown={shown} />
    <Rates caseId={caseId} shown={shown} />
  </div>
);

/** Days are written as everywhere else on the screen; a picker would show them in the machine's own order. */
const ISO_DAY = { placeholder: 'YYYY-MM-DD', pattern: '[0-9]{4}-[0-9]{2}-[0-9]{2}', maxLength: 10 } as const;

const Locks = ({ caseId, shown }: PeriodsTabProps) => {
  const { t } = useTranslation();
  const mayDecide = usePermission('finding.decide');
  const toast = useUndoToast(caseId, 'reconciliations.undo');
  const [lock, { isLoading, error }] = useCommand('reconciliations.lock');
  const [unlocking, setUnlocking] = useState<Shown['locks'][number] | null>(null);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { data } = await lock({ caseId, from, to, reason: reason.trim() });
    if (data === undefined) return;
    setReason('');
    toast(t('reconciliation.locks.done', { count: data.matches }), [data.seq]);
  };
  return (
    <Panel title={t('reconciliation.locks.title')} note={t('reconciliation.locks.note')}>
      {shown.locks.length === 0 ? (
        <p className={styles.small}>{t('reconciliation.locks.none')}</p>
      ) : (
        <FactTable
          caption={t('reconciliation.locks.title')}
          rows={shown.locks}
          rowKey={({ seq }) => String(seq)}
          columns={[
            {
              key: 'period',
              head: t('reconciliation.locks.period'),
              nowrap: true,
              cell: each => t('sources.periodOf', { from: each.from, to: each.to }),
            },
            { key: 'reason', head: t('reconciliation.locks.reason'), cell: each => each.reason },
            {
              key: 'by',
              head: t('history.who'),
              cell: each => t('history.by', { actor: each.actor, at: instantText(each.at) }),
            },
            ...(mayDecide
              ? [
                  {
                    key: 'unlock',
                    head: t('history.actions'),
                    cell: (each: Shown['locks'][number]) => (
                      <Button
                        size="compact-xs"
                        variant="default"
                        aria-label={t('reconciliation.locks.unlockOf', { from: each.from, to: each.to })}
                        onClick={() => setUnlocking(each)}
                      >
                        {t('reconciliation.locks.unlock')}
                      </Button>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {mayDecide ? (
        <form className={styles.form} onSubmit={event => void submit(event)}>
          <TextInput
            size="xs"
            required
            {...ISO_DAY}
            label={t('reconciliation.locks.from')}
            value={from}
            onChange={event => setFrom(event.currentTarget.value)}
          />
          <TextInput
            size="xs"
            required
            {...ISO_DAY}
            label={t('reconciliation.locks.to')}
            value={to}
            onChange={event => setTo(event.currentTarget.value)}
          />
          <TextInput
            size="xs"
            className={styles.wide as string}
            label={t('reconciliation.locks.reason')}
            value={reason}
            onChange={event => setReason(event.currentTarget.value)}
          />
          <Button size="xs" type="submit" loading={isLoading}>
            {t('reconciliation.locks.lock')}
          </Button>
        </form>
      ) : null}
      {error === undefined ? null : <ErrorState error={error} />}
      <Unlock caseId={caseId} lock={unlocking} onClose={() => setUnlocking(null)} />
    </Panel>
  );
};

interface UnlockProps {
  readonly caseId: string;
  /** Null: closed. */
  readonly lock: Shown['locks'][number] | null;
  readonly onClose: () => void;
}
const Unlock = ({ caseId, lock, onClose }: UnlockProps) => {
  const { t } = useTranslation();
  const [unlock, { isLoading, error, reset }] = useCommand('reconciliations.unlock');
  const [reason, setReason] = useState('');
  const close = (): void => {
    reset();
    setReason('');
    onClose();
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (lock === null) return;
    const { data } = await unlock({ caseId, lock: lock.seq, reason: reason.trim() });
    if (data !== undefined) close();
  };
  return (
    <Modal
      opened={lock !== null}
      onClose={close}
      title={lock === null ? '' : t('reconciliation.locks.unlockOf', { from: lock.from, to: lock.to })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form className={styles.dialog} onSubmit={event => void submit(event)}>
        <p>{t('reconciliation.locks.trace')}</p>
        <TextInput
          label={t('reconciliation.locks.why')}
          required
          value={reason}
          onChange={event => setReason(event.currentTarget.value)}
          data-autofocus
        />
        {error === undefined ? null : <ErrorState error={error} />}
        <div className={styles.dialogActions}>
          <Button variant="default" onClick={close}>
            {t('reconciliation.cancel')}
          </Button>
          <Button type="submit" loading={isLoading}>
            {t('reconciliation.locks.unlock')}
          </Button>
        </div>
      </form>
    </Modal>
  );
};

const RATE_FIELDS = ['base', 'quote', 'rate', 'day', 'source'] as const;
const EMPTY_RATE = { base: '', quote: '', rate: '', day: '', source: '' };

const Rates = ({ caseId, shown }: PeriodsTabProps) => {
  const { t } = useTranslation();
  const mayDecide = usePermission('finding.decide');
  const toast = useUndoToast(caseId, 'reconciliations.undo');
  const [add, { isLoading, error }] = useCommand('reconciliations.addRate');
  const [undo, undoing] = useCommand('reconciliations.undo');
  const [draft, setDraft] = useState<Readonly<Record<(typeof RATE_FIELDS)[number], string>>>(EMPTY_RATE);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { data } = await add({
      caseId,
      ...draft,
      base: draft.base.trim().toUpperCase(),
      quote: draft.quote.trim().toUpperCase(),
      rate: draft.rate.trim(),
    });
    if (data === undefined) return;
    setDraft(EMPTY_RATE);
    toast(data.title, [data.seq]);
  };
  return (
    <Panel title={t('reconciliation.rates.title')} note={t('reconciliation.rates.note')}>
      {shown.rates.length === 0 ? (
        <p className={styles.small}>{t('reconciliation.rates.none')}</p>
      ) : (
        <FactTable
          caption={t('reconciliation.rates.title')}
          rows={shown.rates}
          rowKey={({ seq }) => String(seq)}
          columns={[
            {
              key: 'rate',
              head: t('reconciliation.rates.rate'),
              nowrap: true,
              cell: rate => t('reconciliation.rates.line', { base: rate.base, quote: rate.quote, rate: rate.rate }),
            },
            { key: 'day', head: t('reconciliation.rates.day'), nowrap: true, cell: ({ day }) => day },
            { key: 'source', head: t('reconciliation.rates.source'), cell: ({ source }) => source },
            { key: 'by', head: t('history.who'), cell: ({ actor }) => actor },
            ...(mayDecide
              ? [
                  {
                    key: 'remove',
                    head: t('history.actions'),
                    cell: (rate: Shown['rates'][number]) => (
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        loading={undoing.isLoading}
                        aria-label={t('reconciliation.rates.removeOf', { base: rate.base, quote: rate.quote })}
                        onClick={() => void undo({ caseId, seqs: [rate.seq] })}
                      >
                        {t('reconciliation.rates.remove')}
                      </Button>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {mayDecide ? (
        <form className={styles.form} onSubmit={event => void submit(event)}>
          {RATE_FIELDS.map(field => (
            <TextInput
              key={field}
              size="xs"
              required
              {...(field === 'source' ? { className: styles.wide as string } : {})}
              {...(field === 'day' ? ISO_DAY : {})}
              {...(field === 'base' || field === 'quote' ? { maxLength: 3, pattern: '[A-Za-z]{3}' } : {})}
              {...(field === 'rate' ? { pattern: '[0-9]+([.][0-9]+)?', inputMode: 'decimal' as const } : {})}
              label={t(`reconciliation.rates.fields.${field}`)}
              value={draft[field]}
              onChange={event => setDraft({ ...draft, [field]: event.currentTarget.value })}
            />
          ))}
          <Button size="xs" type="submit" loading={isLoading}>
            {t('reconciliation.rates.add')}
          </Button>
        </form>
      ) : null}
      {error === undefined ? null : <ErrorState error={error} />}
    </Panel>
  );
};
