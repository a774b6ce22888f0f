import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import type { ChannelInput, ChannelResult } from '../../../src-main/contract/index.ts';
import type { AppThunk } from '../store.ts';
import { isCutOff } from '../transport/bridge.ts';
import { connectionLostError } from '../transport/browser-bridge.ts';
import type { JobChannel } from './engine-api.ts';
import { engineApi } from './engine-api.ts';
import { type JobView, jobSeen } from './jobs.slice.ts';

export type JobOutcome<T> =
  | { readonly state: 'done'; readonly result: T }
  | { readonly state: 'cancelled' }
  | { readonly state: 'failed'; readonly error: NexusErrorData };

const outcomeOf = <T>(job: JobView): JobOutcome<T> => {
  if (job.state === 'done') return { state: 'done', result: job.result as T };
  if (job.state === 'cancelled') return { state: 'cancelled' };
  return { state: 'failed', error: job.error as NexusErrorData };
};

/**
 * Starts a job and waits for its end. Listens before it asks, because a short job can finish before its id arrives.
 * Never rejects: a refusal, a failure and a lost connection are outcomes.
 */
export const runJob =
  <C extends JobChannel>(
    channel: C,
    input: ChannelInput<C>,
    started: (jobId: string) => void = () => {},
  ): AppThunk<Promise<JobOutcome<ChannelResult<C>>>> =>
  (dispatch, _state, { bridge }) =>
    new Promise(resolve => {
      const finished = new Map<string, JobView>();
      let jobId: string | null = null;
      const settle = (outcome: JobOutcome<ChannelResult<C>>): void => {
        stopEvents();
        stopConnection();
        resolve(outcome);
      };
      const stopEvents = bridge.subscribe(event => {
        if (event.name !== 'job.finished') return;
        finished.set(event.payload.jobId, event.payload);
        if (event.payload.jobId === jobId) settle(outcomeOf(event.payload));
      });
      let lost = false;
      const stopConnection =
        bridge.watchConnection?.(state => {
          if (!isCutOff(state) || lost) return;
          lost = true;
          if (jobId !== null) settle({ state: 'failed', error: connectionLostError() });
        }) ?? (() => {});
      void dispatch(engineApi.endpoints[channel].initiate(input)).then(answer => {
        if (answer.error !== undefined) {
          settle({ state: 'failed', error: answer.error as NexusErrorData });
          return;
        }
        jobId = (answer.data as { jobId: string }).jobId;
        started(jobId);
        const early = finished.get(jobId);
        if (early === undefined) return;
        dispatch(jobSeen(early));
        settle(outcomeOf(early));
      });
    });
