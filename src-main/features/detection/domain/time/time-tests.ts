import type { ForensicTest } from '../forensic-test.ts';
import { activityBurst } from './activity-burst.ts';
import { backdated } from './backdated.ts';
import { cutOff } from './cut-off.ts';
import { outOfHours } from './out-of-hours.ts';
import { periodEnd } from './period-end.ts';
import { velocity } from './velocity.ts';
import { weekendHoliday } from './weekend-holiday.ts';

export const TIME_TESTS: readonly ForensicTest[] = [
  velocity,
  weekendHoliday,
  outOfHours,
  periodEnd,
  cutOff,
  backdated,
  activityBurst,
];
