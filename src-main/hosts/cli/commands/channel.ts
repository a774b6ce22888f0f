import { NexusError } from '../../../contract/errors.ts';
import { contract, isChannelName } from '../../../contract/index.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../command.ts';
import { inputPaths } from '../input-paths.ts';
import { openWorkspace, WORKSPACE_HELP, WORKSPACE_OPTIONS } from '../workspace-option.ts';

const parseInput = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new NexusError({
      code: 'usage.input',
      category: 'usage',
      message: `--input is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    });
  }
};

/** An element of a list that names a folder stands for one element a file below it. */
const eachFile = (item: unknown): unknown[] =>
  typeof item === 'object' && item !== null && 'path' in item && typeof item.path === 'string'
    ? inputPaths(item.path).map(({ path, refused }) => {
        if (refused !== null) throw new NexusError(refused);
        return { ...item, path };
      })
    : [item];

type Grant = (path: string, kind: 'file' | 'folder') => Promise<string>;

/** Replaces `{"path": "…"}` by a grant for that file, `{"folder": "…"}` for that folder: here the user names paths. */
const grantPaths = async (value: unknown, grant: Grant): Promise<unknown> => {
  if (Array.isArray(value)) return Promise.all(value.flatMap(eachFile).map(item => grantPaths(item, grant)));
  if (typeof value !== 'object' || value === null) return value;
  const entries = await Promise.all(
    Object.entries(value).map(async ([key, item]) =>
      (key === 'path' || key === 'folder') && typeof item === 'string'
        ? (['grant', await grant(item, key === 'path' ? 'file' : 'folder')] as const)
        : ([key, await grantPaths(item, grant)] as const),
    ),
  );
  return Object.fromEntries(entries);
};

/** Calls any contract channel; its answer is always JSON. */
export const channelCommand = (channel: string): Command => ({
  name: channel,
  usage: `nexus ${channel} --input JSON [--workspace DIR]`,
  summary: isChannelName(channel) ? contract[channel].summary : 'a contract channel',
  options: { input: { type: 'string' }, workspace: { type: 'string' }, ...WORKSPACE_OPTIONS },
  help: [
    ['--input JSON', 'the channel’s input; members "path" and "folder" stand for a file or folder you name'],
    ['--workspace DIR', 'the workspace to open first (public channels need none)'],
    ...WORKSPACE_HELP,
  ],
  run: async ({ arguments: given, json, station, terminal }) => {
    if (!isChannelName(channel))
      throw new NexusError({
        code: 'channel.unknown',
        category: 'usage',
        message: `There is no channel “${channel}”.`,
        remedy: '`nexus channels` lists them.',
      });
    const engine = await station();
    const workspace = given.text('workspace');
    if (workspace !== undefined)
      await openWorkspace(engine, workspace, given, false, text => {
        // For machines: one document and nothing else.
        if (!json) terminal.err(`nexus: ${text}\n`);
      });
    const input = await grantPaths(parseInput(given.text('input') ?? '{}'), (path, kind) => engine.grant(path, kind));
    terminal.out(`${JSON.stringify(await engine.any(channel, input))}\n`);
    return EXIT.done;
  },
});
