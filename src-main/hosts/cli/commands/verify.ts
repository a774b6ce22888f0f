import { NexusError } from '../../../contract/errors.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../command.ts';
import { readPassphrase } from '../passphrase.ts';

export const verifyCommand: Command = {
  name: 'verify',
  usage: 'nexus verify WORKSPACE [--passphrase-file FILE]',
  summary: 're-computes the audit chain and every evidence digest; changes nothing; names the first break',
  options: { 'passphrase-file': { type: 'string' } },
  help: [['--passphrase-file FILE', 'first line is the passphrase (else NEXUS_PASSPHRASE, else a prompt)']],
  run: async ({ arguments: given, json, terminal, station }) => {
    const [folder, extra] = given.positionals;
    if (folder === undefined || extra !== undefined)
      throw new NexusError({ code: 'usage.verify', category: 'usage', message: 'Name one workspace folder.' });
    const engine = await station();
    const grant = await engine.grant(folder, 'folder');
    const result = await engine.run('workspaces.verify', { grant, passphrase: await readPassphrase(given, false) });
    if (json) terminal.out(`${JSON.stringify(result)}\n`);
    else
      terminal.out(
        [
          result.ok ? 'The audit chain and the evidence hold.' : 'INTEGRITY FAILURE',
          `entries ${result.entries}, root ${result.root}`,
          `evidence files ${result.evidence.files}, mismatched ${result.evidence.mismatched.length}`,
          `unwitnessed entries ${result.unwitnessed}: nobody outside this workspace has countersigned them`,
          ...result.problems.map(problem => `${problem.code} at ${problem.where}: ${problem.message}`),
          '',
        ].join('\n'),
      );
    return result.ok ? EXIT.done : EXIT.integrity;
  },
};
