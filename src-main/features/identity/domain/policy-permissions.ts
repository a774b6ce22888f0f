import type { Noun, RoleName, Verb } from './policy-matrix.ts';
import { ROLE_MATRIX, ROLE_NAMES } from './policy-matrix.ts';

/**
 * Where a permission comes from: a verb on one of some nouns of the matrix; from being signed in at all; from the
 * supervisor's duty, which no role and no point of view gives; or from nothing (`public`: no workspace is touched).
 */
export type PermissionSource =
  | { readonly from: 'matrix'; readonly verb: Verb; readonly anyOf: readonly Noun[] }
  | { readonly from: 'sign-in' }
  | { readonly from: 'supervisor' }
  | { readonly from: 'nothing' };

const matrix = (verb: Verb, ...anyOf: readonly Noun[]): PermissionSource => ({ from: 'matrix', verb, anyOf });

/** Data that names accounts and persons; strategic data does not. */
const RECORDS = ['all_financial_data', 'legal_evidence', 'all_data'] as const;
const SIGN_IN: PermissionSource = { from: 'sign-in' };
const SUPERVISOR: PermissionSource = { from: 'supervisor' };

/** Every permission a channel may ask for. What is not in here nobody has. */
export const PERMISSION_SOURCES = {
  public: { from: 'nothing' },
  'workspace.use': SIGN_IN,
  'account.own': SIGN_IN,
  'account.read': SIGN_IN,
  'case.read': matrix('read', ...RECORDS, 'strategic_data'),
  'finding.read': matrix('read', ...RECORDS, 'strategic_data'),
  'report.read': matrix('read', ...RECORDS, 'strategic_data'),
  'evidence.read': matrix('read', ...RECORDS),
  'audit.read': matrix('read', ...RECORDS),
  'audit.export': matrix('read', ...RECORDS),
  'custody.read': matrix('read', ...RECORDS),
  'case.write': matrix('write', 'financial_analysis'),
  'evidence.import': matrix('write', 'financial_analysis'),
  'finding.decide': matrix('write', 'financial_analysis'),
  'report.build': matrix('write', 'financial_analysis', 'case_documents'),
  'detection.run': matrix('execute', 'data_reconciliation'),
  'custody.transfer': matrix('execute', 'data_reconciliation', 'evidence_collection'),
  'finding.approve': matrix('approve', 'fraud_detection_alerts'),
  'account.manage': SUPERVISOR,
  'account.approve': SUPERVISOR,
  'security.read': SUPERVISOR,
  'settings.manage': SUPERVISOR,
} as const satisfies Record<string, PermissionSource>;

const PERMISSION_NAMES = Object.keys(PERMISSION_SOURCES) as (keyof typeof PERMISSION_SOURCES)[];

const gives = (role: RoleName, source: PermissionSource): boolean => {
  switch (source.from) {
    case 'nothing':
    case 'sign-in':
      return true;
    case 'supervisor':
      return false;
    case 'matrix': {
      const held: readonly Noun[] = ROLE_MATRIX[role][source.verb];
      return source.anyOf.some(noun => held.includes(noun));
    }
  }
};

/** What each role may do, as it follows from the matrix. */
export const ROLE_PERMISSIONS: Readonly<Record<RoleName, readonly string[]>> = Object.fromEntries(
  ROLE_NAMES.map(role => [role, PERMISSION_NAMES.filter(name => gives(role, PERMISSION_SOURCES[name]))]),
) as unknown as Record<RoleName, readonly string[]>;

/** What an account with the supervisor's duty may do besides its roles, whichever point of view it takes. */
export const SUPERVISOR_PERMISSIONS: readonly string[] = PERMISSION_NAMES.filter(
  name => PERMISSION_SOURCES[name].from === 'supervisor',
);
