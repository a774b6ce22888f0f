import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelName } from '../../contract/index.ts';
import { contract } from '../../contract/index.ts';
import { rightsOf } from '../../features/identity/domain/policy.ts';
import type { PreparedCase } from '../channel-inputs.fixture.ts';
import { prepareCase } from '../channel-inputs.fixture.ts';
import { Station } from '../engine.fixture.ts';
import type { Person } from './people.fixture.ts';
import { register } from './people.fixture.ts';

/** The examples of the ISO 13616 registry, and a number of no standard. */
const OWN = 'DE89370400440532013000';
const OTHER = 'GB82WEST12345698765432';
const DOMESTIC = '4711081500';
const SECRETS = [OWN, OTHER, DOMESTIC];

const ROWS = Array.from({ length: 40 }, (_, i) => {
  const day = `2024-01-${String((i % 28) + 1).padStart(2, '0')}`;
  return `${day},${i % 4 === 0 ? '9900.00' : `-${i}.10`},EUR,${OWN},Acme ${DOMESTIC},${OTHER},R-${i % 7},to ${OTHER.replace(/(.{4})/g, '$1 ').trim()} from ${DOMESTIC}`;
});
const FILE = [
  'date,amount,currency,account,counterparty,counterparty_account,reference,description',
  ...ROWS,
  ...ROWS.slice(0, 9),
].join('\n');

const station = new Station();
let prepared: PreparedCase;
let caseId = '';
let executive: Person;
beforeAll(async () => {
  prepared = await prepareCase(station);
  caseId = await station.createCase('Masked');
  await station.import(caseId, [station.file('accounts.csv', `${FILE}\n`)]);
  await station.done('examinations.run', { caseId });
  await station.done('reports.build', { caseId });
  executive = await register(station, 'Eve', 'executive');
  await station.invoke('cases.assign', { caseId, accountId: executive.accountId });
}, 120_000);
afterAll(() => station.close());

/** Account numbers that stand in an answer, however they are spaced. */
const shown = (value: unknown): string[] => {
  const plain = JSON.stringify(value)
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '');
  return SECRETS.filter(secret => plain.includes(secret));
};

const idsOf = (channel: string) =>
  station.invoke(channel as 'findings.list', { caseId }).then(({ findings }) => findings.map(({ id }) => id));

describe('for who reads strategic data only', () => {
  const channels = (Object.keys(contract) as ChannelName[]).filter(
    channel =>
      contract[channel].kind === 'query' &&
      contract[channel].permission !== 'public' &&
      rightsOf({ roles: ['executive'], supervisor: false }, 'executive').has(contract[channel].permission),
  );

  it('no channel’s answer holds an account number (R-25), though it does for who reads records', async () => {
    const findings = await idsOf('findings.list');
    expect(findings.length).toBeGreaterThan(0);
    const { reports } = await station.invoke('reports.list', { caseId });
    const leaks: string[] = [];
    const whole = new Set<string>();
    let answered = 0;
    for (const channel of channels) {
      const given = { ...((await prepared.inputs[channel]()) as Record<string, unknown>) };
      if ('caseId' in given) given.caseId = caseId;
      if ('reportId' in given) given.reportId = reports[0]?.id;
      const inputs = 'findingId' in given ? findings.slice(0, 6).map(findingId => ({ ...given, findingId })) : [given];
      for (const input of inputs) {
        const answer = await station.call(channel, input, executive.session);
        if (answer.ok) answered += 1;
        for (const secret of shown(answer)) leaks.push(`${channel}: ${secret}`);
        if (shown(await station.call(channel, input)).length > 0) whole.add(channel);
      }
    }
    expect(leaks).toEqual([]);
    expect(answered).toBeGreaterThan(30);
    // The test can fail: these show numbers to an examiner.
    expect([...whole]).toEqual(expect.arrayContaining(['findings.read', 'graphs.search', 'reports.read']));
  }, 60_000);

  it('a masked number is named again by its mask', async () => {
    const { nodes } = await station.invoke('graphs.search', { caseId }, executive.session);
    const masked = nodes.find(({ id }) => id.includes('••••'));
    expect(masked).toBeDefined();
    expect(await station.call('graphs.expand', { caseId, node: masked?.id ?? '' }, executive.session)).toMatchObject({
      ok: true,
    });
  });

  it('a number written out fits nothing, and no search tells its digits', async () => {
    expect(await station.refusal('graphs.expand', { caseId, node: `account:${OWN}` }, executive.session)).toMatchObject(
      {
        code: 'graph.node-unknown',
      },
    );
    expect(await station.refusal('graphs.search', { caseId, text: '8937' }, executive.session)).toMatchObject({
      code: 'masking.search-refused',
    });
  });

  it('a report opens as HTML with numbers masked and says so, not as PDF', async () => {
    const { reports } = await station.invoke('reports.list', { caseId });
    const reportId = reports[0]?.id ?? '';
    const { content } = await station.invoke('reports.read', { reportId, format: 'html' }, executive.session);
    expect(content).toContain('Account numbers are masked in this copy');
    expect(content).toContain('••••');
    expect(await station.refusal('reports.read', { reportId, format: 'pdf' }, executive.session)).toMatchObject({
      code: 'masking.format-refused',
    });
  });
});

