import type { Command } from '../command.ts';
import { EXIT } from '../command.ts';
import { tableText } from '../terminal.ts';

export const testsCommand: Command = {
  name: 'tests',
  usage: 'nexus tests',
  summary: 'lists the forensic tests with versions, needed columns and parameters',
  options: {},
  help: [],
  run: async ({ station, json, terminal }) => {
    const { tests } = await (await station()).call('tests.list', {});
    if (json) terminal.out(`${JSON.stringify({ tests })}\n`);
    else
      terminal.out(
        `${tableText(
          ['test', 'version', 'needs', 'parameters (default)', 'title'],
          tests.map(test => [
            test.id,
            test.version,
            test.needs.join(' '),
            test.parameters.map(p => `${p.name}=${p.default}`).join(' '),
            test.title,
          ]),
        )}\n`,
      );
    return EXIT.done;
  },
};

export const formatsCommand: Command = {
  name: 'formats',
  usage: 'nexus formats',
  summary: 'lists the file formats NEXUS reads',
  options: {},
  help: [],
  run: async ({ station, json, terminal }) => {
    const { formats } = await (await station()).call('formats.list', {});
    if (json) terminal.out(`${JSON.stringify({ formats })}\n`);
    else
      terminal.out(
        `${tableText(
          ['format', 'version', 'title', 'standard'],
          formats.map(f => [f.format, f.version, f.title, f.standard]),
        )}\n`,
      );
    return EXIT.done;
  },
};

export const channelsCommand: Command = {
  name: 'channels',
  usage: 'nexus channels',
  summary: 'lists every channel of the contract with its kind and permission',
  options: {},
  help: [],
  run: async ({ station, json, terminal }) => {
    const { channels } = await (await station()).call('channels.list', {});
    if (json) terminal.out(`${JSON.stringify({ channels })}\n`);
    else
      terminal.out(
        `${tableText(
          ['channel', 'kind', 'permission', 'summary'],
          channels.map(c => [c.channel, c.kind, c.permission, c.summary]),
        )}\n`,
      );
    return EXIT.done;
  },
};
