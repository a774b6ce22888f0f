import type { NexusBridge } from '../../../src-main/contract/bridge.ts';

/** `lost` is tried again by itself; `taken-over` (another tab has the session) and `refused` (another host) are not. */
export type ConnectionState = 'connecting' | 'connected' | 'lost' | 'taken-over' | 'refused';

/** Whether requests find no engine behind them. */
export const isCutOff = (state: ConnectionState): boolean => state !== 'connecting' && state !== 'connected';

/** The window's bridge. Over a socket it can be lost; inside Electron it cannot, so `watchConnection` is absent. */
export interface Bridge extends NexusBridge<File> {
  /** Calls the listener at once and at each change until the returned function is called. */
  watchConnection?(listener: (state: ConnectionState) => void): () => void;
}

declare global {
  interface Window {
    nexus?: Bridge;
  }
}
