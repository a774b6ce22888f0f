import type { NexusBridge } from '../../../src-main/contract/bridge.ts';

export type ConnectionState = 'connecting' | 'connected' | 'lost';

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
