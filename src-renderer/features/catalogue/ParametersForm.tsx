import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconRotate2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState.tsx';
import styles from './Catalogue.module.css';
import type { CatalogueTest, RunInput, TestParameter } from './catalogue-types.ts';
import { changedValues, withOverride } from './settings-draft.ts';
import { useCatalogueWords } from './use-catalogue-words.ts';
import { useSettings } from './use-settings.ts';

interface ParametersFormProps {
  readonly caseId: string;
  readonly test: CatalogueTest;
  readonly busy: boolean;
  /** Null where the test cannot run, or the role may not run it. */
  readonly onRun: ((input: RunInput) => void) | null;
  readonly mayKeep: boolean;
}

/** Parameters of a test: what the next run takes and from where; for one run, or kept for the case. */
export const ParametersForm = ({ caseId, test, busy, onRun, mayKeep }: ParametersFormProps) => {
  const { t } = useTranslation();
  const settings = useSettings(caseId);
  const [draft, setDraft] = useState<Readonly<Record<string, string>>>({});
  const current = (name: string): string | null =>
    test.parameters.find(parameter => parameter.name === name)?.value ?? null;
  const changed = changedValues(draft, current) as Record<string, string>;
  const anyChanged = Object.keys(changed).length > 0;
  const keep = async (values: Readonly<Record<string, string | null>>): Promise<void> => {
    if (await settings.change(known => withOverride(known, test.id, values))) setDraft({});
  };
  if (test.parameters.length === 0) return <p className={styles.quiet}>{t('catalogue.noParameters')}</p>;
  return (
    <section aria-label={t('catalogue.parametersTitle')}>
      <div className={styles.sectionHead}>
        <h3>{t('catalogue.parametersTitle')}</h3>
        {anyChanged ? (
          <div className={styles.actions}>
            <Button size="compact-sm" variant="subtle" onClick={() => setDraft({})}>
              {t('catalogue.discard')}
            </Button>
            {mayKeep ? (
              <Button size="compact-sm" variant="default" loading={settings.busy} onClick={() => void keep(changed)}>
                {t('catalogue.keep')}
              </Button>
            ) : null}
            {onRun === null ? null : (
              <Button
                size="compact-sm"
                loading={busy}
                onClick={() => onRun({ tests: [test.id], parameters: { [test.id]: changed } })}
              >
                {t('catalogue.runWith')}
              </Button>
            )}
          </div>
        ) : null}
      </div>
      {settings.error === undefined ? null : <ErrorState error={settings.error} />}
      <ul className={styles.parameters}>
        {test.parameters.map(parameter => (
          <Parameter
            key={parameter.name}
            parameter={parameter}
            value={draft[parameter.name] ?? parameter.value}
            readOnly={!mayKeep}
            onChange={value => setDraft({ ...draft, [parameter.name]: value })}
            onReset={parameter.origin === 'test' && mayKeep ? () => void keep({ [parameter.name]: null }) : null}
          />
        ))}
      </ul>
    </section>
  );
};

interface ParameterProps {
  readonly parameter: TestParameter;
  readonly value: string;
  readonly readOnly: boolean;
  readonly onChange: (value: string) => void;
  readonly onReset: (() => void) | null;
}
const Parameter = ({ parameter, value, readOnly, onChange, onReset }: ParameterProps) => {
  const { t } = useTranslation();
  const words = useCatalogueWords();
  const { name, meaning, choices, origin, default: fallback } = parameter;
  const isDraft = value !== parameter.value;
  const standing = isDraft
    ? t('catalogue.origins.draft', { value: parameter.value === '' ? t('catalogue.none') : parameter.value })
    : t(`catalogue.origins.${origin}`, { value: fallback === '' ? t('catalogue.none') : fallback });
  const label = words.parameter(name);
  return (
    <li data-modified={isDraft || origin === 'test' || origin === 'case'}>
      {choices === undefined ? (
        <TextInput
          size="xs"
          label={label}
          description={meaning}
          value={value}
          placeholder={t('catalogue.none')}
          readOnly={readOnly}
          onChange={event => onChange(event.currentTarget.value)}
        />
      ) : (
        <NativeSelect
          size="xs"
          label={label}
          description={meaning}
          value={value}
          data={[...choices]}
          disabled={readOnly}
          onChange={event => onChange(event.currentTarget.value)}
        />
      )}
      <div className={styles.origin}>
        <span className={styles.quiet}>{standing}</span>
        {onReset === null ? null : (
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconRotate2 size={12} aria-hidden />}
            onClick={onReset}
            aria-label={t('catalogue.resetOf', { name: label })}
          >
            {t('catalogue.reset')}
          </Button>
        )}
      </div>
    </li>
  );
};
