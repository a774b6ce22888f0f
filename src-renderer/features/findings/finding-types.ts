import type { FINDING_STATES, SEVERITIES } from '../../../src-main/contract/findings.contract.ts';
import type { ChannelAnswer, ChannelInput } from '../../../src-main/contract/index.ts';

export type FindingsAnswer = ChannelAnswer<'findings.list'>;
export type FindingAnswer = ChannelAnswer<'findings.read'>;
export type Finding = FindingsAnswer['findings'][number];
export type FindingState = (typeof FINDING_STATES)[number];
export type Severity = (typeof SEVERITIES)[number];
export type TriageAction = ChannelInput<'findings.triage'>['action'];
export type ExplanationLine = FindingAnswer['explanations'][number];

/** The severities that a person can set, by the key that sets them: 1 is the gravest. */
export const SEVERITY_KEYS: readonly (readonly [key: string, severity: Severity])[] = [
  ['1', 'critical'],
  ['2', 'high'],
  ['3', 'medium'],
  ['4', 'low'],
];
