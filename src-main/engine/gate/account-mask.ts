import { createHmac } from 'node:crypto';
import { comparableAccount, maskText } from '../../features/identity/domain/masking.ts';
import { knownAccounts } from '../../features/identity/storage/known-account.repository.ts';
import type { OpenWorkspace } from '../open-workspace.ts';

/** Shorter ones stand for too much else in a text. */
const SHORTEST = 6;
/** As printed: dots, the last four characters, and a code that tells numbers of the same ending apart. */
const MASKED = /••••[\p{L}\p{N}]{0,4}·[A-Z2-7]{4}/gu;
const CODE_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * A workspace's account numbers as those see them who may not: the same number always under the same mask, made with a key
 * that never leaves the store's, so that a mask cannot be tried out. What was masked here can be named again by its mask.
 */
export class AccountMask {
  private readonly workspace: OpenWorkspace;
  private readonly key: Uint8Array;
  private readonly originals = new Map<string, string>();
  private known: { readonly sources: number; readonly accounts: ReadonlySet<string> } | null = null;

  constructor(workspace: OpenWorkspace) {
    this.workspace = workspace;
    this.key = createHmac('sha256', workspace.dataKey).update('nexus/account-mask/1').digest();
  }

  /** Free text with its account numbers masked. */
  mask(text: string): string {
    const accounts = this.accounts();
    return maskText(
      text,
      candidate => accounts.has(candidate),
      account => this.maskOf(account),
    );
  }

  /**
   * A text given by someone who sees masks: masks become the numbers they stand for; a number written out becomes its mask,
   * so that it fits nothing and no answer tells whether it is there.
   */
  unmask(text: string): string {
    let plain = '';
    let from = 0;
    for (const match of text.matchAll(MASKED)) {
      plain += this.mask(text.slice(from, match.index)) + (this.originals.get(match[0]) ?? match[0]);
      from = match.index + match[0].length;
    }
    return plain + this.mask(text.slice(from));
  }

  private maskOf(account: string): string {
    const digest = createHmac('sha256', this.key).update(account).digest();
    const code = [...digest.subarray(0, 4)].map(byte => CODE_LETTERS[byte & 31]).join('');
    const masked = `••••${account.slice(-4)}·${code}`;
    this.originals.set(masked, this.spelled.get(account) ?? account);
    return masked;
  }

  /** How the store writes an account: a mask that comes back must name it as it is there. */
  private readonly spelled = new Map<string, string>();

  private accounts(): ReadonlySet<string> {
    const store = this.workspace.read;
    const { sources, accounts } = knownAccounts(store, this.known?.sources ?? -1);
    if (accounts === null && this.known !== null) return this.known.accounts;
    const known = new Set<string>();
    for (const account of accounts ?? []) {
      const plain = comparableAccount(account);
      if (plain.length < SHORTEST || !/\d/.test(plain)) continue;
      known.add(plain);
      this.spelled.set(plain, account);
    }
    this.known = { sources, accounts: known };
    return known;
  }
}
