// Writes docs/permissions.md from the contract, the authorization matrix and the scopes of ids: who may use which channel.
// `node scripts/generate-permissions.mjs` writes it; with --check it writes nothing and fails when the page is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { requirePinnedNode } from './pinned-node.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
requirePinnedNode(ROOT, fileURLToPath(import.meta.url), process.argv.slice(2));

const { contract } = await import('../src-main/contract/index.ts');
const { PERMISSIONS } = await import('../src-main/contract/channel.ts');
const { SECOND_STEP_CHANNELS } = await import('../src-main/contract/factors.contract.ts');
const { ID_SCOPES } = await import('../src-main/engine/gate/id-scopes.ts');
const { needsProof } = await import('../src-main/engine/gate/proof-gate.ts');
const { mayUse, rightsOf } = await import('../src-main/features/identity/domain/policy.ts');
const { ROLE_MATRIX, ROLE_NAMES, VERBS } = await import('../src-main/features/identity/domain/policy-matrix.ts');
const { PERMISSION_SOURCES } = await import('../src-main/features/identity/domain/policy-permissions.ts');

const PAGE = new URL('../docs/permissions.md', import.meta.url);
const row = cells => `| ${cells.join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
const holder = (role, supervisor = false) => ({ roles: [role], supervisor });
const mark = (role, permission) => (mayUse(holder(role), role, permission) ? 'yes' : '');
const nameOf = role => role.replaceAll('_', ' ');
const code = text => `\`${text}\``;

/** What a permission lets somebody do, for who has never seen a program's permissions. */
const WORDS = {
  public: 'Look at files of one’s own on the start screen; open, make and verify workspaces with their password.',
  'workspace.use': 'Lock and close, and read what holds for everybody.',
  'case.read': 'See the cases one works on, and how far they are.',
  'case.write': 'Make cases; clean up, merge parties, place and release holds.',
  'evidence.read': 'See records and originals, account numbers included.',
  'evidence.import': 'Bring files into a case, set them aside, take them back.',
  'finding.read': 'See findings, scores, reconciliations and graphs.',
  'finding.decide': 'Judge findings, duplicates and matches.',
  'finding.approve': 'Approve or return what somebody else decided.',
  'detection.run': 'Run examinations, reconciliations and calibrations, and change their settings.',
  'report.read': 'Open and save reports.',
  'report.build': 'Build a report.',
  'audit.read': 'Read, search and verify the log.',
  'audit.export':
    'Take the log out with its proofs: of one’s own cases; the whole of it where every case is one’s own, or as a supervisor.',
  'custody.read': 'See who held the originals, check them, draft a certificate.',
  'custody.transfer': 'Hand originals over, and write them to a folder.',
  'account.own': 'One’s own password, one-time codes, sessions, point of view.',
  'account.read': 'See who has an account.',
  'account.manage':
    'Register and revoke accounts, assign cases, propose other roles, renew the recovery kit, go on with an older store.',
  'account.approve': 'Approve or reject what another supervisor proposed.',
  'security.read': 'See and close alerts.',
  'settings.manage': 'Change what holds for everybody, OpenID providers included.',
};
const unexplained = PERMISSIONS.filter(permission => WORDS[permission] === undefined);
if (unexplained.length > 0) throw new Error(`permissions without words: ${unexplained.join(', ')}`);

/** What follows from one cell of the matrix. */
const given = (role, verb) =>
  PERMISSIONS.filter(permission => {
    const source = PERMISSION_SOURCES[permission];
    return (
      source.from === 'matrix' &&
      source.verb === verb &&
      source.anyOf.some(noun => ROLE_MATRIX[role][verb].includes(noun))
    );
  })
    .map(code)
    .join(' ') || 'nothing in this version';

const sourceOf = permission => {
  const source = PERMISSION_SOURCES[permission];
  switch (source.from) {
    case 'matrix':
      return `${source.verb} ${source.anyOf.map(code).join(' or ')}`;
    case 'sign-in':
      return 'being signed in';
    case 'supervisor':
      return 'the supervisor’s duty';
    default:
      return 'nothing: no workspace is touched';
  }
};

/** Names of the members of an input, at any depth. */
const membersOf = (schema, seen = new Set()) => {
  if (seen.has(schema)) return [];
  const inner = new Set([...seen, schema]);
  const { type, shape, options, element, innerType, valueType, in: piped } = schema.def;
  if (type === 'object') return Object.entries(shape).flatMap(([name, member]) => [name, ...membersOf(member, inner)]);
  if (type === 'union') return options.flatMap(option => membersOf(option, inner));
  const wrapped = element ?? innerType ?? valueType ?? piped;
  return wrapped === undefined ? [] : membersOf(wrapped, inner);
};
const OWNED = new Set(['case', 'source', 'finding', 'report']);
const scopeOf = entry => {
  const scopes = new Set(membersOf(entry.input).map(name => ID_SCOPES[name]));
  return [...OWNED].filter(scope => scopes.has(scope)).join(', ');
};

