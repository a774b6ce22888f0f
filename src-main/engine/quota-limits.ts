import type { ChannelEntry } from '../contract/channel.ts';

/** What one session may ask of one channel. */
export interface ChannelLimits {
  /** Calls that may come at once after a pause. */
  readonly burst: number;
  /** Calls a second that may go on for ever. */
  readonly perSecond: number;
  /** Calls (for a job: runs) that may be under way at once. */
  readonly concurrent: number;
  /** Length of the input as JSON text, in UTF-16 units. */
  readonly inputCharacters: number;
}

/** Far above what a person, a grid that scrolls or a script of the command line asks; far below a flood. */
const OF_KIND: Readonly<Record<ChannelEntry['kind'], ChannelLimits>> = {
  query: { burst: 400, perSecond: 200, concurrent: 128, inputCharacters: 262_144 },
  command: { burst: 200, perSecond: 50, concurrent: 64, inputCharacters: 1_048_576 },
  job: { burst: 500, perSecond: 100, concurrent: 8, inputCharacters: 1_048_576 },
};

/** A try at a passphrase takes 64 MiB or more and most of a second of every core: two at once are enough for a person. */
const STRETCHES_A_PASSPHRASE: ChannelLimits = { burst: 60, perSecond: 5, concurrent: 2, inputCharacters: 16_384 };

/** Channels that differ from their kind. */
const OF_CHANNEL: Readonly<Record<string, Partial<ChannelLimits>>> = {
  'workspaces.create': STRETCHES_A_PASSPHRASE,
  'workspaces.open': STRETCHES_A_PASSPHRASE,
  'workspaces.verify': STRETCHES_A_PASSPHRASE,
  // A whole recipe or book of rules from a file.
  'recipes.apply': { inputCharacters: 2_000_000 },
  'rules.import': { inputCharacters: 2_000_000 },
};

/** The limits of a channel: those of its kind, unless it has its own. */
export const limitsOf = (channel: string, kind: ChannelEntry['kind']): ChannelLimits => ({
  ...OF_KIND[kind],
  ...OF_CHANNEL[channel],
});
