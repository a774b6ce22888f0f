import type { TransactionFilter } from '../../src-main/contract/transactions.contract.ts';
import { type AuditFilter, auditFilterToSearch, EXPORT_ASKED } from '../features/audit/entry-filter.ts';
import { filterToSearch } from '../features/records/filter-address.ts';

const withSearch = (path: string, search: string): string => (search === '' ? path : `${path}?${search}`);
const params = (values: Readonly<Record<string, string | undefined>>): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) search.set(name, value);
  return search.toString();
};

/** A place of the standardization screen: a tab, a field of it, a rule (`new`: one from a template or a transaction). */
interface StandardizationPlace {
  readonly tab?: 'values' | 'categories' | 'rules' | 'history';
  readonly field?: string;
  readonly only?: string;
  readonly rule?: string;
  readonly template?: string;
  readonly from?: string;
}

/** Addresses of the screens. The seed's routes keep their names; a case's screens lie under the case. */
export const paths = {
  login: '/auth/login',
  povSelection: '/auth/pov-selection',
  cases: '/cases',
  upload: '/data/upload',
  quality: '/data/quality',
  standardization: (place: StandardizationPlace = {}) => withSearch('/data/standardization', params({ ...place })),
  preferences: '/settings/preferences',
  pov: '/settings/pov',
  security: '/settings/security',
  oauth: '/settings/oauth',
  people: '/settings/people',
  register: '/auth/register',
  alerts: '/settings/alerts',
  caseHome: (caseId: string) => `/cases/${caseId}`,
  records: (caseId: string, filter: TransactionFilter = {}) =>
    withSearch(`/cases/${caseId}/records`, filterToSearch(filter)),
  rejected: (caseId: string, sourceId?: string) => withSearch(`/cases/${caseId}/rejected`, params({ sourceId })),
  rejectedOfSide: (caseId: string, side: 'bank' | 'ledger') =>
    withSearch(`/cases/${caseId}/rejected`, params({ side })),
  source: (caseId: string, sourceId: string) => `/cases/${caseId}/sources/${sourceId}`,
  findings: (caseId: string, facets: { test?: string; severity?: string; state?: string; finding?: string } = {}) =>
    withSearch(`/cases/${caseId}/findings`, params(facets)),
  tests: (caseId: string, place: { test?: string; view?: 'settings' } = {}) =>
    withSearch(`/cases/${caseId}/tests`, params({ ...place })),
  duplicates: (caseId: string, facets: { kind?: string; state?: string } = {}) =>
    withSearch(`/cases/${caseId}/duplicates`, params(facets)),
  coverage: (caseId: string) => `/cases/${caseId}/coverage`,
  parties: (caseId: string, view?: 'all') => withSearch(`/cases/${caseId}/parties`, params({ view })),
  reconciliation: (caseId: string, tab?: string, judgment?: string) =>
    withSearch(`/cases/${caseId}/reconciliation`, params({ tab, judgment })),
  risk: (caseId: string, level?: 'transaction' | 'account' | 'party') =>
    withSearch(`/cases/${caseId}/risk`, params({ level })),
  typologies: (caseId: string, tab?: 'backtest' | 'calibration') =>
    withSearch(`/cases/${caseId}/typologies`, params({ tab })),
  flows: (caseId: string, finding?: string) => withSearch(`/cases/${caseId}/flows`, params({ finding })),
  report: (caseId: string) => `/cases/${caseId}/report`,
  audit: (caseId: string, filter: AuditFilter = {}) =>
    withSearch(`/cases/${caseId}/audit`, auditFilterToSearch(filter)),
  custody: (caseId: string, source?: string) => withSearch(`/cases/${caseId}/custody`, params({ source })),
  compliance: (filter: AuditFilter = {}, soxOnly = false) =>
    withSearch(
      '/compliance',
      [auditFilterToSearch(filter), soxOnly ? 'sox=1' : ''].filter(part => part !== '').join('&'),
    ),
  exportLog: `/audit?${EXPORT_ASKED}=1`,
  workspaceAudit: (filter: AuditFilter = {}) => withSearch('/audit', auditFilterToSearch(filter)),
} as const;
