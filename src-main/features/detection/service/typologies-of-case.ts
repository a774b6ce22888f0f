import { NexusError } from '../../../contract/errors.ts';
import { TypologyShape } from '../../../contract/typologies.contract.ts';
import type { ReadStore } from '../../../platform/store.ts';
import { typologyVersions } from '../storage/typology.repository.ts';
import { BUNDLED_TYPOLOGIES } from './bundled-typologies.ts';

export interface VersionedTypology {
  readonly typology: TypologyShape;
  readonly bundled: boolean;
  /** Of a version that was added to the case. */
  readonly saved: { readonly at: string; readonly actor: string } | null;
}

/** Every version of every typology that a case may use, bundled ones first, versions ascending. */
export const typologiesOfCase = (
  store: ReadStore,
  caseId: string,
): ReadonlyMap<string, readonly VersionedTypology[]> => {
  const byId = new Map<string, VersionedTypology[]>(
    BUNDLED_TYPOLOGIES.map(typology => [typology.id, [{ typology, bundled: true, saved: null }]]),
  );
  for (const record of typologyVersions(store, caseId)) {
    const version = {
      typology: TypologyShape.parse(JSON.parse(record.body)),
      bundled: false,
      saved: { at: record.saved_at, actor: record.actor },
    };
    const own = byId.get(record.typology);
    if (own === undefined) byId.set(record.typology, [version]);
    else own.push(version);
  }
  return byId;
};

/** One version of a typology. Throws `typology.unknown`, naming the versions there are. */
export const requireTypology = (store: ReadStore, caseId: string, id: string, version: number): VersionedTypology => {
  const versions = typologiesOfCase(store, caseId).get(id) ?? [];
  const found = versions.find(each => each.typology.version === version);
  if (found !== undefined) return found;
  const known = versions.map(each => each.typology.version).join(', ');
  throw new NexusError({
    code: 'typology.unknown',
    category: 'not-found',
    message:
      versions.length === 0
        ? `There is no typology “${id}” in this case.`
        : `The typology “${id}” has no version ${version}; it has ${known}.`,
  });
};
