import { useState } from 'react';
import type { GrantedFolder } from '../../src-main/contract/bridge.ts';
import type { NexusErrorData } from '../../src-main/contract/errors.ts';
import { useBridge } from './BridgeContext.tsx';
import { asNexusError } from './error-parts.ts';

interface FolderChoice {
  /** Null: none was chosen, or the choice was refused, which `error` tells. */
  readonly choose: () => Promise<GrantedFolder | null>;
  readonly error: NexusErrorData | null;
  /** In a browser the host makes a new folder instead of asking for one. */
  readonly isMadeByHost: boolean;
}

/** Asks the host for a folder to write into. A choice holds for one act. */
export const useFolderChoice = (): FolderChoice => {
  const bridge = useBridge();
  const [error, setError] = useState<NexusErrorData | null>(null);
  const choose = async (): Promise<GrantedFolder | null> => {
    setError(null);
    try {
      return await bridge.chooseFolder();
    } catch (refusal) {
      setError(asNexusError(refusal));
      return null;
    }
  };
  return { choose, error, isMadeByHost: bridge.host === 'browser' };
};
