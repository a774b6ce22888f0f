import { accessSync, constants, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { GrantedFile } from '../contract/bridge.ts';
import { NexusError } from '../contract/errors.ts';
import type { Ports } from '../platform/ports.ts';
import type { SessionId } from './engine-client.ts';

interface Grant {
  readonly session: SessionId;
  readonly path: string;
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/** Handles for paths that a person chose in a host's dialog. A window knows the handle, never the path; each is used once. */
export class Grants {
  private readonly grants = new Map<string, Grant>();
  private readonly ports: Ports;
  constructor(ports: Ports) {
    this.ports = ports;
  }

  /** Lets a session use a path. A folder need not exist yet; a file must be there (its kind is checked when it is read). */
  issue(session: SessionId, path: string, kind: 'file' | 'folder'): GrantedFile {
    const absolute = resolve(path);
    const name = basename(absolute);
    let bytes = 0;
    if (kind === 'file') {
      try {
        bytes = statSync(absolute).size;
        accessSync(absolute, constants.R_OK);
      } catch (error) {
        const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
        throw new NexusError({
          code: missing ? 'file.not-found' : 'file.unreadable',
          category: 'input',
          message: missing ? `${path}: there is no such file.` : `${path}: this account may not read the file.`,
          file: name,
          kept: 'Nothing of this file was stored.',
          remedy: missing ? 'Check the path.' : 'Change the file’s permissions or copy it first.',
        });
      }
    }
    const grant = `grant-${this.ports.ids.next()}`;
    this.grants.set(grant, { session, path: absolute, name, kind });
    return { grant, name, bytes };
  }

  /** The path behind a handle, which stays usable (previews). */
  look(session: SessionId, grant: string, kind: 'file' | 'folder'): { readonly path: string; readonly name: string } {
    const found = this.grants.get(grant);
    if (found === undefined || found.session !== session || found.kind !== kind)
      throw new NexusError({
        code: 'grant.unknown',
        category: 'permission',
        message: 'This file handle is not known or was used already.',
        remedy: 'Choose the file again.',
      });
    return found;
  }

  /** The path behind a handle, which is used up. */
  take(session: SessionId, grant: string, kind: 'file' | 'folder'): { readonly path: string; readonly name: string } {
    const found = this.look(session, grant, kind);
    this.grants.delete(grant);
    return found;
  }

  forget(session: SessionId): void {
    for (const [grant, { session: owner }] of this.grants) if (owner === session) this.grants.delete(grant);
  }
}
