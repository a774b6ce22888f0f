import type { RoleName } from './policy-matrix.ts';
import { ROLE_PERMISSIONS, SUPERVISOR_PERMISSIONS } from './policy-permissions.ts';

export type { RoleName } from './policy-matrix.ts';

/** What rights follow from: the roles granted to an account and whether it supervises others. */
export interface RightsHolder {
  /** Primary role first. */
  readonly roles: readonly RoleName[];
  readonly supervisor: boolean;
}

/**
 * Effective rights: what any granted role allows, narrowed to what the point of view allows, and a supervisor's
 * duties. Whatever the point of view, nothing is in it that the roles do not grant.
 */
export const rightsOf = (holder: RightsHolder, pov: RoleName): ReadonlySet<string> => {
  const granted = new Set<string>(holder.roles.flatMap(role => [...ROLE_PERMISSIONS[role]]));
  const effective = new Set<string>(ROLE_PERMISSIONS[pov].filter(permission => granted.has(permission)));
  if (holder.supervisor) for (const permission of SUPERVISOR_PERMISSIONS) effective.add(permission);
  return effective;
};

/** True when someone with these roles and point of view (null: no workspace open) may use channels with that permission. */
export const mayUse = (holder: RightsHolder | null, pov: RoleName | null, permission: string): boolean =>
  holder === null || pov === null ? permission === 'public' : rightsOf(holder, pov).has(permission);

/**
 * True when account numbers are shown whole: to those whose rights reach the records. Strategic data carries none, so
 * whoever has only that sees them masked, wherever they occur.
 */
export const seesAccountNumbers = (holder: RightsHolder, pov: RoleName): boolean =>
  rightsOf(holder, pov).has('evidence.read');
