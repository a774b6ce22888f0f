import type { ReportFinding, ReportSeverity } from './report-model.ts';

/** Most severe first. */
export const SEVERITY_ORDER: readonly ReportSeverity[] = ['critical', 'high', 'medium', 'low', 'info'];

/** By severity, then score (highest first), then id: the same order in every run. */
export const bySeverityAndScore = (a: ReportFinding, b: ReportFinding): number =>
  SEVERITY_ORDER.indexOf(a.severity) - SEVERITY_ORDER.indexOf(b.severity) ||
  b.score - a.score ||
  (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
