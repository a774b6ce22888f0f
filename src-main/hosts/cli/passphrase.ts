import { readFileSync } from 'node:fs';
import { NexusError } from '../../contract/errors.ts';
import type { Arguments } from './command.ts';

/** What a person types at the terminal, unseen. */
export const promptHidden = (question: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { stdin, stderr } = process;
    stderr.write(question);
    stdin.setRawMode(true);
    stdin.setEncoding('utf8');
    stdin.resume();
    let typed = '';
    const done = (finish: () => void): void => {
      stdin.setRawMode(false);
      stdin.pause();
      stdin.off('data', read);
      stderr.write('\n');
      finish();
    };
    const read = (data: string): void => {
      for (const key of data) {
        if (key === '\r' || key === '\n') {
          done(() => resolve(typed));
          return;
        }
        if (key === '\u0003') {
          done(() => reject(new NexusError({ code: 'usage.interrupted', category: 'usage', message: 'Interrupted.' })));
          return;
        }
        typed = key === '\u007f' ? typed.slice(0, -1) : typed + key;
      }
    };
    stdin.on('data', read);
  });

/**
 * The passphrase: from --passphrase-file (its first line), NEXUS_PASSPHRASE, or a prompt on a terminal; never from an
 * argument, which other users of the machine could read. Throws `usage.passphrase` where none of them is to be had.
 */
export const readPassphrase = async (given: Arguments, confirm: boolean): Promise<string> => {
  const file = given.text('passphrase-file');
  if (file !== undefined) {
    let content: string;
    try {
      content = readFileSync(file, 'utf8');
    } catch {
      throw new NexusError({
        code: 'usage.passphrase-file',
        category: 'usage',
        message: `${file}: the passphrase file cannot be read.`,
      });
    }
    const line = content.split(/\r?\n/)[0] ?? '';
    if (line === '')
      throw new NexusError({
        code: 'usage.passphrase-file',
        category: 'usage',
        message: `${file}: the first line is empty.`,
      });
    return line;
  }
  const fromEnvironment = process.env.NEXUS_PASSPHRASE;
  if (fromEnvironment !== undefined && fromEnvironment !== '') return fromEnvironment;
  if (!process.stdin.isTTY)
    throw new NexusError({
      code: 'usage.passphrase',
      category: 'usage',
      message: 'A passphrase is needed.',
      remedy: 'Set NEXUS_PASSPHRASE, give --passphrase-file FILE, or run in a terminal.',
    });
  const first = await promptHidden('Passphrase: ');
  if (confirm && (await promptHidden('Passphrase again: ')) !== first)
    throw new NexusError({ code: 'usage.passphrase', category: 'usage', message: 'The two passphrases differ.' });
  if (first === '')
    throw new NexusError({ code: 'usage.passphrase', category: 'usage', message: 'The passphrase is empty.' });
  return first;
};
