import { NexusError } from '../../contract/errors.ts';

/** Settings without a prototype: `constructor` is a key like any other. */
const noSettings = (): Record<string, string> => Object.create(null) as Record<string, string>;

/**
 * `key=value` pairs of --set. Throws `usage.set` for text without an equals sign, a key given twice, and `__proto__`, which
 * objects drop without a word on their way to the reader that would refuse it.
 */
export const parseSettings = (pairs: readonly string[]): Readonly<Record<string, string>> => {
  const settings = noSettings();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1)
      throw new NexusError({ code: 'usage.set', category: 'usage', message: `--set ${pair}: give it as key=value.` });
    const key = pair.slice(0, at);
    if (Object.hasOwn(settings, key))
      throw new NexusError({ code: 'usage.set', category: 'usage', message: `--set ${key} is given twice.` });
    if (key.split('.').includes('__proto__'))
      throw new NexusError({
        code: 'usage.set',
        category: 'usage',
        message: `--set ${key}: there is no such setting.`,
      });
    settings[key] = pair.slice(at + 1);
  }
  return settings;
};

/** Settings `prefix.key` (without the prefix) apart from the others. */
export const splitSettings = (
  settings: Readonly<Record<string, string>>,
  prefix: string,
): { readonly own: Readonly<Record<string, string>>; readonly rest: Readonly<Record<string, string>> } => {
  const own = noSettings();
  const rest = noSettings();
  for (const [key, value] of Object.entries(settings)) {
    if (key.startsWith(`${prefix}.`)) own[key.slice(prefix.length + 1)] = value;
    else rest[key] = value;
  }
  return { own, rest };
};

/** What `--set` says of files, in help. */
export const SETTINGS_OF_FILES = [
  '--set key=value',
  'how to read a table: dateOrder, decimalSign, delimiter, encoding, headerRow, or a column by its role; or what one file must add up to: controlCount, controlCredits, controlDebits, controlNet, controlClosing',
] as const;

/** Control totals are of one file. Throws `usage.control` where several are named. */
export const controlsOfOneFile = (settings: Readonly<Record<string, string>>, files: number): void => {
  const given = Object.keys(settings).filter(key => key.startsWith('control'));
  if (given.length === 0 || files <= 1) return;
  throw new NexusError({
    code: 'usage.control',
    category: 'usage',
    message: `--set ${given.join(', ')}: control totals are of one file, and ${files} are named.`,
    remedy: 'Read that file by itself.',
  });
};
