import { NexusError } from '../../../contract/errors.ts';
import type { MappingProfile } from '../../../contract/profiles.contract.ts';
import type { Handlers } from '../../../engine/handler.ts';
import { onCommand, onQuery } from '../../../engine/handler.ts';
import type { ProfileRecord } from '../storage/profile.repository.ts';
import {
  allProfiles,
  deleteProfile,
  insertProfile,
  profileByName,
  updateProfile,
} from '../storage/profile.repository.ts';
import { hasControls } from './control-totals.ts';
import { headerFingerprint } from './header-fingerprint.ts';
import { overridesOf, requireProfile } from './mapping-profile.ts';

const profileView = (profile: ProfileRecord): MappingProfile => ({
  id: profile.id,
  name: profile.name,
  institution: profile.institution,
  format: profile.format,
  header: JSON.parse(profile.header) as string[],
  overrides: { ...overridesOf(profile) },
  version: profile.version,
  createdAt: profile.created_at,
  updatedAt: profile.updated_at,
});

/** What the log keeps of a profile: a change of any of it is a new version. */
const logged = ({ id, name, institution, format, header, overrides, version }: ProfileRecord) => ({
  profile: id,
  name,
  institution,
  format,
  header,
  overrides,
  version,
});

export const profileHandlers: Handlers = {
  ...onQuery('profiles.list', ({ store }) => ({ profiles: allProfiles(store).map(profileView) })),
  ...onCommand('profiles.save', ({ store, audit, ports }, { id, name, institution, format, header, overrides }) => {
    if (hasControls(overrides))
      throw new NexusError({
        code: 'profile.controls',
        category: 'usage',
        message: 'Control totals are of one file: a profile holds none.',
      });
    const before = id === undefined ? undefined : requireProfile(store, id);
    const namesake = profileByName(store, name);
    if (namesake !== undefined && namesake.id !== before?.id)
      throw new NexusError({
        code: 'profile.exists',
        category: 'conflict',
        message: `There is a profile “${name}” already.`,
        kept: 'Nothing was changed.',
        remedy: 'Give another name, or save that profile by its id.',
      });
    const now = new Date(ports.clock.now()).toISOString();
    const row: ProfileRecord = {
      id: before?.id ?? ports.ids.next(),
      name,
      institution,
      format,
      header: headerFingerprint(header),
      overrides: JSON.stringify(overrides),
      version: (before?.version ?? 0) + 1,
      created_at: before?.created_at ?? now,
      updated_at: now,
    };
    if (before === undefined) insertProfile(store, row);
    else updateProfile(store, row);
    audit(logged(row));
    return profileView(row);
  }),
  ...onCommand('profiles.remove', ({ store, audit }, { id }) => {
    const profile = requireProfile(store, id);
    deleteProfile(store, id);
    audit(logged(profile));
    return {};
  }),
};
