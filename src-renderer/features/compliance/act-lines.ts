import type { ChannelAnswer } from '../../../src-main/contract/index.ts';

type Compliance = ChannelAnswer<'audits.compliance'>;
export type ActLine = Omit<Compliance['acts'][number], 'caseId'>;
type Counts = Compliance['people'][number]['counts'];

interface Shown {
  /** Undefined: everybody's. */
  readonly actor: string | undefined;
  readonly soxOnly: boolean;
}

/**
 * The acts of each person over all cases, most frequent first: the log's search has no way to ask for entries of no
 * case, so lines by case could not be opened as exactly their entries.
 */
export const actLines = (acts: Compliance['acts'], { actor, soxOnly }: Shown): readonly ActLine[] => {
  const lines = new Map<string, ActLine>();
  for (const { caseId: _case, ...act } of acts) {
    if ((actor !== undefined && act.actor !== actor) || (soxOnly && !act.sox)) continue;
    const key = JSON.stringify([act.actor, act.act]);
    const line = lines.get(key);
    lines.set(
      key,
      line === undefined
        ? act
        : {
            ...line,
            count: line.count + act.count,
            firstAt: act.firstAt < line.firstAt ? act.firstAt : line.firstAt,
            lastAt: act.lastAt > line.lastAt ? act.lastAt : line.lastAt,
          },
    );
  }
  return [...lines.values()].sort((a, b) => b.count - a.count || (a.act < b.act ? -1 : 1));
};

/** What all people come to, by class. */
export const countsOfAll = (people: Compliance['people']): Readonly<Counts> => {
  const sum: Counts = { access: 0, change: 0, export: 0, security: 0, clock: 0, approval: 0 };
  for (const { counts } of people) for (const name of Object.keys(sum) as (keyof Counts)[]) sum[name] += counts[name];
  return sum;
};
