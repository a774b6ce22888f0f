import type { ChannelName } from '../../contract/index.ts';
import { rightsOf } from '../../features/identity/domain/policy.ts';
import { assignedCases } from '../../features/identity/storage/case-assignment.repository.ts';
import { caseIds } from '../../features/identity/storage/object-case.repository.ts';
import type { OpenedSession } from '../session.ts';
import { refusal } from './refusals.ts';

const OF_ENTRIES: ReadonlySet<string> = new Set<ChannelName>(['audits.list', 'audits.search']);

interface Listed {
  readonly entries: readonly { readonly object: string }[];
}

/**
 * Lists of the log as someone may read them: entries of cases they do not work on keep who did what and when, which is what
 * a log is for, and lose their object, which holds names, figures and reasons of the case.
 */
export const hideForeignEntries = (opened: OpenedSession | null, channel: ChannelName, output: unknown): unknown => {
  if (opened === null || !OF_ENTRIES.has(channel)) return output;
  const assigned = assignedCases(opened.workspace.read, opened.account.id);
  const listed = output as Listed;
  return {
    ...listed,
    entries: listed.entries.map(entry => {
      const { case: caseId } = JSON.parse(entry.object) as { readonly case?: unknown };
      return typeof caseId !== 'string' || assigned.has(caseId)
        ? entry
        : { ...entry, object: JSON.stringify({ hidden: 'a case that is not assigned to this account' }) };
    }),
  };
};

interface ExportInput {
  readonly scope: { readonly kind: string; readonly filter?: { readonly caseId?: string | undefined } };
}

/**
 * An export carries entries whole: nothing can be hidden in what a proof covers. What is not of one case leaves only with
 * who works on every case, or with a supervisor, who may assign themselves to each.
 */
export const assertOwnExport = (opened: OpenedSession | null, channel: ChannelName, input: unknown): void => {
  if (opened === null || channel !== 'audits.export') return;
  const { scope } = input as ExportInput;
  if (scope.kind === 'case' || scope.filter?.caseId !== undefined) return;
  if (rightsOf(opened.account, opened.pov).has('security.read')) return;
  const assigned = assignedCases(opened.workspace.read, opened.account.id);
  if (caseIds(opened.workspace.read).every(id => assigned.has(id))) return;
  throw refusal(
    'case-scope',
    'export.foreign-cases',
    'The log holds entries of cases that are not assigned to this account: an export would show them whole.',
    'Export the entries of one of your cases, or ask a supervisor for an export of the whole log.',
  );
};
