import type { Rule } from '../rules/rule.ts';
import { inOrder } from '../rules/rule.ts';
import { PartyGroups } from './party-groups.ts';
import type { RecipeEvent, RecipeStep, RecordKey } from './recipe-step.ts';

/** What the steps that stand amount to. */
export interface RecipeState {
  readonly rules: readonly Rule[];
  readonly partyLabels: ReadonlyMap<string, string>;
  readonly recordLabels: ReadonlyMap<string, string>;
  readonly parties: PartyGroups;
  /** Key of a duplicate → key of the transaction it repeats. */
  readonly duplicates: ReadonlyMap<string, string>;
  /** Pairs a person found to be two transactions, by `pairKey`. */
  readonly distinct: ReadonlySet<string>;
  /** Steps that stand but change nothing as things are (a split of what is not merged). */
  readonly withoutEffect: ReadonlySet<number>;
}

/** A step with what became of it. */
export interface StepStatus {
  readonly event: RecipeEvent;
  readonly step: RecipeStep;
  readonly standing: boolean;
  /** The event that undid it last; null for a step that stands. */
  readonly undoneBy: number | null;
}

export const recordKeyText = ({ source, index }: RecordKey): string => `${source}#${index}`;
export const partyLabelKey = (party: string, direction: 'in' | 'out'): string => `${direction} ${party}`;
/** The same text for a pair and its reverse. */
export const pairKey = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** The transactions that a transaction repeats, from the nearest on; [] where it repeats none. */
export const repeatsOf = (duplicates: ReadonlyMap<string, string>, key: string): string[] => {
  const chain: string[] = [];
  for (let at = duplicates.get(key); at !== undefined; at = duplicates.get(at)) chain.push(at);
  return chain;
};

/** The nearest transaction that a transaction repeats and that is held; null where there is none. */
export const firstRepeated = (
  duplicates: ReadonlyMap<string, string>,
  key: string,
  isHeld: (key: string) => boolean,
): string | null => {
  for (let at = duplicates.get(key); at !== undefined; at = duplicates.get(at)) if (isHeld(at)) return at;
  return null;
};

/** Every step in order, with whether it stands after all undoing and redoing. */
export const stepStatuses = (events: readonly RecipeEvent[]): StepStatus[] => {
  const undoneBy = new Map<number, number | null>();
  for (const { seq, body } of events) {
    if (body.kind === 'step-undone') undoneBy.set(body.of, seq);
    else if (body.kind === 'step-redone') undoneBy.set(body.of, null);
  }
  return events.flatMap(event => {
    const { body } = event;
    if (body.kind === 'step-undone' || body.kind === 'step-redone') return [];
    const by = undoneBy.get(event.seq) ?? null;
    return [{ event, step: body, standing: by === null, undoneBy: by }];
  });
};

/** Applies the steps that stand, in order. Pure: the same events always give the same state. */
export const foldRecipe = (events: readonly RecipeEvent[]): RecipeState => {
  const rules = new Map<string, Rule>();
  const partyLabels = new Map<string, string>();
  const recordLabels = new Map<string, string>();
  const parties = new PartyGroups();
  const duplicates = new Map<string, string>();
  /** What was ever kept: only such a transaction can lie in a chain of copies. */
  const keptOnce = new Set<string>();
  const distinct = new Set<string>();
  const withoutEffect = new Set<number>();
  const apply = (step: RecipeStep): boolean => {
    switch (step.kind) {
      case 'rule-saved':
        rules.set(step.rule.id, step.rule);
        return true;
      case 'rule-removed':
        return rules.delete(step.ruleId);
      case 'category-confirmed': {
        const { subject, category } = step;
        if ('record' in subject) recordLabels.set(recordKeyText(subject.record), category);
        else partyLabels.set(partyLabelKey(subject.party, subject.direction), category);
        return true;
      }
      case 'parties-merged':
        return parties.merge(step.parties, step.name);
      case 'parties-split':
        return parties.split(step.parties);
      case 'parties-kept-apart':
        return parties.keepApart(step.parties);
      case 'duplicates-confirmed':
        for (const { keep, duplicate } of step.pairs) {
          const [kept, repeated] = [recordKeyText(keep), recordKeyText(duplicate)];
          if (kept === repeated) continue;
          // The later decision prevails: what is kept now repeats nothing, or both would be left out as each other's copy.
          if (keptOnce.has(repeated) && repeatsOf(duplicates, kept).includes(repeated)) duplicates.delete(kept);
          duplicates.set(repeated, kept);
          keptOnce.add(kept);
          distinct.delete(pairKey(kept, repeated));
        }
        return step.pairs.length > 0;
      case 'duplicates-rejected':
        for (const { keep, duplicate } of step.pairs) {
          const [a, b] = [recordKeyText(keep), recordKeyText(duplicate)];
          if (duplicates.get(b) === a) duplicates.delete(b);
          if (duplicates.get(a) === b) duplicates.delete(a);
          distinct.add(pairKey(a, b));
        }
        return step.pairs.length > 0;
      case 'source-read':
        return true;
    }
  };
  for (const { event, step, standing } of stepStatuses(events))
    if (standing && !apply(step)) withoutEffect.add(event.seq);
  return {
    rules: inOrder([...rules.values()]),
    partyLabels,
    recordLabels,
    parties,
    duplicates,
    distinct,
    withoutEffect,
  };
};

/** Steps that would stand without effect if the given ones were undone: what an undo must warn of. */
export const supersededByUndo = (events: readonly RecipeEvent[], undo: readonly number[]): number[] => {
  const next = (events.at(-1)?.seq ?? 0) + 1;
  const undone = undo.map(
    (of, i): RecipeEvent => ({ seq: next + i, title: '', actor: '', at: '', body: { kind: 'step-undone', of } }),
  );
  const before = foldRecipe(events).withoutEffect;
  return [...foldRecipe([...events, ...undone]).withoutEffect].filter(seq => !before.has(seq));
};
