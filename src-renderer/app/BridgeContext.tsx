import { createContext, useContext } from 'react';
import type { Bridge } from './transport/bridge.ts';

/** The bridge, for the few screens that ask for files. Everything else goes through channel-hooks.ts. */
export const BridgeContext = createContext<Bridge | null>(null);

export const useBridge = (): Bridge => {
  const bridge = useContext(BridgeContext);
  if (bridge === null) throw new Error('useBridge needs a BridgeContext around it');
  return bridge;
};
