import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { NexusError } from '../../../contract/errors.ts';

const PROFILES = ['production', 'development'] as const;

/** What can be switched at a station. A flag that is not here is refused, not ignored. */
const FeatureFlags = z.strictObject({
  /** Chromium's developer tools in the window. */
  developerTools: z.boolean(),
  /** A standing clock (NEXUS_CLOCK) in a window: what is written then bears no true time. */
  fixedClock: z.boolean(),
  /** Signing in with OpenID providers: the only part that uses a network, and only when a person starts it. */
  openIdConnect: z.boolean(),
});
export type FeatureFlags = z.infer<typeof FeatureFlags>;

/** How a station runs. */
export interface Environment {
  readonly profile: (typeof PROFILES)[number];
  readonly features: FeatureFlags;
}

const DEFAULTS: Readonly<Record<Environment['profile'], FeatureFlags>> = {
  production: { developerTools: false, fixedClock: false, openIdConnect: true },
  development: { developerTools: true, fixedClock: true, openIdConnect: true },
};

/** What a production station never does, whatever its file says. */
const NEVER_IN_PRODUCTION = ['developerTools', 'fixedClock'] as const satisfies readonly (keyof FeatureFlags)[];

const File = z.strictObject({
  profile: z.enum(PROFILES).optional(),
  features: FeatureFlags.partial().optional(),
});

/** The station's file, in the user's NEXUS folder. */
export const ENVIRONMENT_FILE = 'nexus.config.json';

/** The line of a text on which a name of a member stands, or an offset lies; 1 where it cannot be told. */
const lineOf = (text: string, at: number): number => text.slice(0, Math.max(0, at)).split('\n').length;

const refused = (path: string, line: number, message: string, remedy: string): NexusError =>
  new NexusError({
    code: 'environment.invalid',
    category: 'usage',
    message: `${path}, line ${line}: ${message}`,
    file: ENVIRONMENT_FILE,
    row: line,
    kept: 'NEXUS did not start; nothing was changed.',
    remedy,
  });

const parsed = (path: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = /line (\d+)/.exec(message)?.[1];
    const position = /position (\d+)/.exec(message)?.[1];
    const at = position === undefined ? text.length : Number(position);
    throw refused(
      path,
      line === undefined ? lineOf(text, at) : Number(line),
      'this is no JSON.',
      'Mend the file, or remove it to start with the defaults.',
    );
  }
};

/** Far more than its few settings take. */
const MOST_BYTES = 65_536;

/** The file's text; null where there is none. Throws `environment.invalid` for what is no plain small text file. */
const textOf = (path: string): string | null => {
  const mend = 'Put a plain text file there, or remove it to start with the defaults.';
  let bytes: Uint8Array;
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return null;
    // Before it is read: a pipe or a device would be waited for without end.
    if (!found.isFile()) throw refused(path, 1, 'this is no file.', mend);
    if (found.size > MOST_BYTES) throw refused(path, 1, `it has more than ${MOST_BYTES} bytes.`, mend);
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof NexusError) throw error;
    throw refused(path, 1, 'it cannot be read by this account.', 'Let this account read the file, or remove it.');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // What is no UTF-8 might say something else to whoever wrote it.
    throw refused(path, 1, 'this is no UTF-8 text.', mend);
  }
};

/** Members of the file, which has objects two deep; each by its path. JSON.parse would take the last of two. */
const twiceNamed = (text: string): string | null => {
  const seen = new Set<string>();
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}]/g)) {
    if (token === '{') depth += 1;
    else if (token === '}') depth -= 1;
    else if (token.endsWith(':')) {
      const name = JSON.parse(token.slice(0, -1)) as string;
      const member = `${depth} ${name}`;
      if (seen.has(member)) return name;
      seen.add(member);
    }
  }
  return null;
};

const fileSettings = (path: string): z.infer<typeof File> => {
  const text = textOf(path);
  if (text === null) return {};
  const content = parsed(path, text);
  const twice = twiceNamed(text);
  if (twice !== null)
    throw refused(
      path,
      lineOf(text, text.lastIndexOf(`"${twice}"`)),
      `“${twice}” is there twice.`,
      'Keep one of them.',
    );
  const read = File.safeParse(content);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const name = unknown ?? String(issue?.path.at(-1) ?? '');
  const line = lineOf(text, text.indexOf(`"${name}"`));
  const flags = Object.keys(FeatureFlags.shape).join(', ');
  throw refused(
    path,
    line,
    unknown === undefined ? `“${name}”: ${issue?.message ?? 'not valid'}.` : `there is no setting “${unknown}”.`,
    `It may hold “profile” (${PROFILES.join(' or ')}) and “features” (${flags}, each true or false).`,
  );
};

/**
 * How this station runs: `NEXUS_PROFILE`, else the file, else production. Throws `environment.invalid` for anything it
 * does not know, and for what production forbids: a station whose setting was misread would be another one than intended.
 */
export const readEnvironment = (homeFolder: string, variables: NodeJS.ProcessEnv): Environment => {
  const path = join(homeFolder, ENVIRONMENT_FILE);
  const settings = fileSettings(path);
  const named = variables.NEXUS_PROFILE;
  const profile = named === undefined || named === '' ? settings.profile : PROFILES.find(known => known === named);
  if (profile === undefined && named !== undefined && named !== '')
    throw new NexusError({
      code: 'environment.invalid',
      category: 'usage',
      message: `NEXUS_PROFILE=${named}: there is no such profile.`,
      kept: 'NEXUS did not start; nothing was changed.',
      remedy: `It may be ${PROFILES.join(' or ')}, or not set.`,
    });
  const features = { ...DEFAULTS[profile ?? 'production'] };
  for (const [name, value] of Object.entries(settings.features ?? {}))
    if (value !== undefined) features[name as keyof FeatureFlags] = value;
  if (profile !== 'development')
    for (const name of NEVER_IN_PRODUCTION)
      if (features[name])
        throw refused(
          path,
          lineOf(textOf(path) ?? '', (textOf(path) ?? '').indexOf(`"${name}"`)),
          `“${name}” may not be on in production.`,
          'Remove it, or start with NEXUS_PROFILE=development.',
        );
  return { profile: profile ?? 'production', features };
};
