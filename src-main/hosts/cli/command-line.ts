import { parseArgs } from 'node:util';
import type { NexusErrorData } from '../../contract/errors.ts';
import { exitCodeOf, NexusError } from '../../contract/errors.ts';
import { productVersion } from '../../platform/product-version.ts';
import { errorDataOf } from '../../platform/worker-task.ts';
import type { Arguments, Command } from './command.ts';
import { EXIT } from './command.ts';
import { channelCommand } from './commands/channel.ts';
import { examineCommand } from './commands/examine.ts';
import { inspectCommand } from './commands/inspect.ts';
import { linkCommand } from './commands/link.ts';
import { channelsCommand, formatsCommand, testsCommand } from './commands/lists.ts';
import { reconcileCommand } from './commands/reconcile.ts';
import { testCommand } from './commands/test.ts';
import { verifyCommand } from './commands/verify.ts';
import { Station } from './station.ts';
import type { Terminal } from './terminal.ts';
import { errorText } from './text/error-text.ts';

const COMMANDS: readonly Command[] = [
  inspectCommand,
  examineCommand,
  testCommand,
  reconcileCommand,
  linkCommand,
  verifyCommand,
  testsCommand,
  formatsCommand,
  channelsCommand,
];

/** Commands of the interface that a later version brings. */
const NOT_YET: readonly string[] = ['trace'];

const NO_COMMAND = { code: 'usage.command', category: 'usage', remedy: '`nexus --help` lists them.' } as const;

/** `--json=yes` is refused, as a document: whoever gave it reads one. */
const isJsonFlag = (argument: string): boolean => argument === '--json' || argument.startsWith('--json=');

/** Whether the answer is a JSON document; what stands behind `--` is no option. */
const wantsJson = (argv: readonly string[]): boolean => {
  const end = argv.indexOf('--');
  return (end < 0 ? argv : argv.slice(0, end)).some(isJsonFlag);
};

const terminal: Terminal = {
  out: text => process.stdout.write(text),
  err: text => process.stderr.write(text),
  watched: process.stderr.isTTY === true,
};

/** Runs one `nexus` command line; answers its exit code. Exit codes: see EXIT and docs of the command. */
export const runCommandLine = async (argv: readonly string[]): Promise<number> => {
  // `--json` may stand before the command too.
  const before = argv.findIndex(argument => !isJsonFlag(argument));
  const leading = before < 0 ? argv : argv.slice(0, before);
  const [name, ...behind] = argv.slice(leading.length);
  const rest = [...leading, ...behind];
  if (name === undefined) {
    if (leading.length === 0) terminal.err(generalHelp());
    else report({ ...NO_COMMAND, message: 'Name a command.' }, true);
    return EXIT.usage;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    const topic = COMMANDS.find(known => known.name === rest[0]);
    terminal.out(topic === undefined ? generalHelp() : commandHelp(topic));
    return EXIT.done;
  }
  if (name === '--version') {
    terminal.out(`${productVersion}\n`);
    return EXIT.done;
  }
  const command =
    COMMANDS.find(known => known.name === name) ?? (name.includes('.') ? channelCommand(name) : undefined);
  if (command === undefined) {
    const message = NOT_YET.includes(name)
      ? `“${name}” is not in this version of NEXUS yet.`
      : `There is no command “${name}”.`;
    report({ ...NO_COMMAND, message }, wantsJson(rest));
    return EXIT.usage;
  }
  return run(command, rest);
};

const run = async (command: Command, argv: readonly string[]): Promise<number> => {
  if (argv.includes('--help') || argv.includes('-h')) {
    terminal.out(commandHelp(command));
    return EXIT.done;
  }
  const json = wantsJson(argv);
  let station: Promise<Station> | null = null;
  let code: number;
  try {
    code = await command.run({
      arguments: parse(command, argv),
      json,
      terminal,
      station: () => (station ??= Station.start(terminal)),
    });
  } catch (error) {
    const data = errorDataOf(error);
    report(data, json);
    code = exitCodeOf(data.category);
  }
  try {
    if (station !== null) await (await (station as Promise<Station>)).end();
  } catch (error) {
    // After a refusal this is its echo (a disk still full); after an answer, which is printed, it is told beside it.
    const data = errorDataOf(error);
    if (code === EXIT.done || code === EXIT.findings) {
      report(data, false);
      code = exitCodeOf(data.category);
    }
  }
  return code;
};

const parse = (command: Command, argv: readonly string[]): Arguments => {
  try {
    const { values, positionals }: { values: Record<string, unknown>; positionals: string[] } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { ...command.options, json: { type: 'boolean' } },
    });
    return {
      positionals,
      text: name => (typeof values[name] === 'string' ? values[name] : undefined),
      list: name => (Array.isArray(values[name]) ? values[name].map(String) : []),
      flag: name => values[name] === true,
    };
  } catch (error) {
    throw new NexusError({
      code: 'usage.option',
      category: 'usage',
      // Node adds advice on positional arguments after the first sentence.
      message: error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error),
      remedy: `\`nexus ${command.name} --help\` shows what it takes.`,
    });
  }
};

/** Prints a refusal: as JSON for machines, in its four parts for people (on standard error). */
const report = (error: NexusErrorData, json: boolean): void => {
  if (json) {
    terminal.out(`${JSON.stringify({ error })}\n`);
    return;
  }
  terminal.err(`nexus: ${errorText(error)}\n`);
};

const generalHelp = (): string =>
  `nexus ${productVersion}: examines bank statements and ledgers, offline

usage: nexus <command> [options]

${COMMANDS.map(({ usage, summary }) => `  ${usage}\n      ${summary}`).join('\n')}
  nexus CHANNEL --input JSON
      calls any contract channel (nexus channels lists them)

  --json on any command prints one JSON document; nexus <command> --help says more.
  Exit codes: 0 done, 1 findings the caller asked to fail on, 2 bad usage, 3 input refused,
  4 not permitted or locked, 5 integrity failure, 70 internal fault.
`;

const commandHelp = (command: Command): string => {
  const options = [...command.help, ['--json', 'one JSON document on standard output'] as const];
  const width = Math.max(...options.map(([option]) => option.length));
  return `usage: ${command.usage}\n\n${command.summary}\n\n${options.map(([option, text]) => `  ${option.padEnd(width)}  ${text}`).join('\n')}\n`;
};
