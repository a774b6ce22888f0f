import type { ForensicTest } from '../forensic-test.ts';
import { fanTest } from './fan.ts';

/** One account pays many different counterparties within few days. Spec: docs/specs/fan-out.md. */
export const fanOut: ForensicTest = fanTest('fan-out', 'Fan-out', 'out');
