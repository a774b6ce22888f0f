import type { RoleName } from '../features/identity/domain/policy.ts';
import type { SessionId } from './engine-client.ts';
import type { OpenWorkspace } from './open-workspace.ts';

/** One window, command or connection. Lives in the engine; hosts hold only its id. */
export interface Session {
  readonly id: SessionId;
  /** Null until a workspace is open. */
  opened: { readonly workspace: OpenWorkspace; readonly actor: string; readonly role: RoleName } | null;
  /** True once the host ended it; what is still under way may not open anything for it. */
  ended: boolean;
}
