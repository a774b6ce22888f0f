import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconRotate2 } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChannelView } from '../../components/ChannelView.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { FactTable } from '../../components/FactTable.tsx';
import { instantText } from '../../components/measure-text.ts';
import { Panel } from '../../components/Panel.tsx';
import styles from './Catalogue.module.css';
import type { Settings } from './catalogue-types.ts';
import { changedValues, withOverride, withSwitch, withValues } from './settings-draft.ts';
import { useCatalogueWords } from './use-catalogue-words.ts';
import { useSettings } from './use-settings.ts';

interface SettingsTabProps {
  readonly caseId: string;
  readonly mayChange: boolean;
  readonly onTest: (test: string) => void;
}

/** What the case says of its tests: shared values, values for one test, tests switched off; and who changed what. */
export const SettingsTab = ({ caseId, mayChange, onTest }: SettingsTabProps) => {
  const settings = useSettings(caseId);
  return (
    <ChannelView of={settings.read} lines={10}>
      {data => (
        <div className={styles.stack}>
          {settings.error === undefined ? null : <ErrorState error={settings.error} />}
          <SharedValues
            settings={data}
            busy={settings.busy}
            onSave={mayChange ? values => settings.change(known => withValues(known, values)) : null}
          />
          <Exceptions
            settings={data}
            onTest={onTest}
            onReset={
              mayChange
                ? (test, name) =>
                    void settings.change(known =>
                      name === null ? withSwitch(known, test, null) : withOverride(known, test, { [name]: null }),
                    )
                : null
            }
          />
          <History settings={data} />
        </div>
      )}
    </ChannelView>
  );
};

interface SharedValuesProps {
  readonly settings: Settings;
  readonly busy: boolean;
  readonly onSave: ((values: Readonly<Record<string, string | null>>) => Promise<boolean>) | null;
}
const SharedValues = ({ settings, busy, onSave }: SharedValuesProps) => {
  const { t } = useTranslation();
  const { parameter } = useCatalogueWords();
  const [draft, setDraft] = useState<Readonly<Record<string, string | null>>>({});
  const current = (name: string): string | null => settings.settings.values[name] ?? null;
  const changed = changedValues(draft, current);
  const anyChanged = Object.keys(changed).length > 0;
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (onSave !== null && (await onSave(changed))) setDraft({});
  };
  return (
    <form onSubmit={event => void save(event)}>
      <Panel
        title={t('catalogue.shared')}
        note={t('catalogue.sharedNote')}
        actions={
          onSave === null ? undefined : (
            <div className={styles.actions}>
              {anyChanged ? (
                <Button size="compact-sm" variant="subtle" onClick={() => setDraft({})}>
                  {t('catalogue.discard')}
                </Button>
              ) : null}
              <Button size="compact-sm" type="submit" loading={busy} disabled={!anyChanged}>
                {t('catalogue.saveSettings')}
              </Button>
            </div>
          )
        }
      >
        <ul className={styles.parameters}>
          {settings.shared.map(({ name, choices, meaning, tests }) => {
            const value = name in draft ? (draft[name] ?? null) : current(name);
            const label = parameter(name);
            const reset = (): void => setDraft({ ...draft, [name]: null });
            return (
              <li key={name} data-modified={value !== null}>
                {choices === undefined ? (
                  <TextInput
                    size="xs"
                    label={label}
                    description={meaning}
                    placeholder={t('catalogue.testsDefault')}
                    value={value ?? ''}
                    readOnly={onSave === null}
                    onChange={event => setDraft({ ...draft, [name]: event.currentTarget.value })}
                  />
                ) : (
                  <NativeSelect
                    size="xs"
                    label={label}
                    description={meaning}
                    value={value ?? ''}
                    disabled={onSave === null}
                    data={[{ value: '', label: t('catalogue.testsDefault') }, ...choices]}
                    onChange={event =>
                      event.currentTarget.value === ''
                        ? reset()
                        : setDraft({ ...draft, [name]: event.currentTarget.value })
                    }
                  />
                )}
                <div className={styles.origin}>
                  <span className={styles.quiet}>
                    {value === null
                      ? t('catalogue.reachesDefault', { count: tests.length })
                      : t('catalogue.reaches', { count: tests.length })}
                  </span>
                  {value === null || onSave === null ? null : (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      leftSection={<IconRotate2 size={12} aria-hidden />}
                      aria-label={t('catalogue.resetOf', { name: label })}
                      onClick={reset}
                    >
                      {t('catalogue.reset')}
                    </Button>
                  )}
                </div>
              </li>
            );
          })}
        </ul>
      </Panel>
    </form>
  );
};

