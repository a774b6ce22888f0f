import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { JobView } from '../../../src-main/contract/jobs.contract.ts';

export type { JobView };

interface JobsState {
  readonly byId: Record<string, JobView>;
  readonly panelOpen: boolean;
}
const initialState: JobsState = { byId: {}, panelOpen: false };

/** Jobs as the engine's events tell them, and whether the Jobs panel is open. */
export const jobsSlice = createSlice({
  name: 'jobs',
  initialState,
  reducers: {
    jobSeen: (state, { payload }: PayloadAction<JobView>) => {
      const known = state.byId[payload.jobId];
      // Events can overtake each other: a finished job never runs again.
      if (known !== undefined && known.state !== 'running' && payload.state === 'running') return;
      state.byId[payload.jobId] = payload;
    },
    jobsForgotten: state => {
      state.byId = {};
    },
    jobsPanelToggled: (state, { payload }: PayloadAction<boolean | undefined>) => {
      state.panelOpen = payload ?? !state.panelOpen;
    },
  },
});
export const { jobSeen, jobsForgotten, jobsPanelToggled } = jobsSlice.actions;

/** Jobs, newest first. */
export const newestFirst = (byId: Readonly<Record<string, JobView>>): readonly JobView[] =>
  Object.values(byId).sort((a, b) => b.startedAt.localeCompare(a.startedAt));
