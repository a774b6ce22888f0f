import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { LockReason } from '../../src-main/contract/sessions.contract.ts';
import type { ConnectionState } from './transport/bridge.ts';

const CASE_KEY = 'nexus.case';

interface SessionState {
  /** The case the tree, the import screen and the quality screen speak of. */
  readonly caseId: string | null;
  readonly connection: ConnectionState;
  /** Why the last session ended over its head; null once somebody signs in. */
  readonly lockReason: LockReason | null;
}
const initialState: SessionState = {
  caseId: globalThis.sessionStorage?.getItem(CASE_KEY) ?? null,
  connection: 'connected',
  lockReason: null,
};

/** The current case and the state of the connection to the engine. */
export const sessionSlice = createSlice({
  name: 'session',
  initialState,
  reducers: {
    caseChosen: (state, { payload }: PayloadAction<string | null>) => {
      state.caseId = payload;
    },
    connectionChanged: (state, { payload }: PayloadAction<ConnectionState>) => {
      state.connection = payload;
    },
    lockNoted: (state, { payload }: PayloadAction<LockReason | null>) => {
      state.lockReason = payload;
    },
  },
});
export const { caseChosen, connectionChanged, lockNoted } = sessionSlice.actions;

/** Keeps the current case over a reload of the window. */
export const rememberCase = (caseId: string | null): void => {
  if (caseId === null) sessionStorage.removeItem(CASE_KEY);
  else sessionStorage.setItem(CASE_KEY, caseId);
};
