import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { GrantedFile } from '../../contract/bridge.ts';
import type { EngineClient, SessionId } from '../../engine/engine-client.ts';

export type SampleFile = GrantedFile & { readonly side: 'bank' | 'ledger' };

const SIDES = ['bank', 'ledger'] as const;

/** Grants the sample examination's files: what lies in `bank/` and `ledger/` of the sample folder, in name order. */
export const grantSampleFiles = async (
  engine: EngineClient,
  session: SessionId,
  sampleFolder: string,
): Promise<readonly SampleFile[]> => {
  const granted: SampleFile[] = [];
  for (const side of SIDES) {
    const entries = await readdir(join(sampleFolder, side), { withFileTypes: true });
    const names = entries.filter(entry => entry.isFile()).map(entry => entry.name);
    for (const name of names.sort())
      granted.push({ ...(await engine.grantPath(session, join(sampleFolder, side, name), 'file')), side });
  }
  return granted;
};
