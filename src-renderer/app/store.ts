import { configureStore, type ThunkAction, type UnknownAction } from '@reduxjs/toolkit';
import { useDispatch, useSelector } from 'react-redux';
import { flowsSlice } from '../features/flows/flows.slice.ts';
import { engineApi, type StoreExtra } from './engine/engine-api.ts';
import { jobsSlice } from './engine/jobs.slice.ts';
import { patientCalls } from './engine/patient-calls.ts';
import { preferencesSlice, storePreferences } from './preferences.slice.ts';
import { rememberCase, sessionSlice } from './session.slice.ts';
import { StepUpGate } from './step-up/step-up-gate.ts';
import type { Bridge } from './transport/bridge.ts';

/** The window's store over one bridge. Preferences and the current case are written back as they change. */
export const createStore = (bridge: Bridge, stepUp: StepUpGate = new StepUpGate()) => {
  const extraArgument: StoreExtra = {
    bridge,
    stepUp,
    ask: patientCalls((channel, input) => bridge.invoke(channel, input)),
  };
  const store = configureStore({
    reducer: {
      [engineApi.reducerPath]: engineApi.reducer,
      jobs: jobsSlice.reducer,
      session: sessionSlice.reducer,
      preferences: preferencesSlice.reducer,
      flows: flowsSlice.reducer,
    },
    middleware: getDefault =>
      getDefault({ thunk: { extraArgument }, serializableCheck: false, immutableCheck: false }).concat(
        engineApi.middleware,
      ),
    devTools: false,
  });
  let { preferences, session } = store.getState();
  store.subscribe(() => {
    const next = store.getState();
    if (next.preferences !== preferences) storePreferences(next.preferences);
    if (next.session.caseId !== session.caseId) rememberCase(next.session.caseId);
    preferences = next.preferences;
    session = next.session;
  });
  return store;
};

export type AppStore = ReturnType<typeof createStore>;
export type RootState = ReturnType<AppStore['getState']>;
export type AppThunk<R> = ThunkAction<R, RootState, StoreExtra, UnknownAction>;
export const useAppDispatch = useDispatch.withTypes<AppStore['dispatch']>();
export const useAppSelector = useSelector.withTypes<RootState>();
