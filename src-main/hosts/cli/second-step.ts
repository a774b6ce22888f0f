import { NexusError } from '../../contract/errors.ts';
import { promptHidden } from './passphrase.ts';
import type { Station } from './station.ts';

/**
 * Gives the second step of a sign-in: a one-time or recovery code from NEXUS_CODE, or a prompt on a terminal; never from
 * an argument, as with the passphrase. Throws `usage.code` where none is to be had, and what `factors.prove` throws.
 */
export const giveSecondStep = async (station: Station): Promise<void> => {
  const given = process.env.NEXUS_CODE ?? '';
  if (given === '' && !process.stdin.isTTY)
    throw new NexusError({
      code: 'usage.code',
      category: 'usage',
      message: 'This account has one-time codes: one is needed after the passphrase.',
      kept: 'Nothing was changed.',
      remedy: 'Set NEXUS_CODE to a one-time or recovery code, or run in a terminal.',
    });
  const code = given === '' ? await promptHidden('One-time or recovery code: ') : given;
  await station.call('factors.prove', { code });
};
