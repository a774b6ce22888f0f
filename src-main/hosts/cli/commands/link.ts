import { NexusError } from '../../../contract/errors.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../command.ts';
import { parseSettings } from '../settings.ts';
import { linkText } from '../text/link-text.ts';

export const linkCommand: Command = {
  name: 'link',
  usage: 'nexus link TABLE [TABLE] [--id COL] [--fields COL,COL…] [--set key=value]…',
  summary: 'finds rows that are the same real-world thing: in one table, or across two; stores nothing',
  options: {
    id: { type: 'string' },
    fields: { type: 'string', multiple: true },
    set: { type: 'string', multiple: true },
  },
  help: [
    [
      '--id COL',
      'the column that names rows (its header or its number); never compared. Else rows go by their numbers',
    ],
    ['--fields COL,COL…', 'the columns to compare; else all but the id. Leave out columns that already say who is who'],
    ['--set threshold=0.9', 'probability from which two rows are linked'],
    ['--set kind.COL=KIND', 'what a column holds, where it was taken for something else'],
    ['--set one-to-one=no', 'with two tables: let a row link with several of the other table'],
    ['--set explain=yes', 'with --json: each pair carries the evidence of its fields'],
    ['--set key=value', 'encoding, delimiter, quote or headerRow of the tables'],
  ],
  run: async ({ arguments: given, json, terminal, station }) => {
    const [first, second, extra] = given.positionals;
    if (first === undefined || extra !== undefined)
      throw new NexusError({
        code: 'usage.link',
        category: 'usage',
        message: 'Name one table, or two that are linked across.',
        remedy: '`nexus link --help` shows what it takes.',
      });
    const id = given.text('id');
    const fields = given
      .list('fields')
      .flatMap(list => list.split(','))
      .map(name => name.trim())
      .filter(name => name !== '');
    if (given.list('fields').length > 0 && fields.length === 0)
      throw new NexusError({ code: 'usage.link', category: 'usage', message: '--fields names no column.' });
    const engine = await station();
    const paths = second === undefined ? [first] : [first, second];
    const grants: string[] = [];
    for (const path of paths) grants.push(await engine.grant(path));
    const result = await engine.run('tables.link', {
      grants,
      ...(id === undefined ? {} : { id }),
      ...(fields.length === 0 ? {} : { fields }),
      parameters: { ...parseSettings(given.list('set')) },
    });
    terminal.out(json ? `${JSON.stringify(result)}\n` : linkText(result));
    return EXIT.done;
  },
};
