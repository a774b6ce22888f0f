import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import type { ChannelAnswer, ChannelInput } from '../../../src-main/contract/index.ts';
import type { Bridge } from '../../app/transport/bridge.ts';
import { downloadFile } from '../reports/download-file.ts';

const PART_LINES = 500;

/** Saves matches (and, without a filter, open rows and totals) as one CSV, read in parts. Gives the refusal, or null when all was saved. */
export const exportReconciliation = async (
  bridge: Bridge,
  input: Omit<ChannelInput<'reconciliations.export'>, 'offset' | 'limit'>,
): Promise<NexusErrorData | null> => {
  const parts: string[] = [];
  for (let offset = 0; ; ) {
    const result = await bridge.invoke('reconciliations.export', { ...input, offset, limit: PART_LINES });
    if (!result.ok) return result.error;
    const { total, lines, fileName, content } = result.value as ChannelAnswer<'reconciliations.export'>;
    parts.push(content);
    offset += lines;
    if (lines === 0 || offset >= total) {
      downloadFile(fileName, 'text/csv;charset=utf-8', parts.join(''));
      return null;
    }
  }
};
