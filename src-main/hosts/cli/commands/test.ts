import { NexusError } from '../../../contract/errors.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../command.ts';
import { parseSettings } from '../settings.ts';
import { cut, tableText } from '../terminal.ts';

const COLUMNS = ['amount', 'date', 'party', 'reference', 'account', 'currency', 'id'] as const;
const SHOWN = 20;

export const testCommand: Command = {
  name: 'test',
  usage:
    'nexus test TEST-ID TABLE [--amount COL] [--date COL] [--party COL] [--reference COL] [--id COL] [--set key=value]…',
  summary: 'runs one forensic test on the named columns of any table',
  options: {
    ...Object.fromEntries(COLUMNS.map(name => [name, { type: 'string' } as const])),
    set: { type: 'string', multiple: true },
  },
  help: [
    ...COLUMNS.map(name => [`--${name} COL`, `the ${name} column: its header or its number`] as const),
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
      COLUMNS.flatMap(name => (given.text(name) === undefined ? [] : [[name, given.text(name)!]])),
    );
    const engine = await station();
    const result = await engine.run('files.test', {
      grant: await engine.grant(table),
      test,
      columns,
      parameters: parseSettings(given.list('set')),
    });
    if (json) {
      terminal.out(`${JSON.stringify(result)}\n`);
      return EXIT.done;
    }
    const { population } = result;
    const lines = [
      `${result.test} ${result.version} on ${population.rows} rows: ${population.used} used`,
      ...population.excluded.map(({ reason, count }) => `  left out: ${count} (${reason})`),
      ...Object.entries(result.parameters).map(([name, value]) => `  ${name} = ${value}`),
      ...Object.entries(result.statistics).map(([name, value]) => `${name}: ${value ?? 'not computable'}`),
    ];
    if (result.findings.length > 0)
      lines.push(
        `${result.findings.length} findings`,
        tableText(
          ['score', 'rows', 'reason'],
          result.findings.slice(0, SHOWN).map(f => [f.score.toFixed(3), cut(f.rows.join(' '), 30), f.reason]),
        ),
      );
    if (result.findings.length > SHOWN) lines.push(`… ${result.findings.length - SHOWN} more (--json prints all)`);
    lines.push(...result.limits.map(limit => `note: ${limit}`));
    terminal.out(`${lines.join('\n')}\n`);
    return EXIT.done;
  },
};
