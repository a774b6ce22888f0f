import { productVersion } from '../../../platform/product-version.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { requireCase } from '../../cases/storage/case.repository.ts';
import { sourcesOfCase, storedSources } from '../../ingestion/storage/source.repository.ts';
import type { CertificateFacts } from '../domain/custody-certificate.ts';
import type { CustodyEvent } from '../domain/custody-ledger.ts';
import { allCustodyEvents, custodyEventsOfCase } from '../storage/custody.repository.ts';

/** The name under which a workspace's log signs. */
export const logName = (workspaceId: string): string => `nexus/workspace/${workspaceId}`;

/** What a certificate can state of a case's originals, or of all of the workspace. */
export const certificateFacts = (
  store: ReadStore,
  workspaceId: string,
  madeAt: string,
  caseId: string | null,
): CertificateFacts => {
  const events = caseId === null ? allCustodyEvents(store) : custodyEventsOfCase(store, caseId);
  const sources = (caseId === null ? storedSources(store) : sourcesOfCase(store, caseId)).filter(
    source => source.state === 'complete',
  );
  const bySource = new Map<string, CustodyEvent[]>();
  for (const event of events) {
    const known = bySource.get(event.sourceId);
    if (known === undefined) bySource.set(event.sourceId, [event]);
    else known.push(event);
  }
  return {
    product: `NEXUS ${productVersion}`,
    madeAt,
    log: logName(workspaceId),
    caseId,
    caseName: caseId === null ? null : requireCase(store, caseId).name,
    originals: sources.map(source => {
      const own = bySource.get(source.id) ?? [];
      const later = own.filter(event => event.found !== null && event.agrees && event.kind !== 'ingest');
      return {
        name: source.name,
        bytes: source.bytes,
        sha256: source.sha256,
        importedAt: source.imported_at,
        importedBy: own.find(event => event.kind === 'ingest')?.actor ?? 'unknown',
        checkedAt: later.at(-1)?.at ?? null,
        disagreed: own.some(event => !event.agrees),
      };
    }),
  };
};
