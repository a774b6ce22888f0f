import type { ParameterSpec } from '../forensic-test.ts';

/** Limits and windows of the structuring test. */
export const STRUCTURING_PARAMETERS: readonly ParameterSpec[] = [
  {
    name: 'limit',
    kind: 'decimal',
    default: '10000',
    minimum: 0.01,
    meaning: 'reporting limit: more than this in one business day must be reported',
  },
  {
    name: 'near',
    kind: 'decimal',
    default: '80',
    minimum: 1,
    maximum: 100,
    meaning: 'percent of the limit from which a part is close below it',
  },
  {
    name: 'least-part',
    kind: 'decimal',
    default: '5',
    minimum: 0,
    maximum: 100,
    meaning: 'percent of the limit below which an amount is too small to count as a part of several days',
  },
  {
    name: 'window',
    kind: 'integer',
    default: '7',
    minimum: 1,
    maximum: 366,
    meaning: 'days, the first and last counted, in which parts on several days belong together',
  },
  {
    name: 'customary-days',
    kind: 'integer',
    default: '60',
    minimum: 1,
    maximum: 100_000,
    meaning: 'parts that go on for longer and are mostly not close below the limit are regular takings: to be reviewed',
  },
  {
    name: 'all-cash',
    kind: 'choice',
    default: 'no',
    choices: ['no', 'yes'],
    meaning: 'yes: every row that no type or category calls an instrument is cash (a cash book); no: rows that say so',
  },
  {
    name: 'person',
    kind: 'choice',
    default: 'party',
    choices: ['party', 'account'],
    meaning: 'whose cash is added up over branches and accounts: the party (its account where unknown), or the account',
  },
  {
    name: 'instrument-limits',
    kind: 'decimals',
    default: '3000,10000',
    minimum: 0.01,
    meaning: 'limits that each of several consecutively numbered instruments may stay below',
  },
  {
    name: 'minimum-instruments',
    kind: 'integer',
    default: '3',
    minimum: 2,
    maximum: 1000,
    meaning: 'consecutively numbered instruments that are a run',
  },
];
