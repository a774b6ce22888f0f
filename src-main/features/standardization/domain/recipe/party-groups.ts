/**
 * Which standardized party keys stand for the same party, as people decided. A later decision prevails over an earlier
 * one: merging parties that were kept apart ends their being apart, and the reverse. Memory and time grow with the keys
 * that decisions name, not with their pairs.
 */
export class PartyGroups {
  private readonly groupOf = new Map<string, number>();
  private readonly groups = new Map<number, { readonly members: Set<string>; name: string }>();
  /** Decisions to keep apart that name a key. Keys that are one party by now are not apart, whatever was decided before. */
  private readonly apartBy = new Map<string, Set<number>>();
  private made = 0;
  private told: ToldNames | null = null;

  /** One party of several keys (and of all that were merged with them before); false where nothing changes. */
  merge(parties: readonly string[], name: string): boolean {
    const distinct = [...new Set(parties)];
    if (distinct.length < 2) return false;
    const before = new Set(distinct.map(party => this.groupOf.get(party)));
    const [only] = before;
    if (before.size === 1 && only !== undefined && this.groups.get(only)?.name === name) return false;
    const joined = [...before].filter(group => group !== undefined);
    // The largest group takes the others in, so that a long series of merges stays cheap.
    const sizeOf = (group: number): number => this.groups.get(group)?.members.size ?? 0;
    const into = joined.reduce<number | null>((a, b) => (a === null || sizeOf(b) > sizeOf(a) ? b : a), null);
    const group = into ?? ++this.made;
    const members = this.groups.get(group)?.members ?? new Set<string>();
    const join = (party: string): void => {
      members.add(party);
      this.groupOf.set(party, group);
    };
    for (const other of joined) {
      if (other === group) continue;
      for (const party of this.groups.get(other)?.members ?? []) join(party);
      this.groups.delete(other);
    }
    for (const party of distinct) join(party);
    this.groups.set(group, { members, name });
    this.told = null;
    return true;
  }

  /** Takes keys out of their group, each to stand alone; false where none is in one. */
  split(parties: readonly string[]): boolean {
    let changed = false;
    for (const party of new Set(parties)) {
      const group = this.groupOf.get(party);
      const members = group === undefined ? undefined : this.groups.get(group)?.members;
      if (group === undefined || members === undefined) continue;
      changed = true;
      members.delete(party);
      this.groupOf.delete(party);
      if (members.size >= 2) continue;
      for (const last of members) this.groupOf.delete(last);
      this.groups.delete(group);
    }
    if (changed) this.told = null;
    return changed;
  }

  /** Remembers that keys are different parties, and takes them apart where they were one; false where a decision said so. */
  keepApart(parties: readonly string[]): boolean {
    const distinct = [...new Set(parties)];
    if (distinct.length < 2) return false;
    const inGroup = new Map<number, number>();
    for (const party of distinct) {
      const group = this.groupOf.get(party);
      if (group !== undefined) inGroup.set(group, (inGroup.get(group) ?? 0) + 1);
    }
    let changed = !this.wereKeptApart(distinct);
    for (const party of distinct) {
      const group = this.groupOf.get(party);
      const together = group === undefined ? 0 : (inGroup.get(group) ?? 0);
      if (group === undefined || together < 2) continue;
      changed = true;
      inGroup.set(group, together - 1);
      this.split([party]);
    }
    if (!changed) return false;
    const decision = ++this.made;
    for (const party of distinct) {
      const decisions = this.apartBy.get(party);
      if (decisions === undefined) this.apartBy.set(party, new Set([decision]));
      else decisions.add(decision);
    }
    return true;
  }

  /** All keys of the party a key belongs to, itself included, sorted. */
  membersOf(party: string): string[] {
    const group = this.groupOf.get(party);
    const members = group === undefined ? undefined : this.groups.get(group)?.members;
    return members === undefined ? [party] : [...members].sort();
  }

  /** Whether people merged two keys. */
  areOne(a: string, b: string): boolean {
    const group = this.groupOf.get(a);
    return a === b || (group !== undefined && group === this.groupOf.get(b));
  }

  /**
   * The name of the party a key belongs to: the given one, or the key itself where it stands alone. Different parties never
   * share a name: what is counted by name would be merged without anybody having said so.
   */
  nameOf(party: string): string {
    const { byGroup, taken } = this.toldNames();
    const group = this.groupOf.get(party);
    const name = group === undefined ? undefined : byGroup.get(group);
    return name ?? unlike(party, taken, count => (count === 2 ? ' (not merged)' : ` (not merged, ${count})`));
  }

  areKeptApart(a: string, b: string): boolean {
    return !this.areOne(a, b) && this.wereKeptApart([a, b]);
  }

  /** Merged parties, by name. */
  merged(): { readonly name: string; readonly members: readonly string[] }[] {
    const { byGroup } = this.toldNames();
    return [...this.groups]
      .map(([group, { name, members }]) => ({ name: byGroup.get(group) ?? name, members: [...members].sort() }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Whether one decision named all of these keys. */
  private wereKeptApart(parties: readonly string[]): boolean {
    const all = parties.map(party => this.apartBy.get(party) ?? NO_DECISIONS);
    const fewest = all.reduce((a, b) => (b.size < a.size ? b : a));
    return [...fewest].some(decision => all.every(decisions => decisions.has(decision)));
  }

  private toldNames(): ToldNames {
    if (this.told === null) {
      const byGroup = new Map<number, string>();
      const taken = new Set<string>();
      for (const [group, { name }] of this.groups) {
        const own = unlike(name, taken, count => ` (${count})`);
        byGroup.set(group, own);
        taken.add(own);
      }
      this.told = { byGroup, taken };
    }
    return this.told;
  }
}

const NO_DECISIONS: ReadonlySet<number> = new Set();

/** Names as they are told: unlike each other. */
interface ToldNames {
  readonly byGroup: ReadonlyMap<number, string>;
  readonly taken: ReadonlySet<string>;
}

/** The name, with the first suffix that makes it unlike those that are taken. */
const unlike = (name: string, taken: ReadonlySet<string>, suffix: (count: number) => string): string => {
  let told = name;
  for (let count = 2; taken.has(told); count++) told = `${name}${suffix(count)}`;
  return told;
};
