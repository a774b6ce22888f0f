import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelInput } from '../../../contract/index.ts';
import { Station } from '../../../engine/engine.fixture.ts';
import type { Person } from '../../../engine/gate/people.fixture.ts';
import { register } from '../../../engine/gate/people.fixture.ts';

// Who reviews what, as docs/specs/finding-triage.md has it (rules 1 and 4). One pair of equal payments for each story.
const PARTIES = ['Acme', 'Baltic', 'Cobalt', 'Delta', 'Ember'] as const;
const STATEMENT = `date,amount,currency,counterparty,reference,account\n${PARTIES.flatMap((party, i) =>
  Array.from({ length: 2 }, () => `2024-0${i + 1}-01,-12${i}.00,EUR,${party},R-${i},A1`),
).join('\n')}\n`;

const station = new Station();
let caseId = '';
let bo: Person;
let cy: Person;
beforeAll(async () => {
  await station.create();
  caseId = await station.createCase();
  await station.import(caseId, [station.file('statement.csv', STATEMENT)]);
  await station.done('examinations.run', { caseId });
  [bo, cy] = [await register(station, 'Bo', 'financial_examiner'), await register(station, 'Cy', 'financial_examiner')];
  for (const { accountId } of [bo, cy]) await station.invoke('cases.assign', { caseId, accountId });
}, 60_000);
afterAll(() => station.close());

const found = async (party: (typeof PARTIES)[number]) =>
  (await station.invoke('findings.list', { caseId, test: 'duplicate-exact' })).findings.find(({ reason }) =>
    reason.includes(party.toUpperCase()),
  )!;
const targetOf = async (party: (typeof PARTIES)[number]) => ({ facts: [(await found(party)).fact] });
const triage = async (
  party: (typeof PARTIES)[number],
  action: ChannelInput<'findings.triage'>['action'],
  by?: Person,
): Promise<number> =>
  (await station.invoke('findings.triage', { caseId, target: await targetOf(party), action }, by?.session)).seq;
const confirm = (party: (typeof PARTIES)[number], by?: Person) =>
  triage(party, { kind: 'state', state: 'confirmed' }, by);
const dismiss = (party: (typeof PARTIES)[number], by?: Person) =>
  triage(party, { kind: 'state', state: 'dismissed', reason: 'Refunded.' }, by);
const review = async (
  party: (typeof PARTIES)[number],
  verdict: 'approved' | 'returned',
  by?: Person,
): Promise<number> => {
  const target = await targetOf(party);
  return (await station.invoke('findings.review', { caseId, target, verdict, reason: 'Seen.' }, by?.session)).seq;
};
const undo = (seq: number, by?: Person) => station.invoke('findings.undo', { caseId, seq }, by?.session);
const refusedReview = async (party: (typeof PARTIES)[number], by?: Person) =>
  station.refusal('findings.review', { caseId, target: await targetOf(party), verdict: 'approved' }, by?.session);

/** What the report prints of a finding's decision and review. */
const printed = async (party: (typeof PARTIES)[number]): Promise<string> => {
  await station.done('reports.build', { caseId });
  const { reports } = await station.invoke('reports.list', { caseId });
  const { content } = await station.invoke('reports.read', { reportId: reports[0]?.id ?? '', format: 'html' });
  const { id } = await found(party);
  const particulars = content.split('<h3').find(part => part.includes(id)) ?? '';
  expect(particulars).not.toBe('');
  return particulars;
};

