import { base64, fromBase64 } from './base64.ts';

/** What a checkpoint states (c2sp.org/tlog-checkpoint): so many entries of that log have this root. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** The text a station signs: origin, size and root, a line each. */
export const checkpointText = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${base64(root)}\n`;

/** What such a text states; null when it is not exactly of that form. */
export const parseCheckpoint = (text: string): Checkpoint | null => {
  const [origin = '', sizeText = '', rootText = '', end, ...more] = text.split('\n');
  const root = fromBase64(rootText);
  const size = /^(0|[1-9]\d*)$/.test(sizeText) ? Number(sizeText) : Number.NaN;
  const isOne = origin !== '' && Number.isSafeInteger(size) && root?.length === 32 && end === '' && more.length === 0;
  return isOne ? { origin, size, root } : null;
};
