import { SourceFile } from '../../../platform/source-file.ts';
import type { ImportSettings } from './mapping-profile.ts';

/** A granted file that is to be imported. */
export interface RequestedFile {
  readonly caseId: string;
  readonly path: string;
  readonly name: string;
  readonly settings: ImportSettings;
}

/** Size of a file that can be read, and whether it begins as ZIP containers do; throws the refusal of one that cannot. */
export const lookAt = (path: string, name: string): { readonly bytes: number; readonly mayBeArchive: boolean } => {
  const file = new SourceFile(path, name);
  try {
    const head = file.read(0, 4);
    return { bytes: file.bytes, mayBeArchive: head[0] === 0x50 && head[1] === 0x4b };
  } finally {
    file.close();
  }
};