interface ExceptionsProps {
  readonly settings: Settings;
  readonly onTest: (test: string) => void;
  /** Resets a parameter of a test; with null as its name, switches the test on. */
  readonly onReset: ((test: string, name: string | null) => void) | null;
}
const Exceptions = ({ settings: { settings }, onTest, onReset }: ExceptionsProps) => {
  const { t } = useTranslation();
  const { parameter } = useCatalogueWords();
  const rows = [
    ...Object.entries(settings.off).map(([test, reason]) => ({ test, name: null, value: reason })),
    ...Object.entries(settings.overrides).flatMap(([test, own]) =>
      Object.entries(own).map(([name, value]) => ({ test, name, value })),
    ),
  ];
  return (
    <Panel title={t('catalogue.exceptions')} note={t('catalogue.exceptionsNote')} flush={rows.length > 0}>
      {rows.length === 0 ? (
        <p className={styles.quiet}>{t('catalogue.noExceptions')}</p>
      ) : (
        <FactTable
          caption={t('catalogue.exceptions')}
          rows={rows}
          rowKey={({ test, name }) => `${test} ${name ?? ''}`}
          columns={[
            {
              key: 'test',
              head: t('evidence.test'),
              cell: ({ test }) => (
                <button type="button" className={styles.testLink} onClick={() => onTest(test)}>
                  {test}
                </button>
              ),
            },
            {
              key: 'what',
              head: t('catalogue.what'),
              cell: ({ name }) => (name === null ? t('catalogue.states.off') : parameter(name)),
            },
            {
              key: 'value',
              head: t('catalogue.valueOrReason'),
              cell: ({ value }) => (value === '' ? t('catalogue.none') : value),
            },
            {
              key: 'reset',
              head: t('catalogue.reset'),
              cell: ({ test, name }) =>
                onReset === null ? null : (
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    aria-label={
                      name === null
                        ? t('catalogue.switchOnOf', { name: test })
                        : t('catalogue.resetOf', { name: `${test} ${parameter(name)}` })
                    }
                    onClick={() => onReset(test, name)}
                  >
                    {name === null ? t('catalogue.switchOn') : t('catalogue.reset')}
                  </Button>
                ),
            },
          ]}
        />
      )}
    </Panel>
  );
};

const History = ({ settings: { history } }: { readonly settings: Settings }) => {
  const { t } = useTranslation();
  return (
    <Panel title={t('catalogue.history')} flush={history.length > 0}>
      {history.length === 0 ? (
        <p className={styles.quiet}>{t('catalogue.noHistory')}</p>
      ) : (
        <FactTable
          caption={t('catalogue.history')}
          rows={history}
          rowKey={({ version }) => String(version)}
          columns={[
            { key: 'version', head: t('catalogue.version'), numeric: true, cell: ({ version }) => version },
            { key: 'at', head: t('catalogue.at'), nowrap: true, cell: ({ at }) => instantText(at) },
            { key: 'actor', head: t('catalogue.who'), cell: ({ actor }) => actor },
            { key: 'changes', head: t('catalogue.changes'), cell: ({ changes }) => changes.join('; ') },
          ]}
        />
      )}
    </Panel>
  );
};
