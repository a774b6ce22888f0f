import type { CodedColumn } from '../../../../kernel/dictionary.ts';
import type { TransactionTable } from '../transaction-table.ts';

/** What a node of the graph is: an account whose own records are examined, an account seen from the other side, or a name only. */
export const NODE_KINDS = ['examined-account', 'counterparty-account', 'party'] as const;
export const EXAMINED = 0;
const COUNTERPARTY = 1;
export const PARTY = 2;

/** Nodes, and the node that each code of the three columns stands for (empty where the table lacks the column). */
export interface FlowNodes {
  /** As stated in the data, the first spelling. */
  readonly names: readonly string[];
  /** Index into NODE_KINDS. */
  readonly kinds: Uint8Array;
  readonly ofAccount: Int32Array;
  readonly ofCounterpartyAccount: Int32Array;
  readonly ofParty: Int32Array;
}

const PLAIN = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;
const nameKey = (text: string): string =>
  (PLAIN.test(text) ? text : text.normalize('NFKC').replace(/\s+/gu, ' ').trim()).toUpperCase();
/** Account numbers are written with and without spaces (ISO 13616: printed in groups of four). */
const numberKey = (text: string): string => nameKey(text).replaceAll(' ', '');

/**
 * Who is who. Accounts are the same when their numbers agree without spaces and case; a party that is written exactly as an
 * examined or counterparty account is that account (lists of transfers name accounts in both columns). Nothing else is merged.
 */
export const flowNodes = (table: TransactionTable): FlowNodes => {
  const names: string[] = [];
  const kinds: number[] = [];
  const byNumber = new Map<string, number>();
  const byName = new Map<string, number>();
  const add = (text: string, kind: number): number => {
    names.push(text);
    kinds.push(kind);
    return names.length - 1;
  };
  const accountNodes = (column: CodedColumn | null, kind: number): Int32Array =>
    Int32Array.from(column?.values ?? [], text => {
      const key = numberKey(text);
      const node = byNumber.get(key) ?? add(text, kind);
      byNumber.set(key, node);
      if (!byName.has(nameKey(text))) byName.set(nameKey(text), node);
      return node;
    });
  const ofAccount = accountNodes(table.account, EXAMINED);
  const ofCounterpartyAccount = accountNodes(table.counterpartyAccount, COUNTERPARTY);
  const ofParty = Int32Array.from(table.party?.values ?? [], text => {
    const key = nameKey(text);
    const node = byName.get(key) ?? add(text, PARTY);
    byName.set(key, node);
    return node;
  });
  return { names, kinds: Uint8Array.from(kinds), ofAccount, ofCounterpartyAccount, ofParty };
};
