import { createSlice, type PayloadAction } from '@reduxjs/toolkit';

const STORAGE_KEY = 'nexus.preferences';

export type Density = 'comfortable' | 'compact';
export interface Preferences {
  readonly density: Density;
  /** WCAG 2.1.4: shortcuts of a single letter can be switched off. */
  readonly singleKeys: boolean;
}
const DEFAULTS: Preferences = { density: 'comfortable', singleKeys: true };

/** Preferences from stored text; what is missing, foreign or unreadable keeps its default. */
export const parsePreferences = (text: string | null): Preferences => {
  if (text === null) return DEFAULTS;
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return DEFAULTS;
  }
  if (typeof stored !== 'object' || stored === null) return DEFAULTS;
  const { density, singleKeys } = stored as Record<string, unknown>;
  return {
    density: density === 'compact' || density === 'comfortable' ? density : DEFAULTS.density,
    singleKeys: typeof singleKeys === 'boolean' ? singleKeys : DEFAULTS.singleKeys,
  };
};

/** How this person likes the window; kept on this machine, no part of any case. */
export const preferencesSlice = createSlice({
  name: 'preferences',
  initialState: parsePreferences(globalThis.localStorage?.getItem(STORAGE_KEY) ?? null),
  reducers: {
    densityChosen: (state, { payload }: PayloadAction<Density>) => {
      state.density = payload;
    },
    singleKeysSwitched: (state, { payload }: PayloadAction<boolean>) => {
      state.singleKeys = payload;
    },
  },
});
export const { densityChosen, singleKeysSwitched } = preferencesSlice.actions;

export const storePreferences = (preferences: Preferences): void =>
  localStorage.setItem(STORAGE_KEY, JSON.stringify(preferences));
