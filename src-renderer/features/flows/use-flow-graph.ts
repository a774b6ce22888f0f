import { useCallback, useState } from 'react';
import type { NexusErrorData } from '../../../src-main/contract/errors.ts';
import type { GraphFilter } from '../../../src-main/contract/graphs.contract.ts';
import { useBridge } from '../../app/BridgeContext.tsx';
import { useAppDispatch, useAppSelector } from '../../app/store.ts';
import {
  EMPTY_VIEW,
  type Expansion,
  expanded,
  type FlowSide,
  type FlowView,
  hidden,
  MOST_NODES,
  moved,
} from './flow-view.ts';
import { type FlowStep, flowStepAdded, flowStepUndone } from './flows.slice.ts';

interface FlowGraphState {
  readonly view: FlowView;
  readonly steps: readonly FlowStep[];
  readonly busy: boolean;
  readonly error: NexusErrorData | null;
  /** Begins again with one node. */
  readonly start: (id: string, title: string) => Promise<void>;
  readonly expand: (id: string, side: FlowSide, title: string) => Promise<void>;
  readonly hide: (id: string, title: string) => void;
  readonly move: (id: string, by: -1 | 1, title: string) => void;
  readonly show: (view: FlowView, title: string) => void;
  readonly undo: () => void;
  readonly full: boolean;
}

const NO_STEPS: readonly FlowStep[] = [];

/** The graph on the screen as a list of steps; each can be taken back. */
export const useFlowGraph = (caseId: string, filter: GraphFilter): FlowGraphState => {
  const bridge = useBridge();
  const dispatch = useAppDispatch();
  const steps = useAppSelector(state => state.flows.byCase[caseId] ?? NO_STEPS);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<NexusErrorData | null>(null);
  const view = steps.at(-1)?.view ?? EMPTY_VIEW;
  const add = useCallback(
    (title: string, next: FlowView) => dispatch(flowStepAdded({ caseId, title, view: next })),
    [dispatch, caseId],
  );
  const ask = async (id: string, sides: readonly FlowSide[], from: FlowView, title: string): Promise<void> => {
    setBusy(true);
    setError(null);
    const answer = await bridge.invoke('graphs.expand', {
      caseId,
      node: id,
      side: sides.length === 2 ? 'both' : sides[0]!,
      shown: from.nodes.map(node => node.id),
      filter,
    });
    setBusy(false);
    if (answer.ok) add(title, expanded(from, answer.value as Expansion, sides));
    else setError(answer.error);
  };
  return {
    view,
    steps,
    busy,
    error,
    start: (id, title) => ask(id, ['payers', 'payees'], EMPTY_VIEW, title),
    expand: (id, side, title) => ask(id, [side], view, title),
    hide: (id, title) => add(title, hidden(view, id)),
    move: (id, by, title) => {
      const next = moved(view, id, by);
      if (next !== view) add(title, next);
    },
    show: useCallback((next, title) => add(title, next), [add]),
    undo: () => dispatch(flowStepUndone(caseId)),
    full: view.nodes.length >= MOST_NODES,
  };
};
