interface Ordered {
  readonly id: string;
  readonly order: number;
}

/** Rules are spaced so that one can be put between two. */
const SPACING = 10;

/**
 * Orders to give so that the rule at one place comes to another, its neighbours as they were: one rule where there is room
 * between the new neighbours, else all that have to make room.
 */
export const ordersAfterMove = (rules: readonly Ordered[], from: number, to: number): readonly Ordered[] => {
  const moved = rules[from];
  if (moved === undefined || from === to || to < 0 || to >= rules.length) return [];
  const rest = rules.filter((_rule, place) => place !== from);
  const arranged = [...rest.slice(0, to), moved, ...rest.slice(to)];
  const before = arranged[to - 1]?.order ?? -1;
  const after = arranged[to + 1]?.order;
  if (after === undefined) return [{ id: moved.id, order: before + SPACING }];
  if (after - before > 1) return [{ id: moved.id, order: Math.floor((before + after) / 2) }];
  return arranged
    .map(({ id }, place) => ({ id, order: (place + 1) * SPACING }))
    .filter(({ id, order }) => rules.find(rule => rule.id === id)?.order !== order);
};
