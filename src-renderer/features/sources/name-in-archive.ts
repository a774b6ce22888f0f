import type { SourceSummary } from '../../../src-main/contract/imports.contract.ts';

type Named = Pick<SourceSummary, 'name'>;

/** A member's path inside its archive, where it stands beside the archive's name: `march.zip/a.csv` is `a.csv`. */
export const nameInArchive = (member: Named, archive: Named | undefined): string =>
  archive !== undefined && member.name.startsWith(`${archive.name}/`)
    ? member.name.slice(archive.name.length + 1)
    : member.name;
