import { Button, Checkbox, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SideChoice, SideName, SideOption } from './reconciliation-types.ts';
import styles from './Sides.module.css';
import { tidied } from './side-words.ts';

interface SideEditorProps {
  /** Null: closed. */
  readonly side: SideName | null;
  readonly choice: SideChoice;
  readonly sources: readonly SideOption[];
  readonly onChoose: (side: SideName, choice: SideChoice) => void;
  readonly onClose: () => void;
}

const toggled = (list: readonly string[] | undefined, value: string): string[] => {
  const chosen = list ?? [];
  return chosen.includes(value) ? chosen.filter(each => each !== value) : [...chosen, value];
};

/** Chooses the rows of one side: bank or ledger files, single files, accounts, ledger accounts. */
export const SideEditor = ({ side, choice, sources, onChoose, onClose }: SideEditorProps) => {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<SideChoice>(choice);
  // biome-ignore lint/correctness/useExhaustiveDependencies: opening is what takes the choice over
  useEffect(() => setDraft(choice), [side]);
  const offered = sources.filter(source => draft.side === undefined || source.side === draft.side);
  const within = offered.filter(
    source => draft.sourceIds === undefined || draft.sourceIds.length === 0 || draft.sourceIds.includes(source.id),
  );
  const accounts = merged(within.flatMap(source => source.accounts));
  const ledgerAccounts = merged(within.flatMap(source => source.ledgerAccounts));
  return (
    <Modal
      opened={side !== null}
      onClose={onClose}
      title={side === null ? '' : t('reconciliation.sides.editing', { side: side.toUpperCase() })}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={styles.editor}>
        <SegmentedControl
          size="xs"
          aria-label={t('reconciliation.sides.kind')}
          value={draft.side ?? 'any'}
          onChange={value => setDraft(value === 'any' ? {} : { side: value as 'bank' | 'ledger' })}
          data={[
            { value: 'bank', label: t('sides.bank') },
            { value: 'ledger', label: t('sides.ledger') },
            { value: 'any', label: t('reconciliation.sides.everything') },
          ]}
        />
        <Choices
          title={t('reconciliation.sides.files')}
          hint={t('reconciliation.sides.filesHint')}
          options={offered.map(({ id, name, rows }) => ({ value: id, label: name, rows }))}
          chosen={draft.sourceIds ?? []}
          onToggle={id => setDraft({ ...draft, sourceIds: toggled(draft.sourceIds, id) })}
        />
        <Choices
          title={t('reconciliation.sides.accounts')}
          hint={t('reconciliation.sides.accountsHint')}
          options={accounts.map(({ account, rows }) => ({
            value: account,
            label: account || t('reconciliation.sides.noAccount'),
            rows,
          }))}
          chosen={draft.accounts ?? []}
          onToggle={account => setDraft({ ...draft, accounts: toggled(draft.accounts, account) })}
        />
        {ledgerAccounts.length === 0 ? null : (
          <Choices
            title={t('reconciliation.sides.ledgerAccounts')}
            hint={t('reconciliation.sides.ledgerAccountsHint')}
            options={ledgerAccounts.map(({ account, rows }) => ({ value: account, label: account, rows }))}
            chosen={draft.ledgerAccounts ?? []}
            onToggle={account => setDraft({ ...draft, ledgerAccounts: toggled(draft.ledgerAccounts, account) })}
          />
        )}
        <div className={styles.dialogActions}>
          <Button variant="default" onClick={onClose}>
            {t('reconciliation.cancel')}
          </Button>
          <Button onClick={() => side !== null && onChoose(side, tidied(draft))}>
            {t('reconciliation.sides.choose')}
          </Button>
        </div>
      </div>
    </Modal>
  );
};

/** Accounts of several files, each once, with the rows of all. */
const merged = (accounts: SideOption['accounts']): SideOption['accounts'] => {
  const rows = new Map<string, number>();
  for (const { account, rows: count } of accounts) rows.set(account, (rows.get(account) ?? 0) + count);
  return [...rows].map(([account, count]) => ({ account, rows: count }));
};

interface ChoicesProps {
  readonly title: string;
  readonly hint: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly rows: number }[];
  readonly chosen: readonly string[];
  readonly onToggle: (value: string) => void;
}
const SEARCHED_FROM = 9;
const Choices = ({ title, hint, options, chosen, onToggle }: ChoicesProps) => {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const wanted = text.trim().toLocaleLowerCase('en');
  const shown = options.filter(
    ({ value, label }) => chosen.includes(value) || label.toLocaleLowerCase('en').includes(wanted),
  );
  return (
    <fieldset className={styles.choices}>
      <legend>{title}</legend>
      <p className={styles.hint}>{hint}</p>
      {options.length < SEARCHED_FROM ? null : (
        <TextInput
          size="xs"
          aria-label={t('reconciliation.sides.searchIn', { title })}
          placeholder={t('reconciliation.sides.search')}
          value={text}
          onChange={event => setText(event.currentTarget.value)}
        />
      )}
      <div className={styles.options}>
        {shown.map(({ value, label, rows }) => (
          <Checkbox
            key={value}
            size="xs"
            checked={chosen.includes(value)}
            onChange={() => onToggle(value)}
            label={t('facets.valueCount', { label, count: rows })}
          />
        ))}
      </div>
    </fieldset>
  );
};
