import { expect, it } from 'vitest';
import { entryLink } from './entry-link.ts';

const CASE = '11111111-2222-3333-4444-555555555555';
const OTHER = '66666666-7777-8888-9999-000000000000';

it.each([
  ['evidence.imported', { case: CASE, source: OTHER }, `/cases/${CASE}/sources/${OTHER}`, 'source'],
  ['finding.decided', { case: CASE, finding: OTHER }, `/cases/${CASE}/findings?finding=${OTHER}`, 'finding'],
  ['report.built', { case: CASE }, `/cases/${CASE}/report`, 'report'],
  ['case.created', { case: CASE, name: 'X' }, `/cases/${CASE}`, 'case'],
])('%s leads to %s', (act, object, to, kind) => {
  expect(entryLink(act, JSON.stringify(object))).toEqual({ to, kind });
});

it.each(['{}', '{"case":"../../auth/login"}', '{"source":"x"}'])('%s leads nowhere', object => {
  expect(entryLink('case.created', object)).toBeNull();
});
