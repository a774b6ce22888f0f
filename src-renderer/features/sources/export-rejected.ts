import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import type { Bridge } from '../../app/transport/bridge.ts';
import { downloadFile } from '../reports/download-file.ts';

const PART_ROWS = 10_000;

/** Saves every rejected record of a source as one CSV, read in parts. Gives the refusal, or null when all of it was saved. */
export const exportRejected = async (bridge: Bridge, sourceId: string): Promise<NexusErrorData | null> => {
  const parts: string[] = [];
  for (let offset = 0; ; ) {
    const result = await bridge.invoke('sources.exportRejected', { sourceId, offset, limit: PART_ROWS });
    if (!result.ok) return result.error;
    const { total, rows, fileName, content } = result.value as ChannelAnswer<'sources.exportRejected'>;
    parts.push(content);
    offset += rows;
    if (rows === 0 || offset >= total) {
      downloadFile(fileName, 'text/csv;charset=utf-8', parts.join(''));
      return null;
    }
  }
};
