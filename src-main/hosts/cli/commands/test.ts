import { NexusError } from '../../../contract/errors.ts';
import { TABLE_PARTS } from '../../../contract/tests.contract.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../command.ts';
import { parseSettings } from '../settings.ts';
import { testText } from '../text/test-text.ts';

export const testCommand: Command = {
  name: 'test',
  usage: 'nexus test TEST-ID TABLE [--amount COL] [--date COL] [--party COL] … [--id COL] [--set key=value]…',
  summary: 'runs one forensic test on the named columns of any table, or on any file that is read',
  options: {
    ...Object.fromEntries(TABLE_PARTS.map(name => [name, { type: 'string' } as const])),
    set: { type: 'string', multiple: true },
  },
  help: [
    ...TABLE_PARTS.map(name => [`--${name} COL`, `the ${name} column: its header or its number`] as const),
    ['--set key=value', 'a parameter of the test (nexus tests lists them)'],
  ],
  run: async ({ arguments: given, json, terminal, station }) => {
    const [test, table, extra] = given.positionals;
    if (test === undefined || table === undefined || extra !== undefined)
      throw new NexusError({
        code: 'usage.test',
        category: 'usage',
        message: 'Name one test and one table.',
        remedy: '`nexus tests` lists the tests.',
      });
    const columns = Object.fromEntries(
      TABLE_PARTS.flatMap(name => (given.text(name) === undefined ? [] : [[name, given.text(name)!]])),
    );
    const engine = await station();
    const result = await engine.run('files.test', {
      grant: await engine.grant(table),
      test,
      columns,
      parameters: parseSettings(given.list('set')),
    });
    terminal.out(json ? `${JSON.stringify(result)}\n` : testText(result));
    return EXIT.done;
  },
};
