import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { NexusError } from '../../../contract/errors.ts';
import type { ChannelResult } from '../../../contract/index.ts';
import { errorDataOf } from '../../../platform/worker-task.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../command.ts';
import { readPassphrase } from '../passphrase.ts';
import type { Station } from '../station.ts';
import { EXPORT_HELP, EXPORT_OPTIONS, isExport, verifyExport } from './verify-export.ts';
import { verdictText } from './verify-text.ts';

type Verification = ChannelResult<'workspaces.verify'>;

/** Verifies a workspace. One so damaged that it cannot be read through is an answer too: `ok` false, with what stopped it. */
const verify = async (
  station: Station,
  folder: string,
  passphrase: string,
  options: {
    readonly at?: number;
    readonly firstKey?: string;
    readonly actor?: string;
    readonly keyFile?: string;
  },
): Promise<Verification> => {
  try {
    return await station.run('workspaces.verify', {
      grant: await station.grant(folder, 'folder'),
      passphrase,
      ...options,
    });
  } catch (error) {
    const { code, category, message } = errorDataOf(error);
    if (category !== 'integrity') throw error;
    return {
      ok: false,
      entries: 0,
      root: '',
      checkpoints: 0,
      checkpointsVerified: 0,
      stationCheckpoint: null,
      highWater: null,
      tags: { checked: 0, with: 'none' },
      unwitnessed: 0,
      evidence: { files: 0, mismatched: [] },
      problems: [{ code, where: folder, message }],
    };
  }
};

const tagsText = ({ checked, with: key }: Verification['tags']): string => {
  if (key === 'none') return 'tags not checked: neither the first key nor a key of this station is at hand';
  return `tags checked ${checked}, with ${key === 'first-key' ? 'the first key' : 'this station’s key since its last checkpoint'}`;
};

/** K_0 as given: 64 hex digits, or a file whose text holds them. */
const firstKeyOf = (text: string): string => {
  const key = HEX_KEY.test(text) ? text : existsSync(text) ? readFileSync(text, 'utf8').trim() : '';
  if (!HEX_KEY.test(key))
    throw new NexusError({
      code: 'usage.verify',
      category: 'usage',
      message: '--first-key: give the 64 hexadecimal digits of the recovery kit, or a file that holds them.',
    });
  return key.toLowerCase();
};
const HEX_KEY = /^[0-9a-f]{64}$/i;

const verificationText = (result: Verification): string =>
  verdictText([
    result.ok ? 'The audit chain and the evidence hold.' : 'INTEGRITY FAILURE',
    `entries ${result.entries}, root ${result.root === '' ? 'not computable' : result.root}`,
    `evidence files ${result.evidence.files}, mismatched ${result.evidence.mismatched.length}`,
    `checkpoints ${result.checkpoints}, right ${result.checkpointsVerified}${result.stationCheckpoint === null ? '' : `; newest over ${result.stationCheckpoint.size} entries, signed ${result.stationCheckpoint.at}`}`,
    tagsText(result.tags),
    ...(result.highWater === null
      ? []
      : [
          `this station saw ${result.highWater.size} entries at ${result.highWater.at}: ${result.highWater.holds ? 'they are here' : 'THEY ARE NOT HERE'}`,
        ]),
    `unwitnessed entries ${result.unwitnessed}: nobody outside this workspace has countersigned them`,
    ...(result.rootAt === undefined
      ? []
      : [
          result.rootAt === null
            ? 'the log has fewer entries than asked for with --at'
            : `root over the first ${result.rootAt.entries} entries ${result.rootAt.root}`,
        ]),
    ...result.problems.map(problem => `${problem.code} at ${problem.where}: ${problem.message}`),
  ]);

export const verifyCommand: Command = {
  name: 'verify',
  usage: 'nexus verify WORKSPACE|EXPORT [--at N] [--first-key HEX|FILE] [--passphrase-file FILE]',
  summary: 're-computes the audit chain and every evidence digest; changes nothing; names the first break',
  options: {
    at: { type: 'string' },
    'first-key': { type: 'string' },
    'passphrase-file': { type: 'string' },
    actor: { type: 'string' },
    'key-file': { type: 'string' },
    ...EXPORT_OPTIONS,
  },
  help: [
    ['--at N', 'also print the root over the first N entries, to compare with a report'],
    ['--first-key HEX|FILE', 'also check every tag of the log, with the first key of the recovery kit'],
    ['--passphrase-file FILE', 'first line is the passphrase (else NEXUS_PASSPHRASE, else a prompt)'],
    ['--actor NAME', 'the account (else the one that the passphrase fits)'],
    ['--key-file FILE', 'the key file of an account that has one'],
    ...EXPORT_HELP,
  ],
  run: async context => {
    const { arguments: given, json, terminal, station } = context;
    const [folder, extra] = given.positionals;
    if (folder === undefined || extra !== undefined)
      throw new NexusError({
        code: 'usage.verify',
        category: 'usage',
        message: 'Name one workspace folder or one export.',
      });
    const firstKey = given.text('first-key');
    if (isExport(folder)) return verifyExport(context, folder, firstKey === undefined ? null : firstKeyOf(firstKey));
    const engine = await station();
    const at = given.text('at');
    if (at !== undefined && !/^\d{1,15}$/.test(at))
      throw new NexusError({
        code: 'usage.verify',
        category: 'usage',
        message: `--at ${at}: give a number of entries.`,
      });
    const actor = given.text('actor');
    const keyFile = given.text('key-file');
    const result = await verify(engine, folder, await readPassphrase(given, false), {
      ...(actor === undefined ? {} : { actor }),
      ...(keyFile === undefined ? {} : { keyFile: await engine.grant(resolve(keyFile)) }),
      ...(at === undefined ? {} : { at: Number(at) }),
      ...(firstKey === undefined ? {} : { firstKey: firstKeyOf(firstKey) }),
    });
    terminal.out(json ? `${JSON.stringify(result)}\n` : verificationText(result));
    return result.ok ? EXIT.done : EXIT.integrity;
  },
};
