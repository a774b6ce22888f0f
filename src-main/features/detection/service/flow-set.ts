/** In place of a node's address: any node. */
export const ANY_NODE = '*';

/**
 * The set of transactions that move money from one node to another, by the nodes' addresses (one of them may be any); where a finding is named, those
 * of its rows only. The graph is built from the records as they are, so the rows are found again when the set is opened.
 */
export interface FlowSet {
  readonly from: string;
  readonly to: string;
  readonly findingId: string | null;
  /** Only movements from this day, to this day, of at least this amount; '' is no limit. */
  readonly firstDate: string;
  readonly lastDate: string;
  readonly minimum: string;
}

/** Characters a filter's `set` may have. */
const MAX_NAME = 400;

/** The name of a set as a filter takes it; null where it would be too long. */
export const flowSetName = ({ from, to, findingId, firstDate, lastDate, minimum }: FlowSet): string | null => {
  const name = `flow:${JSON.stringify([from, to, findingId ?? '', firstDate, lastDate, minimum])}`;
  return name.length > MAX_NAME ? null : name;
};

/** The set of a name that `flowSetName` gave; null for any other name. */
export const flowSetOf = (name: string): FlowSet | null => {
  if (!name.startsWith('flow:')) return null;
  let parts: unknown;
  try {
    parts = JSON.parse(name.slice(5));
  } catch {
    // An address somebody edited: no set has this name.
    return null;
  }
  if (!Array.isArray(parts) || !parts.every(part => typeof part === 'string')) return null;
  const [from, to, findingId, firstDate = '', lastDate = '', minimum = ''] = parts as string[];
  if (from === undefined || to === undefined) return null;
  return {
    from,
    to,
    findingId: findingId === undefined || findingId === '' ? null : findingId,
    firstDate,
    lastDate,
    minimum,
  };
};
