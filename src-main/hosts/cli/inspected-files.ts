import { NexusError } from '../../contract/errors.ts';
import type { InspectedFile } from '../../contract/imports.contract.ts';
import type { InputPath } from './input-paths.ts';
import { refusedPath } from './refused-path.ts';
import type { Station } from './station.ts';

type Transaction = NonNullable<InspectedFile['statements'][number]['transactions']>[number];

/** A file with its transactions a page at a time: a large one is never in memory as objects. */
export interface InspectedPages {
  readonly file: InspectedFile;
  readonly transactions: (statement: number, limit?: number) => AsyncGenerator<readonly Transaction[]>;
}

/** Transactions of a larger file come in pages. */
const PAGE = 5_000;

const pagesOf = (station: Station, file: InspectedFile): InspectedPages => ({
  file,
  transactions: async function* (statement, limit = Number.POSITIVE_INFINITY) {
    const { held } = file;
    const inPlace = file.statements[statement]?.transactions;
    if (held === undefined || inPlace !== undefined) {
      yield (inPlace ?? []).slice(0, limit);
      return;
    }
    const wanted = Math.min(limit, file.statements[statement]?.count ?? 0);
    for (let offset = 0; offset < wanted; offset += PAGE) {
      const page = { held, statement, offset, limit: Math.min(PAGE, wanted - offset) };
      yield (await station.call('files.transactions', page)).transactions;
    }
  },
});

/** Inspects files one after the other, those of archives too. A refused one comes with its error in place. */
export async function* inspectedFiles(
  station: Station,
  paths: readonly InputPath[],
  overrides: Readonly<Record<string, string>>,
): AsyncGenerator<InspectedPages> {
  for (const { path, refused } of paths) {
    try {
      if (refused !== null) throw new NexusError(refused);
      const grant = await station.grant(path);
      const { members } = await station.call('files.members', { grant });
      const requests =
        members === null ? [{ grant, overrides }] : members.map(({ name }) => ({ grant, member: name, overrides }));
      for (const request of requests) {
        const { files } = await station.run('files.inspect', { files: [request], inlineRows: PAGE });
        for (const file of files) yield pagesOf(station, file);
      }
    } catch (error) {
      yield pagesOf(station, refusedPath(path, error));
    }
  }
}
