import { Button, Checkbox, NumberInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { DEFAULT_WORKSPACE_SETTINGS as DEFAULTS } from '../../../src-main/contract/settings.contract.ts';
import { useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import { usePermission } from '../../app/use-permission.ts';
import { ChannelView } from '../../components/ChannelView.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Panel } from '../../components/Panel.tsx';
import styles from './Preferences.module.css';
import { SettingRow } from './SettingRow.tsx';
import { wordsOf } from './setting-search.ts';

type Stored = ChannelAnswer<'settings.read'>;
const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
/** a session locks after at most this long. */
const LONGEST_IDLE_MINUTES = 15;

/** What holds for everybody in the workspace: read by all, changed by a supervisor. */
export const WorkspaceSettingsPanel = () => {
  const { t } = useTranslation();
  const stored = useChannel('settings.read', {});
  const mayChange = usePermission('settings.manage');
  return (
    <Panel
      title={t('workspaceSettings.title')}
      note={mayChange ? t('workspaceSettings.note') : t('workspaceSettings.readOnly')}
    >
      <ChannelView of={stored}>
        {answer => <SettingsForm key={answer.version} stored={answer} mayChange={mayChange} />}
      </ChannelView>
    </Panel>
  );
};

const SettingsForm = ({ stored, mayChange }: { readonly stored: Stored; readonly mayChange: boolean }) => {
  const { t } = useTranslation();
  const [change, { isLoading, error }] = useCommand('settings.change');
  const [settings, setSettings] = useState(stored.settings);
  const [words, setWords] = useState(stored.settings.organisationWords.join(', '));
  const { idleLockMinutes, businessHours } = settings;
  const setHours = (part: Partial<typeof businessHours>): void =>
    setSettings({ ...settings, businessHours: { ...businessHours, ...part } });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    await change({ base: stored.version, settings: { ...settings, organisationWords: [...wordsOf(words)] } });
  };
  return (
    <form className={styles.group} onSubmit={event => void submit(event)}>
      <SettingRow
        name={t('workspaceSettings.idle')}
        modified={idleLockMinutes !== DEFAULTS.idleLockMinutes}
        onReset={() => setSettings({ ...settings, idleLockMinutes: DEFAULTS.idleLockMinutes })}
      >
        <NumberInput
          label={t('workspaceSettings.idle')}
          description={t('workspaceSettings.idleHint', { count: LONGEST_IDLE_MINUTES })}
          value={idleLockMinutes}
          onChange={value => setSettings({ ...settings, idleLockMinutes: Number(value) })}
          min={1}
          max={LONGEST_IDLE_MINUTES}
          clampBehavior="strict"
          allowDecimal={false}
          disabled={!mayChange}
          maw={260}
        />
      </SettingRow>
      <SettingRow
        name={t('workspaceSettings.hours')}
        modified={JSON.stringify(businessHours) !== JSON.stringify(DEFAULTS.businessHours)}
        onReset={() => setSettings({ ...settings, businessHours: DEFAULTS.businessHours })}
      >
        <Checkbox.Group
          label={t('workspaceSettings.hours')}
          description={t('workspaceSettings.hoursHint')}
          value={businessHours.days.map(String)}
          onChange={days => setHours({ days: days.map(Number).sort() })}
        >
          <div className={styles.choices}>
            {DAYS.map(day => (
              <Checkbox
                key={day}
                value={String(day)}
                label={t(`workspaceSettings.days.${day}`)}
                disabled={!mayChange}
              />
            ))}
          </div>
        </Checkbox.Group>
        <div className={styles.hours}>
          {(['from', 'to'] as const).map(end => (
            <TextInput
              key={end}
              type="time"
              mt={8}
              label={t(`workspaceSettings.${end}`)}
              value={businessHours[end]}
              onChange={event => setHours({ [end]: event.currentTarget.value })}
              required
              disabled={!mayChange}
            />
          ))}
        </div>
      </SettingRow>
      <SettingRow name={t('workspaceSettings.words')} modified={words !== ''} onReset={() => setWords('')}>
        <TextInput
          label={t('workspaceSettings.words')}
          description={t('workspaceSettings.wordsHint')}
          value={words}
          onChange={event => setWords(event.currentTarget.value)}
          disabled={!mayChange}
        />
      </SettingRow>
      {error === undefined ? null : <ErrorState error={error} />}
      {mayChange ? (
        <div>
          <Button type="submit" loading={isLoading} disabled={businessHours.days.length === 0}>
            {t('workspaceSettings.save')}
          </Button>
        </div>
      ) : null}
    </form>
  );
};
