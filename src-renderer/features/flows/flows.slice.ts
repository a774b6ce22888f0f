import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { FlowView } from './flow-view.ts';

/** A step of the history: what was done, and what it left on the screen. */
export interface FlowStep {
  readonly number: number;
  readonly title: string;
  readonly view: FlowView;
}

/** The graph of each case as the steps that led to it: leaving the screen keeps the place. */
interface FlowsState {
  readonly byCase: Readonly<Record<string, readonly FlowStep[]>>;
}

const initialState: FlowsState = { byCase: {} };

export const flowsSlice = createSlice({
  name: 'flows',
  initialState,
  reducers: {
    flowStepAdded: (
      state,
      { payload }: PayloadAction<{ caseId: string; title: string; view: FlowView }>,
    ): FlowsState => {
      const steps = state.byCase[payload.caseId] ?? [];
      const step: FlowStep = { number: steps.length + 1, title: payload.title, view: payload.view };
      return { byCase: { ...state.byCase, [payload.caseId]: [...(steps as readonly FlowStep[]), step] } };
    },
    flowStepUndone: (state, { payload }: PayloadAction<string>): FlowsState => ({
      byCase: { ...state.byCase, [payload]: ((state.byCase[payload] ?? []) as readonly FlowStep[]).slice(0, -1) },
    }),
    flowsForgotten: () => initialState,
  },
});
export const { flowStepAdded, flowStepUndone, flowsForgotten } = flowsSlice.actions;
