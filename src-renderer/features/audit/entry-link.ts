import { paths } from '../../app/paths.ts';
import { objectParts } from './object-parts.ts';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface EntryLink {
  readonly to: string;
  readonly kind: 'source' | 'finding' | 'report' | 'case';
}

/** Where what an entry speaks of can be looked at; null where it has no screen. The nearest thing named wins. */
export const entryLink = (act: string, object: string): EntryLink | null => {
  const parts = new Map(objectParts(object).map(({ name, value }) => [name, value]));
  const idOf = (name: string): string | null => {
    const value = parts.get(name) ?? '';
    return ID.test(value) ? value : null;
  };
  const caseId = idOf('case');
  if (caseId === null) return null;
  const source = idOf('source');
  if (source !== null) return { to: paths.source(caseId, source), kind: 'source' };
  const finding = idOf('finding');
  if (finding !== null) return { to: paths.findings(caseId, { finding }), kind: 'finding' };
  if (act.startsWith('report.')) return { to: paths.report(caseId), kind: 'report' };
  return { to: paths.caseHome(caseId), kind: 'case' };
};
