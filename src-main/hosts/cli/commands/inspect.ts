import { NexusError } from '../../../contract/errors.ts';
import type { InspectedFile } from '../../../contract/imports.contract.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../command.ts';
import { refusedPath } from '../refused-path.ts';
import { parseSettings } from '../settings.ts';
import type { Station } from '../station.ts';
import { inspectedText } from '../text/inspected-text.ts';

const inspectPath = async (
  station: Station,
  path: string,
  overrides: Readonly<Record<string, string>>,
): Promise<InspectedFile> => {
  try {
    const { files } = await station.run('files.inspect', { files: [{ grant: await station.grant(path), overrides }] });
    return files[0]!;
  } catch (error) {
    return refusedPath(path, error);
  }
};

export const inspectCommand: Command = {
  name: 'inspect',
  usage: 'nexus inspect FILE… [--set key=value]…',
  summary: 'parses files and shows what they hold; stores nothing, needs no sign-in',
  options: { set: { type: 'string', multiple: true } },
  help: [
    [
      '--set key=value',
      'how to read a table: dateOrder, decimalSign, delimiter, encoding, headerRow, or a column by its role',
    ],
  ],
  run: async ({ arguments: given, json, terminal, station }) => {
    if (given.positionals.length === 0)
      throw new NexusError({ code: 'usage.files', category: 'usage', message: 'Name at least one file.' });
    const overrides = parseSettings(given.list('set'));
    const engine = await station();
    const files: InspectedFile[] = [];
    for (const path of given.positionals) files.push(await inspectPath(engine, path, overrides));
    if (json) terminal.out(`${JSON.stringify({ files })}\n`);
    else terminal.out(files.map(inspectedText).join('\n'));
    return files.some(file => file.error !== undefined) ? EXIT.refused : EXIT.done;
  },
};
