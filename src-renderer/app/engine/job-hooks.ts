import { useCallback, useState } from 'react';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import type { ChannelInput, ChannelResult } from '../../../src-main/contract/index.ts';
import { type AppThunk, useAppDispatch, useAppSelector } from '../store.ts';
import type { JobChannel } from './engine-api.ts';
import { type JobView, newestFirst } from './jobs.slice.ts';
import { type JobOutcome, runJob } from './run-job.ts';

/** The newest running job of a channel; undefined when none runs. Holds across screens. */
export const useRunningJob = (channel: JobChannel): JobView | undefined =>
  useAppSelector(state => newestFirst(state.jobs.byId).find(job => job.channel === channel && job.state === 'running'));

interface JobRunner<C extends JobChannel> {
  readonly start: (input: ChannelInput<C>) => Promise<JobOutcome<ChannelResult<C>>>;
  readonly job: JobView | undefined;
  readonly starting: boolean;
  readonly outcome: JobOutcome<ChannelResult<C>> | null;
  readonly error: NexusErrorData | undefined;
  readonly reset: () => void;
}

/** Starts jobs of one channel and shows the running one, also when another screen started it. */
export const useJob = <C extends JobChannel>(channel: C): JobRunner<C> => {
  const dispatch = useAppDispatch();
  const job = useRunningJob(channel);
  const [starting, setStarting] = useState(false);
  const [outcome, setOutcome] = useState<JobOutcome<ChannelResult<C>> | null>(null);
  const start = useCallback(
    async (input: ChannelInput<C>) => {
      setStarting(true);
      setOutcome(null);
      const ended = await dispatch(runJob(channel, input, () => setStarting(false)));
      setStarting(false);
      setOutcome(ended);
      return ended;
    },
    [dispatch, channel],
  );
  const reset = useCallback(() => setOutcome(null), []);
  return { start, job, starting, outcome, error: outcome?.state === 'failed' ? outcome.error : undefined, reset };
};

/** Asks the engine to stop a job; its end comes as an event. */
export const useCancelJob = (): ((jobId: string) => void) => {
  const dispatch = useAppDispatch();
  return useCallback(jobId => void dispatch(cancelJob(jobId)), [dispatch]);
};

const cancelJob =
  (jobId: string): AppThunk<Promise<unknown>> =>
  (_dispatch, _state, { bridge }) =>
    bridge.invoke('jobs.cancel', { jobId });
