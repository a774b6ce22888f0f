/** What an entry is for a reviewer (21 CFR 11.10(e), ASVS 16.3): who looked, changed, took out, may do what, approved. */
export type AuditClass = 'access' | 'change' | 'export' | 'security' | 'clock' | 'approval';

export interface AuditAct {
  readonly class: AuditClass;
  /**
   * True where controls over financial reporting rest on it (Sarbanes-Oxley §§ 302, 404, 802): who may do what, changes
   * to records that a report rests on, what left, the log itself.
   */
  readonly sox: boolean;
}

const acts = (auditClass: AuditClass, sox: boolean, names: readonly string[]): [string, AuditAct][] =>
  names.map(name => [name, { class: auditClass, sox }]);

/** Every act that is written, by name: a test fails for one that is missing here. */
const ACTS: ReadonlyMap<string, AuditAct> = new Map([
  ...acts('access', false, [
    'evidence.viewed',
    'session.ended',
    'session.locked',
    'session.opened',
    'workspace.closed',
    'workspace.opened',
    'custody.original-opened',
  ]),
  ...acts('change', false, [
    'calibration.completed',
    'case.created',
    'evidence.import-discarded',
    'evidence.import-failed',
    'evidence.import-started',
    'finding.explanations-tried',
    'parties.proposed',
    'preferences.changed',
    'profile.removed',
    'profile.saved',
    'typology.saved',
    'workspace.created',
  ]),
  ...acts('change', true, [
    'case.closed',
    'case.hold-placed',
    'case.hold-released',
    'case.reopened',
    'category.confirmed',
    'detection-settings.changed',
    'duplicates.decided',
    'evidence.imported',
    'examination.completed',
    'finding.step-reverted',
    'finding.triaged',
    'parties.distinguished',
    'parties.merged',
    'parties.separated',
    'recipe.applied',
    'recipe.step-restored',
    'recipe.step-reverted',
    'reconciliation.completed',
    'reconciliation.hand-matched',
    'reconciliation.leftover-explained',
    'reconciliation.matches-rejected',
    'reconciliation.rate-added',
    'reconciliation.step-restored',
    'reconciliation.step-reverted',
    'reconciliation.unmatched',
    'report.built',
    'rule.removed',
    'rule.saved',
    'rules.imported',
    'source.archived',
    'source.restored',
    'standardization.completed',
  ]),
  ...acts('export', true, [
    'custody.certificate-drafted',
    'custody.original-exported',
    'custody.transferred',
    'log.export-started',
    'log.exported',
    'records.exported',
    'report.exported',
  ]),
  ...acts('approval', true, [
    'finding.decided',
    'finding.reviewed',
    'reconciliation.bulk-confirmed',
    'reconciliation.matches-confirmed',
    'reconciliation.period-locked',
    'reconciliation.period-unlocked',
  ]),
  ...acts('security', true, [
    'access.denied',
    'custody.check-started',
    'custody.checked',
    'log.genesis',
    'log.rollback-accepted',
    'log.station-joined',
    'log.verified',
    'workspace.recovered',
  ]),
  ...acts('clock', true, ['clock.anomaly', 'clock.consistent']),
]);

/** Acts by the noun they begin with, where all of one noun are alike. */
const NOUNS: ReadonlyMap<string, AuditAct> = new Map([
  ['account', { class: 'security', sox: true }],
  ['approval', { class: 'approval', sox: true }],
  ['assignment', { class: 'security', sox: true }],
  ['device-secret', { class: 'security', sox: true }],
  ['factor', { class: 'security', sox: true }],
  ['gateway', { class: 'security', sox: false }],
  ['keys', { class: 'security', sox: true }],
  ['oauth', { class: 'security', sox: true }],
  ['pov', { class: 'security', sox: false }],
  ['recovery-kit', { class: 'security', sox: true }],
  ['security', { class: 'security', sox: true }],
  ['session', { class: 'security', sox: false }],
  ['settings', { class: 'security', sox: true }],
  ['signin', { class: 'security', sox: true }],
]);

/** What an act is; null for one that this version does not know (a newer one may have written it). */
export const actOf = (act: string): AuditAct | null =>
  ACTS.get(act) ?? NOUNS.get(act.slice(0, act.indexOf('.'))) ?? null;

/**
 * Why a checkpoint follows an act: whoever holds what left, or a report that was built, can hold it against a state of the
 * log that was signed right after it. Null for none.
 */
export const checkpointAfter = (act: string): 'export' | 'sign' | null => {
  if (act === 'report.built') return 'sign';
  return actOf(act)?.class === 'export' ? 'export' : null;
};
