import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { IconAdjustments } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RECONCILIATION_PARAMETERS } from '../../../src-main/contract/reconciliations.contract.ts';
import styles from './Sides.module.css';

type ParameterName = (typeof RECONCILIATION_PARAMETERS)[number];

/** Exchange rates are a list of their own, with source and day. */
const SETTINGS = RECONCILIATION_PARAMETERS.filter((name): name is Exclude<ParameterName, 'rates'> => name !== 'rates');
const SIGNS = ['auto', 'same', 'opposite'] as const;

interface MatchingSettingsProps {
  /** As the next run takes them; one that is left out has its default. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly onChange: (parameters: Readonly<Record<string, string>>) => void;
}

/** Tolerances, windows and thresholds of the matching. They take effect when it is run; an empty field is the default. */
export const MatchingSettings = ({ parameters, onChange }: MatchingSettingsProps) => {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<Readonly<Record<string, string>> | null>(null);
  const set = (name: string, value: string): void => setDraft({ ...draft, [name]: value });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (draft === null) return;
    onChange(Object.fromEntries(Object.entries(draft).filter(([, value]) => value.trim() !== '')));
    setDraft(null);
  };
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconAdjustments size={15} aria-hidden />}
        onClick={() => setDraft(parameters)}
      >
        {t('reconciliation.settings.open')}
      </Button>
      <Modal
        opened={draft !== null}
        onClose={() => setDraft(null)}
        title={t('reconciliation.settings.title')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <form className={styles.editor} onSubmit={submit}>
          <p className={styles.hint}>{t('reconciliation.settings.hint')}</p>
          <div className={styles.settings}>
            {SETTINGS.map(name =>
              name === 'sign' ? (
                <NativeSelect
                  key={name}
                  size="xs"
                  label={t(`reconciliation.settings.names.${name}`)}
                  value={draft?.[name] ?? 'auto'}
                  onChange={event => set(name, event.currentTarget.value)}
                  data={SIGNS.map(value => ({ value, label: t(`reconciliation.settings.signs.${value}`) }))}
                />
              ) : (
                <TextInput
                  key={name}
                  size="xs"
                  label={t(`reconciliation.settings.names.${name}`)}
                  inputMode="decimal"
                  pattern="[0-9]+([.][0-9]+)?"
                  placeholder={t('reconciliation.settings.default')}
                  value={draft?.[name] ?? ''}
                  onChange={event => set(name, event.currentTarget.value)}
                />
              ),
            )}
          </div>
          <div className={styles.dialogActions}>
            <Button variant="default" onClick={() => setDraft(null)}>
              {t('reconciliation.cancel')}
            </Button>
            <Button type="submit">{t('reconciliation.settings.choose')}</Button>
          </div>
        </form>
      </Modal>
    </>
  );
};
