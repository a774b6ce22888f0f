import blocklist from '../../../../resources/passwords/blocklist.json' with { type: 'json' };
import { NexusError } from '../../../contract/errors.ts';
import { judgePassword, PASSWORD_MAXIMUM, PASSWORD_MINIMUM, type PasswordFault } from '../domain/password-policy.ts';

const KNOWN: ReadonlySet<string> = new Set(blocklist);

const MESSAGES: Readonly<Record<PasswordFault, string>> = {
  'too-short': `A passphrase needs at least ${PASSWORD_MINIMUM} characters.`,
  'too-long': `A passphrase has at most ${PASSWORD_MAXIMUM} characters.`,
  known: 'This passphrase is made of passwords that guessers try first.',
  names: 'This passphrase is made of your name or the names of the workspace or the organisation.',
  repetition: 'This passphrase repeats itself.',
  sequence: 'This passphrase follows the alphabet or the keyboard.',
};

/** Answers the password when it may be used. Throws `password.refused`, saying why and what would do. */
export const assertPassword = (
  password: string,
  names: readonly string[],
  organisationWords: readonly string[],
): string => {
  const fault = judgePassword(password, [...names, ...organisationWords], KNOWN);
  if (fault === null) return password;
  throw new NexusError({
    code: 'password.refused',
    category: 'usage',
    message: MESSAGES[fault],
    kept: 'Nothing was changed.',
    remedy: 'Four or more words that have nothing to do with each other do well; spaces count.',
  });
};
