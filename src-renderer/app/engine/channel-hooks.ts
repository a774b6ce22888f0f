import { skipToken } from '@reduxjs/toolkit/query/react';
import { useCallback } from 'react';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import type { ChannelAnswer, ChannelInput } from '../../../src-main/contract/index.ts';
import { type CommandChannel, engineApi, type QueryChannel } from './engine-api.ts';

export { skipToken };

export interface ChannelState<T> {
  /** The latest answer, also while a newer one is on its way. */
  readonly data: T | undefined;
  /** The answer to exactly this input; undefined while it is on its way. */
  readonly currentData: T | undefined;
  readonly error: NexusErrorData | undefined;
  readonly isLoading: boolean;
  readonly isFetching: boolean;
  readonly refetch: () => unknown;
}
interface ReadOptions {
  readonly refetchOnMountOrArgChange?: boolean;
}

/** Reads a query channel and keeps reading it when its records change. `skipToken` as input reads nothing. */
export const useChannel = <C extends QueryChannel>(
  channel: C,
  input: ChannelInput<C> | typeof skipToken,
  options: ReadOptions = {},
): ChannelState<ChannelAnswer<C>> =>
  engineApi.endpoints[channel].useQuery(input, options) as unknown as ChannelState<ChannelAnswer<C>>;

export type CommandOutcome<T> =
  | { readonly data: T; readonly error?: undefined }
  | { readonly data?: undefined; readonly error: NexusErrorData };
interface CommandState {
  readonly isLoading: boolean;
  readonly error: NexusErrorData | undefined;
  readonly reset: () => void;
}

/** A command channel as [run, state]; `run` never throws: a refusal is its outcome's error. */
export const useCommand = <C extends CommandChannel>(
  channel: C,
): readonly [(input: ChannelInput<C>) => Promise<CommandOutcome<ChannelAnswer<C>>>, CommandState] => {
  const [trigger, state] = engineApi.endpoints[channel].useMutation();
  const run = useCallback(
    async (input: ChannelInput<C>) => (await trigger(input)) as CommandOutcome<ChannelAnswer<C>>,
    [trigger],
  );
  return [run, { isLoading: state.isLoading, error: state.error as NexusErrorData | undefined, reset: state.reset }];
};
