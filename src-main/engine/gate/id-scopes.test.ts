import { describe, expect, it } from 'vitest';
import type { ZodType } from 'zod';
import { FileGrant, Uuid } from '../../contract/channel.ts';
import type { ChannelName } from '../../contract/index.ts';
import { contract } from '../../contract/index.ts';
import type { IdScope } from './id-scopes.ts';
import { ID_SCOPES, PLAIN_IDS } from './id-scopes.ts';

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, ZodType>>;
  readonly element?: ZodType;
  readonly innerType?: ZodType;
  readonly valueType?: ZodType;
  readonly options?: readonly ZodType[];
  readonly in?: ZodType;
}

/** Every member of an input: its own name, its path, and whether it is typed as an id. */
const membersOf = (
  schema: ZodType,
  name = '',
  path = '',
  seen = new Set<ZodType>(),
): { name: string; path: string; isId: boolean }[] => {
  if (seen.has(schema)) return [];
  const inner = new Set([...seen, schema]);
  const { type, shape, element, innerType, valueType, options, in: piped } = schema.def as unknown as Definition;
  if (type === 'object')
    return Object.entries(shape ?? {}).flatMap(([member, own]) =>
      membersOf(own, member, path === '' ? member : `${path}.${member}`, inner),
    );
  if (type === 'union') return (options ?? []).flatMap(option => membersOf(option, name, path, inner));
  const wrapped = element ?? innerType ?? valueType ?? piped;
  if (wrapped !== undefined) return membersOf(wrapped, name, path, inner);
  return [{ name, path, isId: schema === Uuid || schema === FileGrant }];
};

/** Named as something that points at something. */
const LOOKS_LIKE_ID = /(^|[a-z])(Id|Ids|id|Seq|seq|seqs|Key|key|Fact|facts|node|shown|held|grant|grants)$/;
/** Named so, and point at nothing: keys of signatures and of settings, names people type. */
const NO_IDS: ReadonlySet<string> = new Set([
  'audits.verifyExport key',
  'audits.verifyExport firstKey',
  'workspaces.verify firstKey',
  'oauth.saveProvider clientId',
]);

const scopeOf = (channel: ChannelName, name: string): IdScope | undefined =>
  name === 'id' ? PLAIN_IDS[channel] : ID_SCOPES[name];

describe('every field of an input that names something', () => {
  const channels = Object.keys(contract) as ChannelName[];

  it('says whose it is (R-25)', () => {
    const unresolved = channels.flatMap(channel =>
      membersOf(contract[channel].input)
        .filter(({ name, isId }) => isId || LOOKS_LIKE_ID.test(name))
        .filter(({ name }) => !NO_IDS.has(`${channel} ${name}`) && scopeOf(channel, name) === undefined)
        .map(({ path }) => `${channel}: ${path}`),
    );
    expect([...new Set(unresolved)]).toEqual([]);
  });

  it('that means something only inside a case comes with the case', () => {
    const without = channels.filter(channel => {
      const members = membersOf(contract[channel].input);
      const scopes = new Set(
        members
          .filter(({ name, isId }) => isId || LOOKS_LIKE_ID.test(name))
          .filter(({ name }) => !NO_IDS.has(`${channel} ${name}`))
          .map(({ name }) => scopeOf(channel, name)),
      );
      return scopes.has('within-case') && !members.some(({ name }) => name === 'caseId');
    });
    // A rule that is only checked, against nothing that is stored.
    expect(without).toEqual(['rules.check']);
  });

  it('is resolved for a channel that exists', () => {
    for (const channel of Object.keys(PLAIN_IDS)) expect(channels).toContain(channel);
  });
});
