import type { WireResult } from './errors.ts';
import type { NexusEvent } from './events.ts';

/** A file the user chose: an opaque one-use handle with what a person needs to recognize it. Never a path. */
export interface GrantedFile {
  readonly grant: string;
  readonly name: string;
  readonly bytes: number;
}

/** A folder that something is to be written into: an opaque one-use handle and what a person calls it. Never a path. */
export interface GrantedFolder {
  readonly grant: string;
  readonly name: string;
}

/**
 * The one bridge a window has (`window.nexus`), the same over Electron IPC and over WebSocket.
 * `DroppedFile` is the DOM's File in a window.
 */
export interface NexusBridge<DroppedFile = unknown> {
  readonly host: 'electron' | 'browser';
  invoke(channel: string, input: unknown): Promise<WireResult<unknown>>;
  /** Calls the listener for every engine event until the returned function is called. */
  subscribe(listener: (event: NexusEvent) => void): () => void;
  /** Opens the host's file dialog; [] when the user cancels. */
  chooseFiles(): Promise<readonly GrantedFile[]>;
  /**
   * The folder that the user chose in the host's dialog; null when the user cancels. A browser has no dialog for folders
   * of the machine: its host makes a new folder in the NEXUS folder, and says which.
   */
  chooseFolder(): Promise<GrantedFolder | null>;
  /** Turns files dropped on the window into grants. */
  grantDroppedFiles(files: readonly DroppedFile[]): Promise<readonly GrantedFile[]>;
  /** The sample examination's files that ship with NEXUS. */
  sampleFiles(): Promise<readonly (GrantedFile & { readonly side: 'bank' | 'ledger' })[]>;
}
