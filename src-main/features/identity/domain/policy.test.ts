import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PERMISSIONS } from '../../../contract/channel.ts';
import { ROLES } from '../../../contract/workspaces.contract.ts';
import { mayUse, rightsOf, seesAccountNumbers } from './policy.ts';
import { NOUNS, ROLE_MATRIX, ROLE_NAMES, VERBS } from './policy-matrix.ts';
import { PERMISSION_SOURCES, ROLE_PERMISSIONS, SUPERVISOR_PERMISSIONS } from './policy-permissions.ts';

const ARCHITECTURE = new URL('../../../../../shared/seed/nexus-platform-v3-architecture.md', import.meta.url);

/** The matrix as the architecture's page prints it. */
const printedMatrix = (): Record<string, Record<string, string[]>> => {
  const page = readFileSync(ARCHITECTURE, 'utf8');
  const block = page.slice(page.indexOf('# POV Role Permissions')).split('```')[0] ?? '';
  const matrix: Record<string, Record<string, string[]>> = {};
  let role = '';
  for (const line of block.split('\n')) {
    const named = /^ {2}([a-z_]+):$/.exec(line);
    const right = /^ {4}- (read|write|execute|approve): ([a-z_]+)$/.exec(line);
    if (named !== null) role = named[1] ?? '';
    if (right === null) continue;
    const [, verb = '', noun = ''] = right;
    matrix[role] = { ...matrix[role], [verb]: [...(matrix[role]?.[verb] ?? []), noun] };
  }
  return matrix;
};

const holder = fc.record({
  roles: fc.uniqueArray(fc.constantFrom(...ROLE_NAMES), { minLength: 1, maxLength: 4 }),
  supervisor: fc.boolean(),
});

describe('the matrix', () => {
  it('is the architecture’s, word for word', () => {
    expect(ROLE_MATRIX).toEqual(printedMatrix());
    expect(ROLE_NAMES).toEqual([...ROLES]);
  });

  it('uses every noun it declares', () => {
    const used = new Set<string>(ROLE_NAMES.flatMap(role => VERBS.flatMap(verb => [...ROLE_MATRIX[role][verb]])));
    expect([...used].sort()).toEqual([...NOUNS].sort());
  });
});

describe('permissions', () => {
  it('each follow from somewhere, and nothing follows that no channel can ask for', () => {
    expect(Object.keys(PERMISSION_SOURCES).sort()).toEqual([...PERMISSIONS].sort());
  });

  it('that nobody declared are nobody’s', () => {
    fc.assert(
      fc.property(holder, fc.constantFrom(...ROLE_NAMES), fc.string(), (who, pov, name) => {
        fc.pre(!Object.hasOwn(PERMISSION_SOURCES, name));
        expect(mayUse(who, pov, name)).toBe(false);
      }),
    );
  });

  it('of an examiner are those of the daily work; a judge decides nothing here; an executive sees no record', () => {
    for (const permission of ['evidence.import', 'finding.decide', 'finding.approve', 'detection.run', 'report.build'])
      expect(ROLE_PERMISSIONS.financial_examiner).toContain(permission);
    expect(ROLE_PERMISSIONS.judge).not.toContain('finding.decide');
    expect(ROLE_PERMISSIONS.prosecutor).toContain('report.build');
    expect(ROLE_PERMISSIONS.executive).not.toContain('evidence.read');
    expect(ROLE_PERMISSIONS.executive).toContain('finding.read');
  });

  it('of a supervisor come from no role', () => {
    for (const role of ROLE_NAMES)
      for (const permission of SUPERVISOR_PERMISSIONS) expect(ROLE_PERMISSIONS[role]).not.toContain(permission);
  });
});

describe('a point of view (R-24)', () => {
  it('never adds a right: what is held from any point of view is granted by a role or the duty', () => {
    fc.assert(
      fc.property(holder, fc.constantFrom(...ROLE_NAMES), (who, pov) => {
        const granted = new Set([
          ...who.roles.flatMap(role => [...ROLE_PERMISSIONS[role]]),
          ...(who.supervisor ? SUPERVISOR_PERMISSIONS : []),
        ]);
        for (const right of rightsOf(who, pov)) expect(granted.has(right)).toBe(true);
      }),
    );
  });

  it('never adds a right by switching: between any two, only what both roles and the new view allow remains', () => {
    for (const role of ROLE_NAMES)
      for (const pov of ROLE_NAMES) {
        const own = rightsOf({ roles: [role], supervisor: false }, role);
        for (const right of rightsOf({ roles: [role], supervisor: false }, pov)) expect(own.has(right)).toBe(true);
      }
  });

  it('shows account numbers only where both the roles and the view reach the records', () => {
    for (const role of ROLE_NAMES)
      for (const pov of ROLE_NAMES)
        expect(seesAccountNumbers({ roles: [role], supervisor: true }, pov)).toBe(
          role !== 'executive' && pov !== 'executive',
        );
  });
});

it('without a workspace only public channels are open', () => {
  for (const permission of PERMISSIONS) expect(mayUse(null, null, permission)).toBe(permission === 'public');
});
