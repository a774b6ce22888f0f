import { exitCodeOf, NexusError } from '../../../contract/errors.ts';
import { errorDataOf } from '../../../platform/worker-task.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../command.ts';
import { inputPaths } from '../input-paths.ts';
import type { InspectedPages } from '../inspected-files.ts';
import { inspectedFiles } from '../inspected-files.ts';
import { controlsOfOneFile, parseSettings, SETTINGS_OF_FILES } from '../settings.ts';
import type { Terminal } from '../terminal.ts';
import { inspectedJson } from '../text/inspected-json.ts';
import { inspectedText, SHOWN } from '../text/inspected-text.ts';

/** One JSON document, written as the files are read; a fault after its beginning closes it with what went wrong. */
const asJson = async (files: AsyncIterable<InspectedPages>, terminal: Terminal): Promise<number> => {
  let separator = '{"files":[';
  let code: number = EXIT.done;
  let end = ']}\n';
  try {
    for await (const file of files) {
      if (file.file.error !== undefined) code = EXIT.refused;
      for await (const piece of inspectedJson(file)) {
        terminal.out(separator + piece);
        separator = '';
      }
      separator = ',';
    }
  } catch (error) {
    // Nothing was written: the refusal is the document.
    if (separator === '{"files":[') throw error;
    const data = errorDataOf(error);
    end = `],"error":${JSON.stringify(data)}}\n`;
    code = exitCodeOf(data.category);
  }
  terminal.out(end);
  return code;
};

/** Text for people: of each file its first transactions. */
const asText = async (files: AsyncIterable<InspectedPages>, terminal: Terminal): Promise<number> => {
  let code: number = EXIT.done;
  let separator = '';
  for await (const { file, transactions } of files) {
    if (file.error !== undefined) code = EXIT.refused;
    const first = [];
    for (const [i, { count }] of file.statements.entries()) {
      if (first.length >= SHOWN || count === 0) continue;
      for await (const page of transactions(i, SHOWN - first.length)) first.push(...page);
    }
    terminal.out(separator + inspectedText(file, first));
    separator = '\n';
  }
  return code;
};

export const inspectCommand: Command = {
  name: 'inspect',
  usage: 'nexus inspect PATH… [--set key=value]…',
  summary: 'parses files and shows what they hold; stores nothing, needs no sign-in',
  options: { set: { type: 'string', multiple: true } },
  help: [['PATH…', 'files, ZIP archives, or folders of them'], SETTINGS_OF_FILES],
  run: async ({ arguments: given, json, terminal, station }) => {
    if (given.positionals.length === 0)
      throw new NexusError({ code: 'usage.files', category: 'usage', message: 'Name at least one file.' });
    const overrides = parseSettings(given.list('set'));
    const paths = given.positionals.flatMap(inputPaths);
    controlsOfOneFile(overrides, paths.length);
    const files = inspectedFiles(await station(), paths, overrides);
    return json ? asJson(files, terminal) : asText(files, terminal);
  },
};
