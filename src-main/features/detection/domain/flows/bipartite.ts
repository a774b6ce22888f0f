import { countOf } from '../figures.ts';
import type { ForensicTest } from '../forensic-test.ts';
import { integerParameter } from '../parameters.ts';
import { blockLimits, findBlocks } from './dense-blocks.ts';
import {
  DIRECTION_PARAMETER,
  daysOf,
  daysParameter,
  FLOW_NEEDS,
  FLOW_USES,
  flowResult,
  graphFor,
  leastParameter,
  namesOf,
  periodOf,
  subgraphFinding,
  sumOf,
} from './flow-findings.ts';

/** Several payers each pay each of several payees within few days. Spec: docs/specs/bipartite.md. */
export const bipartite: ForensicTest = {
  id: 'bipartite',
  version: '1.0.0',
  title: 'Bipartite flow',
  group: 'flows',
  side: 'bank',
  needs: FLOW_NEEDS,
  uses: FLOW_USES,
  parameters: [
    daysParameter(20, 'days from the first to the last movement of a block, at most'),
    leastParameter(3, 2, 'payers, and payees, a block must have'),
    DIRECTION_PARAMETER,
  ],
  explanations: ['own-transfer', 'fixed-tariff', 'distinct-references', 'immaterial'],
  run(table, parameters, context) {
    const graph = graphFor(table, parameters);
    const least = integerParameter(parameters, 'least');
    const search = findBlocks(graph, daysOf(parameters), least, context);
    const findings = search.blocks.map(block => {
      const { edges } = block;
      const smaller = Math.min(block.payers.length, block.payees.length);
      return subgraphFinding(graph, {
        key: JSON.stringify(
          [block.payers, block.payees].map(side => side.map(node => graph.nodes.names[node]!).sort()),
        ),
        edges,
        severity: 'medium',
        score: smaller / (smaller + least),
        reason: `${countOf(block.payers.length, 'payer')} (${namesOf(graph, block.payers)}) each paid each of ${countOf(block.payees.length, 'payee')} (${namesOf(graph, block.payees)}) ${periodOf(graph, edges)}: ${countOf(edges.length, 'movement')}, ${sumOf(graph, edges)}.`,
      });
    });
    return flowResult(graph, findings, {}, blockLimits(search));
  },
};