it('a supervisor who may not see them is not told them by the name of a case or of a file either', async () => {
  await station.createCase(`Payments of ${OWN}`);
  await station.invoke('accounts.choosePov', { pov: 'executive' });
  const assignments = await station.call('cases.assignments', {});
  const taken = await station.call('cases.create', { name: `Payments of ${OWN}` });
  await station.invoke('accounts.choosePov', { pov: 'financial_examiner' });
  expect(JSON.stringify(assignments)).toContain('Payments of ••••');
  expect([shown(assignments), shown(taken)]).toEqual([[], []]);
  expect(shown(await station.call('cases.assignments', {}))).toEqual([OWN]);
});

it('a search in another script’s digits is a search for digits', async () => {
  for (const text of ['８９３７', '٨٩٣٧'])
    expect(await station.refusal('graphs.search', { caseId, text }, executive.session)).toMatchObject({
      code: 'masking.search-refused',
    });
});

it('an examiner who takes the executive’s point of view sees what the executive sees, finished jobs included', async () => {
  const { jobId } = (await station.invoke('examinations.run', { caseId })) as { jobId: string };
  await station.ended(jobId);
  const findingId = (await idsOf('findings.list'))[0] ?? '';
  await station.invoke('accounts.choosePov', { pov: 'executive' });
  expect(shown(await station.call('findings.read', { findingId }))).toEqual([]);
  expect(shown(await station.call('jobs.read', { jobId }))).toEqual([]);
  await station.invoke('accounts.choosePov', { pov: 'financial_examiner' });
  expect(shown(await station.call('findings.read', { findingId }))).not.toEqual([]);
});

describe('a number that is printed with something between its groups', () => {
  /** The Swiss example of the ISO 13616 registry; what people print between groups, and what HTML, CSV and JSON write otherwise. */
  const SWISS = 'CH9300762011623852957';
  const BETWEEN = [...'\'’"&<>*+()#=;,~^`´ʼ·|\\/\u00a0\u00ad\u200b\u202e\u3164\ufe0f', "''", '""', ' - '];
  const printed = BETWEEN.map(between => (SWISS.match(/.{1,4}/g) ?? []).join(between));
  let named = '';
  let reportId = '';
  beforeAll(async () => {
    named = await station.createCase('Named');
    const rows = printed.flatMap((number, i) => {
      const amount = `-${100 + i}.00`;
      const party = `"Firm ${number.replaceAll('"', '""')} paid"`;
      return Array.from({ length: 2 }, () => `2024-01-02,${amount},EUR,${party},${SWISS},R-${i}`);
    });
    const file = ['date,amount,currency,counterparty,counterparty_account,reference', ...rows].join('\n');
    await station.import(named, [station.file('named.csv', `${file}\n`)]);
    await station.done('examinations.run', { caseId: named });
    // A reason in two lines, as somebody types it.
    const { findings } = await station.invoke('findings.list', { caseId: named });
    await station.invoke('findings.decide', {
      findingId: findings[0]?.id ?? '',
      state: 'dismissed',
      reason: `Agreed with ${SWISS.slice(0, 8)}\n${SWISS.slice(8)} by telephone`,
    });
    ({ reportId } = await station.done('reports.build', { caseId: named }));
    await station.invoke('cases.assign', { caseId: named, accountId: executive.accountId });
  }, 60_000);

  /** How often the number stands there for a reader, who sees past tags, entities, code points and quotes. */
  const readTimes = (text: string): number =>
    text
      .replace(/<[^>]*>/g, ' a ')
      .replace(/&(?:[a-z]+|#\d+);|\[U\+[0-9A-F]+\]|\\[nrtu"\\]/g, '')
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]/g, '')
      .split(SWISS).length - 1;

  it('is masked in the report as HTML, whose PDF is refused (R-25)', async () => {
    const input = { reportId, format: 'html' } as const;
    expect(readTimes((await station.invoke('reports.read', input)).content)).toBeGreaterThan(BETWEEN.length);
    const { content } = await station.invoke('reports.read', input, executive.session);
    expect(readTimes(content)).toBe(0);
    expect(content).toContain('••••2957·');
    expect(await station.refusal('reports.read', { ...input, format: 'pdf' }, executive.session)).toMatchObject({
      code: 'masking.format-refused',
    });
  });

  it('is masked in each file of the register, whose rows and columns stay', async () => {
    const whole = await station.invoke('findings.register', { caseId: named });
    const masked = await station.invoke('findings.register', { caseId: named }, executive.session);
    expect(masked.files.map(({ content }) => readTimes(content))).toEqual(masked.files.map(() => 0));
    expect(readTimes(whole.files[0]?.content ?? '')).toBeGreaterThan(BETWEEN.length);
    const shapeOf = ({ content }: { readonly content: string }) =>
      (parse(content) as string[][]).map(record => record.length);
    expect(masked.files.slice(0, 2).map(shapeOf)).toEqual(whole.files.slice(0, 2).map(shapeOf));
    expect(JSON.parse(masked.files[2]?.content ?? '')).toMatchObject({ findings: whole.total });
  });
});