describe('an approval (R-26)', () => {
  it('is refused on a screen that was read before the last step', async () => {
    const target = await targetOf('Acme');
    const { head } = await station.invoke('findings.list', { caseId });
    const dismissed = await dismiss('Acme');
    expect(
      await station.refusal('findings.review', { caseId, target, verdict: 'approved', seen: head }, bo.session),
    ).toMatchObject({ code: 'finding.changed' });
    await station.invoke('findings.review', { caseId, target, verdict: 'approved', seen: dismissed }, bo.session);
    await dismiss('Acme');
  });

  it('does not pass to a decision that comes back when the approved one is undone', async () => {
    await confirm('Acme');
    const dismissed = await dismiss('Acme', bo);
    await review('Acme', 'approved', cy);
    expect(await printed('Acme')).toMatch(/Approved by.*Cy at .*four eyes: yes/);
    await undo(dismissed);
    expect(await found('Acme')).toMatchObject({ state: 'confirmed', decision: { actor: 'Ada' }, review: null });
    expect(await printed('Acme')).not.toContain('Approved by');
    const { total } = await station.invoke('findings.list', { caseId, review: 'waiting', test: 'duplicate-exact' });
    expect(total).toBe(1);
  }, 60_000);

  it('with two people never becomes one of one’s own decision', async () => {
    await dismiss('Baltic');
    const confirmed = await confirm('Baltic', bo);
    await review('Baltic', 'approved');
    await undo(confirmed);
    expect(await found('Baltic')).toMatchObject({ state: 'dismissed', decision: { actor: 'Ada' }, review: null });
    expect(await printed('Baltic')).not.toMatch(/Approved by|four eyes/);
    expect(await refusedReview('Baltic')).toMatchObject({ code: 'separation.own-decision' });
  }, 60_000);

  it('is of the severity and the explanations too: a later one asks for another approval', async () => {
    await confirm('Cobalt');
    await review('Cobalt', 'approved', cy);
    const lowered = await triage('Cobalt', { kind: 'severity', severity: 'low', reason: 'Small.' }, bo);
    expect(await found('Cobalt')).toMatchObject({ state: 'confirmed', review: null });
    // Who lowered it is one of its authors.
    expect(await refusedReview('Cobalt', bo)).toMatchObject({ code: 'separation.own-decision' });
    await review('Cobalt', 'approved', cy);
    const by = { kind: 'explanation', explanation: 'Agreed', outcome: 'supports', text: 'By telephone.' } as const;
    await triage('Cobalt', by, bo);
    expect((await found('Cobalt')).review).toBeNull();
    await undo(lowered, bo);
    expect(await refusedReview('Cobalt', bo)).toMatchObject({ code: 'separation.own-decision' });
    await review('Cobalt', 'approved', cy);
    expect((await found('Cobalt')).review).toMatchObject({ actor: 'Cy', fourEyes: true });
  });
});

describe('a review', () => {
  it('is taken back by its reviewer alone, and restored by nobody else', async () => {
    await confirm('Delta');
    const returned = await review('Delta', 'returned', cy);
    for (const other of [undefined, bo])
      expect(await station.refusal('findings.undo', { caseId, seq: returned }, other?.session)).toMatchObject({
        code: 'separation.not-reviewer',
        category: 'permission',
      });
    expect(await found('Delta')).toMatchObject({ state: 'open', reopened: { why: 'returned' } });
    const { seq } = await undo(returned, cy);
    expect(await found('Delta')).toMatchObject({ state: 'confirmed', review: null });
    expect(await station.refusal('findings.undo', { caseId, seq })).toMatchObject({ code: 'separation.not-reviewer' });
    await undo(seq, cy);
    expect(await found('Delta')).toMatchObject({ state: 'open', reopened: { why: 'returned' } });
  });

  it('that returned is not lifted by an approval, a new severity, or the undo of what came after it', async () => {
    await confirm('Ember');
    await review('Ember', 'returned', cy);
    expect(await refusedReview('Ember', bo)).toMatchObject({ code: 'finding.undecided' });
    await triage('Ember', { kind: 'severity', severity: 'low', reason: 'Small.' });
    expect(await found('Ember')).toMatchObject({ state: 'open', reopened: { why: 'returned' } });
    const again = await confirm('Ember');
    await review('Ember', 'approved', cy);
    await undo(again);
    expect(await found('Ember')).toMatchObject({ state: 'open', reopened: { why: 'returned' } });
  });
});
