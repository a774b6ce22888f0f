import type { GrantedFile } from '../../../src-main/contract/bridge.ts';
import type { SIDES } from '../../../src-main/contract/imports.contract.ts';
import type { ChannelInput } from '../../../src-main/contract/index.ts';
import type { Overrides } from './column-roles.ts';
import { type ControlDraft, controlsOf } from './control-totals.ts';

type Side = (typeof SIDES)[number];

/** What the examiner said of a file. */
export interface FileSettings {
  /** The side chosen by hand; null: as its format says. */
  readonly side: Side | null;
  readonly overrides: Overrides;
  readonly controls: ControlDraft;
  readonly profileId: string | null;
}
/** A file before its import. */
export interface FileDraft extends GrantedFile, FileSettings {
  /** The side its format says; null until its preview was read. */
  readonly foundSide: Side | null;
  /** The archive's member that the preview shows; null: the first. */
  readonly member: string | null;
  /** True where the settings are those of an earlier, refused import of it. */
  readonly settingsKept: boolean;
}

/** Formats of ledgers, audit files and payment orders: what a firm booked or ordered, not what a bank says. */
const LEDGER_FORMATS: ReadonlySet<string> = new Set([
  'fec',
  'sie',
  'saft',
  'datev-csv',
  'xbrl-gl',
  'hledger',
  'beancount',
  'gnucash',
  'pain.001',
  'nacha',
  'fedwire',
]);

export const sideOfFormat = (format: string | null): Side =>
  format !== null && LEDGER_FORMATS.has(format) ? 'ledger' : 'bank';

const NO_SETTINGS: FileSettings = { side: null, overrides: {}, controls: {}, profileId: null };

export const newDraft = (file: GrantedFile, kept: FileSettings | undefined): FileDraft => ({
  ...file,
  ...(kept ?? NO_SETTINGS),
  foundSide: null,
  member: null,
  settingsKept: kept !== undefined,
});

/** A file by what a person would take for the same: its handle is used up by an import, its settings need not be. */
export const draftKey = ({ name, bytes }: GrantedFile): string => `${bytes} ${name}`;

export const settingsOf = ({ side, overrides, controls, profileId }: FileDraft): FileSettings => ({
  side,
  overrides,
  controls,
  profileId,
});

/** The drafts as `imports.start` takes them. */
export const requestedFiles = (drafts: readonly FileDraft[]): ChannelInput<'imports.start'>['files'] =>
  drafts.map(({ grant, side, foundSide, overrides, controls, profileId }) => {
    const given = controlsOf(controls);
    return {
      grant,
      side: side ?? foundSide ?? 'bank',
      overrides: { ...overrides },
      ...(given === undefined ? {} : { controls: given }),
      ...(profileId === null ? {} : { profileId }),
    };
  });
