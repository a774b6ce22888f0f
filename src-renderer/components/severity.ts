import {
  IconAlertCircle,
  IconAlertOctagon,
  IconAlertTriangle,
  IconFlag,
  IconInfoCircle,
  type TablerIcon,
} from '@tabler/icons-react';
import type { SEVERITIES } from '../../src-main/contract/findings.contract.ts';

export type Severity = (typeof SEVERITIES)[number];

/** Each severity has a shape of its own: colour is never the only difference (WCAG 1.4.1). */
export const SEVERITY_ICONS: Readonly<Record<Severity, TablerIcon>> = {
  critical: IconAlertOctagon,
  high: IconAlertTriangle,
  medium: IconAlertCircle,
  low: IconFlag,
  info: IconInfoCircle,
};
