import { NexusError } from '../../../contract/errors.ts';
import type { ReadStore } from '../../../platform/store.ts';
import type { ProfileRecord } from '../storage/profile.repository.ts';
import { allProfiles, profileById } from '../storage/profile.repository.ts';
import { headerFingerprint } from './header-fingerprint.ts';

/** The settings a file is read with, and the profile they came from. */
export interface ImportSettings {
  readonly overrides: Readonly<Record<string, string>>;
  /** Null: what the format is. */
  readonly side: 'bank' | 'ledger' | null;
  readonly profile: { readonly id: string; readonly name: string; readonly version: number } | null;
}

/** Control totals as the contract takes them; they become settings. */
export interface Controls {
  readonly count?: number | undefined;
  readonly credits?: string | undefined;
  readonly debits?: string | undefined;
  readonly net?: string | undefined;
  readonly closing?: string | undefined;
}

export const requireProfile = (store: ReadStore, id: string): ProfileRecord => {
  const profile = profileById(store, id);
  if (profile === undefined)
    throw new NexusError({
      code: 'profile.unknown',
      category: 'not-found',
      message: `There is no mapping profile ${id} in this workspace.`,
    });
  return profile;
};

export const overridesOf = (profile: ProfileRecord): Readonly<Record<string, string>> =>
  JSON.parse(profile.overrides) as Record<string, string>;

const controlSettings = ({ count, credits, debits, net, closing }: Controls): Record<string, string> =>
  Object.fromEntries(
    Object.entries({
      controlCount: count === undefined ? undefined : String(count),
      controlCredits: credits,
      controlDebits: debits,
      controlNet: net,
      controlClosing: closing,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

/** What a file is read with: the profile's answers, before them the ones given by hand, and the control totals. */
export const importSettings = (
  profile: ProfileRecord | null,
  overrides: Readonly<Record<string, string>>,
  controls: Controls | undefined,
  side: ImportSettings['side'] = null,
): ImportSettings => ({
  side,
  overrides: {
    ...(profile === null ? {} : overridesOf(profile)),
    ...overrides,
    ...(controls === undefined ? {} : controlSettings(controls)),
  },
  profile: profile === null ? null : { id: profile.id, name: profile.name, version: profile.version },
});

/**
 * The profile made for tables with this header, among the header found or (where a question keeps the file from being
 * read) any of its first records. Proposed only: a person says whether it is used.
 */
export const proposedProfile = (
  store: ReadStore,
  format: string | null,
  headers: readonly (readonly string[])[],
): { readonly id: string; readonly name: string; readonly reason: string } | null => {
  const fingerprints = new Set(headers.filter(names => names.some(name => name.trim() !== '')).map(headerFingerprint));
  const profile = allProfiles(store).find(
    known => fingerprints.has(known.header) && (format === null || known.format === format),
  );
  if (profile === undefined) return null;
  const columns = (JSON.parse(profile.header) as string[]).length;
  return {
    id: profile.id,
    name: profile.name,
    reason: `its ${columns} column names are those of this file${profile.institution === '' ? '' : ` (${profile.institution})`}`,
  };
};
