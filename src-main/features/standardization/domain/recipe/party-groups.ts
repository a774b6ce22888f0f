/**
 * Which standardized party keys stand for the same party, as people decided. A later decision prevails over an earlier
 * one: merging parties that were kept apart ends their being apart, and the reverse.
 */
export class PartyGroups {
  private readonly groupOf = new Map<string, number>();
  private readonly groups = new Map<number, { readonly members: Set<string>; name: string }>();
  private readonly apart = new Set<string>();
  private made = 0;

  /** One party of several keys (and of all that were merged with them before); false where nothing changes. */
  merge(parties: readonly string[], name: string): boolean {
    const distinct = [...new Set(parties)];
    if (distinct.length < 2) return false;
    const before = new Set(distinct.map(party => this.groupOf.get(party)));
    const members = new Set(distinct.flatMap(party => this.membersOf(party)));
    const [only] = before;
    if (before.size === 1 && only !== undefined && this.groups.get(only)?.name === name) return false;
    for (const group of before) if (group !== undefined) this.groups.delete(group);
    const group = ++this.made;
    this.groups.set(group, { members, name });
    for (const member of members) this.groupOf.set(member, group);
    for (const pair of pairsOf([...members])) this.apart.delete(pair);
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
    return changed;
  }

  /** Remembers that keys are different parties, and takes them apart where they were one; false where it was known. */
  keepApart(parties: readonly string[]): boolean {
    const distinct = [...new Set(parties)];
    const pairs = pairsOf(distinct);
    const known = pairs.length === 0 || pairs.every(pair => this.apart.has(pair));
    for (const party of distinct) {
      const group = this.groupOf.get(party);
      const other = distinct.some(each => each !== party && group !== undefined && this.groupOf.get(each) === group);
      if (other) this.split([party]);
    }
    for (const pair of pairs) this.apart.add(pair);
    return !known;
  }

  /** All keys of the party a key belongs to, itself included, sorted. */
  membersOf(party: string): string[] {
    const group = this.groupOf.get(party);
    const members = group === undefined ? undefined : this.groups.get(group)?.members;
    return members === undefined ? [party] : [...members].sort();
  }

  /** The name of the party a key belongs to: the given one, or the key itself where it stands alone. */
  nameOf(party: string): string {
    const group = this.groupOf.get(party);
    return (group === undefined ? undefined : this.groups.get(group)?.name) ?? party;
  }

  areKeptApart(a: string, b: string): boolean {
    return this.apart.has(pairOf(a, b));
  }

  /** Merged parties, by name. */
  merged(): { readonly name: string; readonly members: readonly string[] }[] {
    return [...this.groups.values()]
      .map(({ name, members }) => ({ name, members: [...members].sort() }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

/** A separator no party key holds (keys are letters, digits and single blanks). */
const pairOf = (a: string, b: string): string => (a < b ? `${a}\n${b}` : `${b}\n${a}`);

const pairsOf = (parties: readonly string[]): string[] =>
  parties.flatMap((a, i) => parties.slice(i + 1).map(b => pairOf(a, b)));
