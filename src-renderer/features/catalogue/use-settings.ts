import { useState } from 'react';
import type { DetectionSettingsShape } from '../../../src-main/contract/detection-settings.contract.ts';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import { type ChannelState, useChannel, useCommand } from '../../app/engine/channel-hooks.ts';
import type { Settings } from './catalogue-types.ts';

interface CaseSettings {
  readonly read: ChannelState<Settings>;
  /** Saves what `edit` makes of the settings in force; false when it was refused (`error` says why). */
  readonly change: (edit: (settings: DetectionSettingsShape) => DetectionSettingsShape) => Promise<boolean>;
  readonly busy: boolean;
  readonly error: NexusErrorData | undefined;
}

/** The case's settings of its tests, and how to change them: each change is a version of its own. */
export const useSettings = (caseId: string): CaseSettings => {
  const read = useChannel('detection-settings.read', { caseId });
  const [save, { isLoading }] = useCommand('detection-settings.change');
  const [error, setError] = useState<NexusErrorData | undefined>(undefined);
  const change: CaseSettings['change'] = async edit => {
    if (read.data === undefined) return false;
    const { error: refused } = await save({ caseId, base: read.data.version, settings: edit(read.data.settings) });
    setError(refused);
    return refused === undefined;
  };
  return { read, change, busy: isLoading, error };
};
