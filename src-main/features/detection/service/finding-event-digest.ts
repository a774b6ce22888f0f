import { hex, sha256, utf8 } from '../../../platform/digest.ts';
import type { FindingEventRecord } from '../storage/finding-event.repository.ts';

/** One event as it is stored, with its facts by name and the rows of its explanations by name. */
export interface StoredFindingEvent extends Omit<FindingEventRecord, 'case_id'> {
  readonly facts: readonly { readonly fact: string; readonly hits: string }[];
  readonly rows: readonly { readonly explanation: string; readonly rows: Uint8Array }[];
}

/** By code units, whatever order a store reads them in. */
const byName = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : a > b ? 1 : 0);

/** SHA-256 over events as they are stored: what the log says of them. */
export const findingEventDigest = (events: readonly StoredFindingEvent[]): string =>
  `sha256:${hex(
    sha256(
      utf8(
        JSON.stringify(
          events.map(({ seq, actor, role, at, body, facts, rows }) => [
            seq,
            actor,
            role,
            at,
            body,
            facts.map(({ fact, hits }) => [fact, hits] as const).sort(byName),
            rows.map(({ explanation, rows: bytes }) => [explanation, hex(sha256(bytes))] as const).sort(byName),
          ]),
        ),
      ),
    ),
  )}`;
