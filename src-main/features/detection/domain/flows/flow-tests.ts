import type { ForensicTest } from '../forensic-test.ts';
import { bipartite } from './bipartite.ts';
import { circularFlow } from './circular-flow.ts';
import { fanIn } from './fan-in.ts';
import { fanOut } from './fan-out.ts';
import { passThrough } from './pass-through.ts';
import { rapidMovement } from './rapid-movement.ts';
import { scatterGather } from './scatter-gather.ts';
import { stack } from './stack.ts';

/** Movements of money between accounts and parties (names as in IBM AMLSim), in the order in which they are listed. */
export const FLOW_TESTS: readonly ForensicTest[] = [
  fanOut,
  fanIn,
  circularFlow,
  scatterGather,
  bipartite,
  stack,
  rapidMovement,
  passThrough,
];
