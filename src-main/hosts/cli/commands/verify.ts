import { NexusError } from '../../../contract/errors.ts';
import type { ChannelResult } from '../../../contract/index.ts';
import { errorDataOf } from '../../../platform/worker-task.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../command.ts';
import { readPassphrase } from '../passphrase.ts';
import type { Station } from '../station.ts';
import { printable } from '../terminal.ts';

type Verification = ChannelResult<'workspaces.verify'>;

/** Verifies a workspace. One so damaged that it cannot be read through is an answer too: `ok` false, with what stopped it. */
const verify = async (
  station: Station,
  folder: string,
  passphrase: string,
  at: number | null,
): Promise<Verification> => {
  try {
    return await station.run('workspaces.verify', {
      grant: await station.grant(folder, 'folder'),
      passphrase,
      ...(at === null ? {} : { at }),
    });
  } catch (error) {
    const { code, category, message } = errorDataOf(error);
    if (category !== 'integrity') throw error;
    return {
      ok: false,
      entries: 0,
      root: '',
      checkpoints: 0,
      unwitnessed: 0,
      evidence: { files: 0, mismatched: [] },
      problems: [{ code, where: folder, message }],
    };
  }
};

const verificationText = (result: Verification): string =>
  printable(
    [
      result.ok ? 'The audit chain and the evidence hold.' : 'INTEGRITY FAILURE',
      `entries ${result.entries}, root ${result.root === '' ? 'not computable' : result.root}`,
      `evidence files ${result.evidence.files}, mismatched ${result.evidence.mismatched.length}`,
      `unwitnessed entries ${result.unwitnessed}: nobody outside this workspace has countersigned them`,
      ...(result.rootAt === undefined
        ? []
        : [
            result.rootAt === null
              ? 'the log has fewer entries than asked for with --at'
              : `root over the first ${result.rootAt.entries} entries ${result.rootAt.root}`,
          ]),
      ...result.problems.map(problem => `${problem.code} at ${problem.where}: ${problem.message}`),
      '',
    ].join('\n'),
  );

export const verifyCommand: Command = {
  name: 'verify',
  usage: 'nexus verify WORKSPACE [--at N] [--passphrase-file FILE]',
  summary: 're-computes the audit chain and every evidence digest; changes nothing; names the first break',
  options: { at: { type: 'string' }, 'passphrase-file': { type: 'string' } },
  help: [
    ['--at N', 'also print the root over the first N entries, to compare with a report'],
    ['--passphrase-file FILE', 'first line is the passphrase (else NEXUS_PASSPHRASE, else a prompt)'],
  ],
  run: async ({ arguments: given, json, terminal, station }) => {
    const [folder, extra] = given.positionals;
    if (folder === undefined || extra !== undefined)
      throw new NexusError({ code: 'usage.verify', category: 'usage', message: 'Name one workspace folder.' });
    const engine = await station();
    const at = given.text('at');
    if (at !== undefined && !/^\d{1,15}$/.test(at))
      throw new NexusError({
        code: 'usage.verify',
        category: 'usage',
        message: `--at ${at}: give a number of entries.`,
      });
    const result = await verify(
      engine,
      folder,
      await readPassphrase(given, false),
      at === undefined ? null : Number(at),
    );
    terminal.out(json ? `${JSON.stringify(result)}\n` : verificationText(result));
    return result.ok ? EXIT.done : EXIT.integrity;
  },
};
