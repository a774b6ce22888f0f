import type { ForensicTest } from '../forensic-test.ts';
import { fanTest } from './fan.ts';

/** One account receives from many different counterparties within few days. Spec: docs/specs/fan-in.md. */
export const fanIn: ForensicTest = fanTest('fan-in', 'Fan-in', 'in');
