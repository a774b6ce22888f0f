import type { ReadStore } from '../../../platform/store.ts';
import { orphansAmong, proposedOrphans } from '../storage/reconciliation.repository.ts';
import type { SideName } from './match-view.ts';
import { isMatched } from './match-view.ts';
import type { CaseProposal } from './reconcile-case.ts';
import type { ShownReconciliation } from './shown-reconciliation.ts';

const proposalsIn = (text: string): CaseProposal[] => JSON.parse(text) as CaseProposal[];

/** Open rows for which the run proposes what they are, with the kinds of the proposals and their side. */
export const leftoverProposals = (
  store: ReadStore,
  { basis, view }: ShownReconciliation,
): { readonly id: number; readonly side: SideName; readonly kinds: readonly string[] }[] =>
  proposedOrphans(store, basis.run)
    .filter(({ transaction_id }) => !view.matchOfRow.has(transaction_id))
    .map(({ side, transaction_id, proposals }) => ({
      id: transaction_id,
      side: side === 'bank' ? 'a' : 'b',
      kinds: proposalsIn(proposals).map(({ kind }) => kind),
    }));

/** Open rows whose explanation an examiner accepted, by id. */
export const explainedRows = ({ view }: ShownReconciliation): number[] =>
  [...view.state.explanations].flatMap(([id, { accepted }]) =>
    accepted && id >= 0 && !view.matchOfRow.has(id) && view.sideOf(id) !== null ? [id] : [],
  );

export interface Leftover {
  readonly transactionId: number;
  readonly side: SideName | null;
  readonly state: 'open' | 'suggested' | 'matched';
  readonly candidates: string[];
  readonly proposals: { kind: string; text: string }[];
  readonly explanation: {
    seq: number;
    accepted: boolean;
    proposal: string;
    text: string;
    note: string;
    actor: string;
  } | null;
  readonly locked: boolean;
}

/** Why rows stand without a partner, and what a person said of that. Rows in the order given. */
export const leftoversOf = (store: ReadStore, shown: ShownReconciliation, ids: readonly number[]): Leftover[] => {
  const { basis, view } = shown;
  const told = new Map(orphansAmong(store, basis.run, ids).map(orphan => [orphan.transaction_id, orphan]));
  return ids.map(id => {
    const match = view.matchOfRow.get(id);
    const orphan = told.get(id);
    const explanation = view.state.explanations.get(id);
    const rejected = [...view.state.rejected.values()].filter(({ a, b }) => [...a, ...b].includes(id));
    return {
      transactionId: id,
      side: view.sideOf(id),
      state: match === undefined ? 'open' : isMatched(match) ? 'matched' : 'suggested',
      candidates: [
        ...rejected.map(({ seq, actor }) => `a match of this row was rejected by ${actor} (step ${seq})`),
        ...(orphan === undefined ? [] : (JSON.parse(orphan.candidates) as string[])),
      ],
      proposals: orphan === undefined ? [] : proposalsIn(orphan.proposals).map(({ kind, text }) => ({ kind, text })),
      explanation:
        explanation === undefined
          ? null
          : {
              seq: explanation.seq,
              accepted: explanation.accepted,
              proposal: explanation.proposal,
              text: explanation.text,
              note: explanation.note,
              actor: explanation.actor,
            },
      locked: view.isLocked(id),
    };
  });
};
