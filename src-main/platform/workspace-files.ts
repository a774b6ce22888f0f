import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { NexusError } from '../contract/errors.ts';
import { WorkspaceHeader } from './key-slots.ts';

/** Where things lie inside a workspace folder. */
export const workspacePaths = (folder: string) => ({
  header: join(folder, 'workspace.json'),
  store: join(folder, 'store.db'),
  evidence: join(folder, 'evidence'),
  lock: join(folder, 'workspace.lock'),
});

/** Makes the names in a folder durable. Windows has no such call: NTFS keeps names in its own log. */
export const syncFolder = (folder: string): void => {
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
};

/** Writes a file so that after a crash either all of it or nothing is there under its name. */
export const writeDurably = (path: string, bytes: Uint8Array | string): void => {
  const temporary = `${path}.new`;
  const fd = openSync(temporary, 'w', 0o600);
  try {
    writeFileSync(fd, bytes);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(temporary, path);
  syncFolder(join(path, '..'));
};

/** Writes a file that only its owner may read; refuses to replace one. */
export const writeNewFile = (path: string, text: string): void => {
  const fd = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
};

/** Writes a workspace's header: after a crash the old one or the new one is there. */
export const writeHeader = (folder: string, header: WorkspaceHeader): void =>
  writeDurably(workspacePaths(folder).header, `${JSON.stringify(header, null, 2)}\n`);

/** Makes the workspace's folder. Refuses one that already holds anything. */
export const createWorkspaceFolder = (folder: string): void => {
  const entries = existsSync(folder) ? (statSync(folder).isDirectory() ? readdirSync(folder) : null) : [];
  if (entries === null || entries.length > 0)
    throw new NexusError({
      code: 'workspace.exists',
      category: 'conflict',
      message: entries === null ? `${folder} is a file.` : `${folder} is not empty.`,
      kept: 'Nothing was changed.',
      remedy: 'Name a new folder, or open the workspace that is there.',
    });
  mkdirSync(join(folder, 'evidence'), { recursive: true, mode: 0o700 });
};

/** True when the folder holds a workspace header. */
export const isWorkspace = (folder: string): boolean => existsSync(workspacePaths(folder).header);

/** The header of a workspace. Throws `workspace.not-one` or `workspace.damaged-header`; reads only. */
export const readHeader = (folder: string): WorkspaceHeader => {
  let text: string;
  try {
    text = readFileSync(workspacePaths(folder).header, 'utf8');
  } catch {
    throw new NexusError({
      code: 'workspace.not-one',
      category: 'usage',
      message: `${folder} is not a NEXUS workspace: it has no workspace.json.`,
      kept: 'Nothing was changed.',
      remedy: 'Name the folder that `nexus examine --workspace` made.',
    });
  }
  try {
    return WorkspaceHeader.parse(JSON.parse(text));
  } catch {
    throw new NexusError({
      code: 'workspace.damaged-header',
      category: 'integrity',
      message: `${workspacePaths(folder).header} is damaged or of an unknown version.`,
      kept: 'Nothing was changed.',
      remedy: 'Restore workspace.json from a backup; never delete it: it holds the wrapped key.',
    });
  }
};
