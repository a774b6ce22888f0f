/** What a line's account name says of the posting. */
export type PostingKind = 'real' | 'virtual' | 'balanced-virtual';

/** `(Account)` posts without balancing, `[Account]` balances among its like (hledger manual, virtual postings). */
export const postingKind = (written: string): { readonly kind: PostingKind; readonly account: string } => {
  const inner = written.slice(1, -1).trim();
  if (written.startsWith('(') && written.endsWith(')')) return { kind: 'virtual', account: inner };
  if (written.startsWith('[') && written.endsWith(']')) return { kind: 'balanced-virtual', account: inner };
  // `<Account>`: a deferred posting of ledger.
  if (written.startsWith('<') && written.endsWith('>')) return { kind: 'real', account: inner };
  return { kind: 'real', account: written };
};

/** Parent accounts and aliases in force where a posting stands. */
export class AccountNames {
  private readonly parents: string[] = [];
  private aliases: (readonly [name: string, replacement: string])[] = [];

  apply(parent: string): void {
    this.parents.push(parent);
  }

  endApply(): void {
    this.parents.pop();
  }

  alias(name: string, replacement: string): void {
    // The last one stated is tried first (hledger manual, alias directive).
    this.aliases.unshift([name, replacement]);
  }

  endAliases(): void {
    this.aliases = [];
  }

  get hasAliases(): boolean {
    return this.aliases.length > 0;
  }

  /** The full name of an account: parents in front, then aliases of it or of a parent of it. */
  full(account: string): string {
    let name = [...this.parents, account].join(':');
    for (const [from, to] of this.aliases)
      if (name === from) name = to;
      else if (name.startsWith(`${from}:`)) name = `${to}${name.slice(from.length)}`;
    return name;
  }
}
