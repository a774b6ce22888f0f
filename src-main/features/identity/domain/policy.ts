/**
 * What each role may do: the seed's matrix (docs/permissions.md), as data. Until accounts exist a workspace's passphrase
 * holder chooses the role a session takes; a role only narrows.
 */
export const ROLE_PERMISSIONS = {
  financial_examiner: [
    'public',
    'workspace.use',
    'case.read',
    'case.write',
    'evidence.read',
    'evidence.import',
    'finding.read',
    'finding.decide',
    'finding.approve',
    'detection.run',
    'report.read',
    'report.build',
    'audit.read',
  ],
  prosecutor: [
    'public',
    'workspace.use',
    'case.read',
    'evidence.read',
    'finding.read',
    'report.read',
    'report.build',
    'audit.read',
  ],
  judge: ['public', 'workspace.use', 'case.read', 'evidence.read', 'finding.read', 'report.read', 'audit.read'],
  executive: ['public', 'workspace.use', 'case.read', 'finding.read', 'report.read'],
} as const satisfies Record<string, readonly string[]>;

export type RoleName = keyof typeof ROLE_PERMISSIONS;

/** True when a session of that role (null: no workspace open) may use channels with that permission. */
export const mayUse = (role: RoleName | null, permission: string): boolean =>
  role === null ? permission === 'public' : (ROLE_PERMISSIONS[role] as readonly string[]).includes(permission);
