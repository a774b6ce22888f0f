import { AUDIT_CLASSES, auditExportsContract } from '../../../src-main/contract/audit-exports.contract.ts';
import type { ChannelAnswer, ChannelInput } from '../../../src-main/contract/index.ts';

export type AuditClass = (typeof AUDIT_CLASSES)[number];
export type AuditFilter = Omit<ChannelInput<'audits.search'>, 'offset' | 'limit'>;
export type FoundEntry = ChannelAnswer<'audits.search'>['entries'][number];

/** In the order in which the address and the export name them. */
export const AUDIT_FILTER_FIELDS = ['text', 'act', 'actor', 'role', 'pov', 'caseId', 'class', 'from', 'to'] as const;
export type AuditFilterField = (typeof AUDIT_FILTER_FIELDS)[number];
/** Conditions that are set by a link, not by hand: how each reads in an address. */
const LINKED_FIELDS = { fromSeq: Number, toSeq: Number, sox: (text: string) => text === 'true' } as const;
const LINKED_NAMES = ['fromSeq', 'toSeq', 'sox'] as const;

/** Beside a filter in the address: the dialog of the export is open. */
export const EXPORT_ASKED = 'export';

const { shape } = auditExportsContract['audits.search'].input;

/** A filter of the log as search parameters of an address; the same filter always gives the same text. */
export const auditFilterToSearch = (filter: AuditFilter): string => {
  const search = new URLSearchParams();
  for (const field of [...AUDIT_FILTER_FIELDS, ...LINKED_NAMES]) {
    const value = filter[field];
    if (value !== undefined) search.set(field, String(value));
  }
  return search.toString();
};

/** The filter an address asks for. A condition that the contract would refuse is left out. */
export const auditFilterFromSearch = (search: URLSearchParams): AuditFilter => {
  const filter: Record<string, unknown> = {};
  for (const field of AUDIT_FILTER_FIELDS) {
    const value = search.get(field);
    if (value !== null && shape[field].safeParse(value).success) filter[field] = value;
  }
  for (const field of LINKED_NAMES) {
    const text = search.get(field) ?? '';
    if (text === '') continue;
    const value = LINKED_FIELDS[field](text);
    if (shape[field].safeParse(value).success) filter[field] = value;
  }
  return filter as AuditFilter;
};

/** A filter with one condition more, changed, or (an empty value) less. */
export const withCondition = (filter: AuditFilter, field: AuditFilterField, value: string): AuditFilter => {
  const rest = Object.fromEntries(Object.entries(filter).filter(([name]) => name !== field)) as AuditFilter;
  return value === '' ? rest : ({ ...rest, [field]: value } as AuditFilter);
};

/** The filter that picks one entry out of the log: its act, its person and its millisecond. */
export const filterOfEntry = ({ act, actor, at }: FoundEntry): AuditFilter => ({
  act,
  actor,
  from: at,
  to: new Date(Date.parse(at) + 1).toISOString(),
});

/** The filter that finds the entries of these numbers, the last one among them. */
export const filterOfNumbers = (fromSeq: number, toSeq = fromSeq): AuditFilter => ({ fromSeq, toSeq });

/** The filter without its span of numbers. */
export const withoutNumbers = ({ fromSeq: _from, toSeq: _to, ...rest }: AuditFilter): AuditFilter => rest;
/** The filter without regard to what controls rest on. */
export const withoutSox = ({ sox: _sox, ...rest }: AuditFilter): AuditFilter => rest;

type ActCount = ChannelAnswer<'audits.search'>['acts'][number];
type ActLine = ChannelAnswer<'audits.compliance'>['acts'][number];

/** How many of the entries found are of which class, by what the engine says each act is. */
export const countsByClass = (
  found: readonly ActCount[],
  known: readonly ActLine[],
): Readonly<Record<AuditClass, number>> => {
  const classOf = new Map(known.map(line => [line.act, line.class]));
  const counts = Object.fromEntries(AUDIT_CLASSES.map(name => [name, 0])) as Record<AuditClass, number>;
  for (const { act, count } of found) {
    const name = classOf.get(act) ?? null;
    if (name !== null) counts[name] += count;
  }
  return counts;
};
