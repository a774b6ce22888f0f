import type { LedgerLine } from './proof-bundle.ts';

/** What happened to an original. */
export type CustodyKind = 'ingest' | 'access' | 'copy' | 'export' | 'transfer' | 'check';

/** An event of the ledger as it is stored. */
export interface CustodyEvent {
  readonly seq: number;
  readonly kind: CustodyKind;
  readonly sourceId: string;
  readonly caseId: string;
  readonly name: string;
  readonly purpose: string;
  /** SHA-256 recorded at ingest. */
  readonly expected: string;
  /** SHA-256 found now; null where nothing was read, or it could not be. */
  readonly found: string | null;
  readonly agrees: boolean;
  readonly recipient: string;
  readonly receipt: string;
  readonly actor: string;
  readonly role: string;
  readonly at: string;
  /** Number of the audit entry that records it. */
  readonly entry: number;
}

/** The event as its entry's digest and an export state it. */
export const ledgerLine = (event: Omit<CustodyEvent, 'entry'>): LedgerLine => ({
  seq: event.seq,
  kind: event.kind,
  source: event.sourceId,
  case: event.caseId,
  name: event.name,
  purpose: event.purpose,
  expected: event.expected,
  ...(event.found === null ? {} : { found: event.found }),
  agrees: event.agrees,
  recipient: event.recipient,
  receipt: event.receipt,
  actor: event.actor,
  role: event.role,
  at: event.at,
});
