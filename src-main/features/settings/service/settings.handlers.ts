import { NexusError } from '../../../contract/errors.ts';
import type { WorkspaceSettings } from '../../../contract/settings.contract.ts';
import type { CommandContext, Handlers } from '../../../engine/handler.ts';
import { onCommand, onQuery } from '../../../engine/handler.ts';
import { insertWorkspaceSettings, workspaceSettings } from '../storage/workspace-settings.repository.ts';

const refused = (category: 'usage' | 'conflict', code: string, message: string, remedy: string): NexusError =>
  new NexusError({ code, category, message, kept: 'The settings are as they were.', remedy });

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    // A RangeError is how Intl says that it knows no such zone.
    return false;
  }
};

const assertSensible = ({ businessHours: { from, to, timeZone } }: WorkspaceSettings): void => {
  if (from >= to)
    throw refused('usage', 'settings.hours', `Business hours end (${to}) before they begin (${from}).`, 'Swap them.');
  if (timeZone !== null && !isTimeZone(timeZone))
    throw refused(
      'usage',
      'settings.time-zone',
      `There is no time zone “${timeZone}”.`,
      'Give an IANA name such as Europe/Vienna, or none for the station’s own.',
    );
};

/** Names of the settings that differ. */
const differing = (before: WorkspaceSettings, after: WorkspaceSettings): string[] =>
  (Object.keys(after) as (keyof WorkspaceSettings)[]).filter(
    name => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );

const change = (
  { store, session, ports, audit }: CommandContext,
  { base, settings }: { readonly base: number; readonly settings: WorkspaceSettings },
) => {
  const before = workspaceSettings(store);
  if (before.version !== base)
    throw refused(
      'conflict',
      'settings.changed',
      `The settings are at version ${before.version}; this change was made on version ${base}.`,
      'Look at the settings as they are now and make the change again.',
    );
  assertSensible(settings);
  const changed = differing(before.settings, settings);
  if (changed.length === 0)
    throw refused(
      'conflict',
      'settings.unchanged',
      'These are the settings already in force.',
      'Nothing needs to be done.',
    );
  insertWorkspaceSettings(store, {
    version: base + 1,
    at: new Date(ports.clock.now()).toISOString(),
    actor: session.opened?.actor ?? '',
    settings,
  });
  // The words say what passwords people might choose: the log names that they changed, not which they are.
  const { organisationWords, ...told } = settings;
  audit({ version: base + 1, changed, settings: JSON.stringify(told), organisationWords: organisationWords.length });
  return workspaceSettings(store);
};

const mutable = ({ settings, ...version }: ReturnType<typeof workspaceSettings>) => ({
  ...version,
  settings: {
    ...settings,
    businessHours: { ...settings.businessHours, days: [...settings.businessHours.days] },
    organisationWords: [...settings.organisationWords],
  },
});

export const settingsHandlers: Handlers = {
  ...onQuery('settings.read', ({ store }) => mutable(workspaceSettings(store))),
  ...onCommand('settings.change', (context, input) => mutable(change(context, input))),
};