/** Rights that remain when a role takes a point of view, beyond being signed in. */
const remaining = (role, pov) =>
  [...rightsOf(holder(role), pov)]
    .filter(permission => PERMISSION_SOURCES[permission].from === 'matrix')
    .map(code)
    .join(' ') || 'none';

const channels = Object.entries(contract).sort(([a], [b]) => (a < b ? -1 : 1));
const page = `# Permissions

Generated by \`scripts/generate-permissions.mjs\` from \`src-main/contract\`, the authorization matrix
(\`src-main/features/identity/domain\`) and the scopes of ids (\`src-main/engine/gate/id-scopes.ts\`). Do not edit: a test fails
when this page is stale.

A call passes, in this order: permission, features of the station, quotas, the shape of its input, a second step that is
due, a proof within five minutes (“proof”), masks, the case it names. Work that goes on after its call is judged again whenever
it writes and when it ends. Each refusal for want of a right is in the log as
\`access.denied\`. What is declared nowhere nobody may ([ADR 0044](adr/0044-authorization.md), [threat model](threat-model.md)).

How to read it: an account is a person. Its roles say what the person may do; a point of view, which each person chooses,
takes away from that and never adds. Each thing that NEXUS can be asked to do is a channel, and each channel asks for one
permission. Whatever the role, nobody sees anything of a case that is not assigned to them.

## The matrix

${table(
  ['role', ...VERBS],
  ROLE_NAMES.map(role => [nameOf(role), ...VERBS.map(verb => ROLE_MATRIX[role][verb].map(code).join(' '))]),
)}

## What follows from each cell

Cells from which nothing follows speak of work that this version has no screens for (judgments, legal actions, strategic
plans, decisions): they allow nothing.

${table(
  ['role', ...VERBS],
  ROLE_NAMES.map(role => [nameOf(role), ...VERBS.map(verb => given(role, verb))]),
)}

## What each role may do

${table(
  ['permission', 'what it lets somebody do', 'follows from', ...ROLE_NAMES.map(nameOf), 'supervisor'],
  PERMISSIONS.map(permission => [
    code(permission),
    WORDS[permission],
    sourceOf(permission),
    ...ROLE_NAMES.map(role => mark(role, permission)),
    PERMISSION_SOURCES[permission].from === 'supervisor' ? 'yes' : '',
  ]),
)}

A supervisor has one or more of the roles as well, and what they allow.

## What remains from a point of view

A point of view only narrows. Rows are the role, columns the view; a supervisor's duties remain from every view.

${table(
  ['role', ...ROLE_NAMES.map(nameOf)],
  ROLE_NAMES.map(role => [nameOf(role), ...ROLE_NAMES.map(pov => remaining(role, pov))]),
)}

Account numbers are masked wherever \`evidence.read\` is not among the rights.

## Channels

${channels.length} channels. A query reads, a command is one unit of work, a job runs in the background. “Proof”: it must have been
proved within five minutes that it is this person. “Case scope”: what in the input is checked against the cases assigned to
the account; what is not theirs answers as what does not exist. “Due”: answers while a second step is due. “Writes” is the
entry in the audit log.

${table(
  [
    'channel',
    'what it does',
    'kind',
    'permission',
    'proof',
    'case scope',
    'due',
    'writes',
    ...ROLE_NAMES.map(nameOf),
    'supervisor',
  ],
  channels.map(([channel, entry]) => [
    code(channel),
    entry.summary.replaceAll('|', '\\|'),
    entry.kind,
    code(entry.permission),
    needsProof(entry) ? 'yes' : '',
    scopeOf(entry),
    entry.permission === 'public' || SECOND_STEP_CHANNELS.has(channel) ? 'yes' : '',
    entry.audit ? code(entry.audit) : '',
    ...ROLE_NAMES.map(role => mark(role, entry.permission)),
    PERMISSION_SOURCES[entry.permission].from === 'supervisor' ? 'yes' : '',
  ]),
)}
`;

if (process.argv.includes('--check')) {
  let written = '';
  try {
    written = readFileSync(PAGE, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  if (written !== page) {
    process.stderr.write('docs/permissions.md is stale: run node scripts/generate-permissions.mjs\n');
    process.exit(1);
  }
} else writeFileSync(PAGE, page);
