import { NexusError } from '../../contract/errors.ts';

/** `key=value` pairs of --set. Throws `usage.set` for text without an equals sign or a key given twice. */
export const parseSettings = (pairs: readonly string[]): Readonly<Record<string, string>> => {
  const settings: Record<string, string> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1)
      throw new NexusError({ code: 'usage.set', category: 'usage', message: `--set ${pair}: give it as key=value.` });
    const key = pair.slice(0, at);
    if (Object.hasOwn(settings, key))
      throw new NexusError({ code: 'usage.set', category: 'usage', message: `--set ${key} is given twice.` });
    settings[key] = pair.slice(at + 1);
  }
  return settings;
};

/** Settings `prefix.key` (without the prefix) apart from the others. */
export const splitSettings = (
  settings: Readonly<Record<string, string>>,
  prefix: string,
): { readonly own: Readonly<Record<string, string>>; readonly rest: Readonly<Record<string, string>> } => {
  const own: Record<string, string> = {};
  const rest: Record<string, string> = {};
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
