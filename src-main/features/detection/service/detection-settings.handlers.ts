import { NexusError } from '../../../contract/errors.ts';
import type { CommandContext, Handlers } from '../../../engine/handler.ts';
import { onCommand, onQuery } from '../../../engine/handler.ts';
import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import type { DetectionSettings } from '../domain/detection-settings.ts';
import { checkSettings, NO_SETTINGS, SHARED_PARAMETERS, settingsChanges } from '../domain/detection-settings.ts';
import { TEST_CATALOGUE } from '../domain/test-catalogue.ts';
import { currentSettings, insertSettings, settingsVersions } from '../storage/detection-settings.repository.ts';

const shape = ({ values, overrides, off }: DetectionSettings) => ({
  values: { ...values },
  overrides: Object.fromEntries(Object.entries(overrides).map(([test, own]) => [test, { ...own }])),
  off: { ...off },
});

/** Settings as they are stored, or a refusal that names the place and what is allowed. */
const accepted = (settings: DetectionSettings): DetectionSettings => {
  const checked = checkSettings(settings, TEST_CATALOGUE);
  if (checked.ok) return checked.value;
  const { code, message, place, allowed } = checked.error;
  throw new NexusError({
    code,
    category: 'usage',
    message: `The settings were refused: ${message}.`,
    kept: 'The settings are as they were.',
    candidates: { [place]: [...allowed] },
  });
};

const change = (
  { store, session, ports, audit }: CommandContext,
  { caseId, base, settings: given }: { caseId: string; base: number; settings: DetectionSettings },
) => {
  requireCase(store, caseId);
  const before = currentSettings(store, caseId);
  if (before.version !== base)
    throw new NexusError({
      code: 'settings.changed',
      category: 'conflict',
      message: `The settings are at version ${before.version}; this change was made on version ${base}.`,
      kept: 'The settings are as they were.',
      remedy: 'Look at the settings as they are now and make the change again.',
    });
  const settings = accepted(given);
  const changes = settingsChanges(before.settings, settings);
  if (changes.length === 0)
    throw new NexusError({
      code: 'settings.unchanged',
      category: 'conflict',
      message: 'These are the settings already in force.',
    });
  const version = before.version + 1;
  insertSettings(store, caseId, {
    version,
    at: new Date(ports.clock.now()).toISOString(),
    actor: session.opened?.actor ?? 'system',
    settings,
  });
  audit({ case: caseId, version, changes, settings: `sha256:${hex(sha256(utf8(JSON.stringify(settings))))}` });
  return { version, settings: shape(settings) };
};

export const detectionSettingsHandlers: Handlers = {
  ...onQuery('detection-settings.read', ({ store }, { caseId }) => {
    requireCase(store, caseId);
    const versions = settingsVersions(store, caseId);
    const { version, settings } = currentSettings(store, caseId);
    return {
      version,
      settings: shape(settings),
      shared: SHARED_PARAMETERS.map(({ name, kind, choices, meaning }) => ({
        name,
        kind,
        meaning,
        tests: TEST_CATALOGUE.filter(test => test.parameters.some(own => own.name === name)).map(test => test.id),
        ...(choices === undefined ? {} : { choices: [...choices] }),
      })),
      history: versions
        .map((known, i) => ({
          version: known.version,
          at: known.at,
          actor: known.actor,
          changes: settingsChanges(versions[i - 1]?.settings ?? NO_SETTINGS, known.settings),
          settings: shape(known.settings),
        }))
        .reverse(),
    };
  }),
  ...onCommand('detection-settings.change', change),
};
