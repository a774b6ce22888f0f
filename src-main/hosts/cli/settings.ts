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
