import type { BaseQueryFn } from '@reduxjs/toolkit/query';
import {
  createApi,
  type EndpointBuilder,
  type MutationDefinition,
  type QueryDefinition,
} from '@reduxjs/toolkit/query/react';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import { type ChannelName, type Contract, contract } from '../../../src-main/contract/index.ts';
import type { StepUpGate } from '../step-up/step-up-gate.ts';
import type { Bridge } from '../transport/bridge.ts';
import { nounOf, tagsChangedBy } from './channel-tags.ts';

const STEP_UP_NEEDED = 'session.step-up-needed';

export type QueryChannel = { [C in ChannelName]: Contract[C]['kind'] extends 'query' ? C : never }[ChannelName];
export type CommandChannel = { [C in ChannelName]: Contract[C]['kind'] extends 'command' ? C : never }[ChannelName];
export type JobChannel = { [C in ChannelName]: Contract[C]['kind'] extends 'job' ? C : never }[ChannelName];

/** What thunks and the base query reach besides the state. */
export interface StoreExtra {
  readonly bridge: Bridge;
  readonly stepUp: StepUpGate;
  /** Queries of all screens go through one line, so that a screen may ask as much as it shows. */
  readonly ask: Bridge['invoke'];
}

interface ChannelCall {
  readonly channel: ChannelName;
  readonly input: unknown;
}
type BridgeQuery = BaseQueryFn<ChannelCall, unknown, NexusErrorData>;
type AnyQuery = QueryDefinition<unknown, BridgeQuery, string, unknown, 'engine'>;
type AnyMutation = MutationDefinition<unknown, BridgeQuery, string, unknown, 'engine'>;
type Endpoints = Record<QueryChannel, AnyQuery> & Record<CommandChannel | JobChannel, AnyMutation>;

/** Asks the engine. A refusal for want of a fresh proof asks the person for one, then the engine again: no screen has to. */
const bridgeQuery: BridgeQuery = async ({ channel, input }, { extra }) => {
  const { bridge, stepUp, ask } = extra as StoreExtra;
  const invoke: Bridge['invoke'] = contract[channel].kind === 'query' ? ask : (...call) => bridge.invoke(...call);
  let result = await invoke(channel, input);
  if (!result.ok && result.error.code === STEP_UP_NEEDED && (await stepUp.request()))
    result = await invoke(channel, input);
  return result.ok ? { data: result.value } : { error: result.error };
};

const CHANNELS = Object.keys(contract) as ChannelName[];
export const TAGS: readonly string[] = [...new Set(CHANNELS.map(nounOf))];

/** One endpoint for each channel of the contract: a query reads and is cached, a command or job changes. */
const deriveEndpoints = (build: EndpointBuilder<BridgeQuery, string, 'engine'>): Endpoints =>
  Object.fromEntries(
    CHANNELS.map(channel => [
      channel,
      contract[channel].kind === 'query'
        ? build.query<unknown, unknown>({
            query: input => ({ channel, input }),
            providesTags: [nounOf(channel)],
          })
        : build.mutation<unknown, unknown>({
            query: input => ({ channel, input }),
            invalidatesTags: (_answer, error) =>
              error === undefined && contract[channel].kind === 'command' ? tagsChangedBy(channel, TAGS) : [],
          }),
    ]),
  ) as unknown as Endpoints;

/** The engine seen from the window: RTK Query over the bridge, derived from the contract. Use the hooks of channel-hooks.ts. */
export const engineApi = createApi({
  reducerPath: 'engine',
  baseQuery: bridgeQuery,
  tagTypes: TAGS,
  keepUnusedDataFor: 30,
  endpoints: deriveEndpoints,
});
