import { expect, it } from 'vitest';
import { tellingDetail } from './timeline-detail.ts';

it('leaves out digests, identifiers and lists, and keeps everything else as it is', () => {
  const digest = 'ab'.repeat(32);
  expect(
    tellingDetail(
      `bytes: 25400 · columns: sha256:${digest} · name: ledger.csv · sha256: ${digest} · source: 7c17dbee-7adc-4c73-bc81-8c4d5e6f7a8b · transactions: 352`,
    ),
  ).toBe('bytes: 25400 · name: ledger.csv · transactions: 352');
  expect(tellingDetail('findings: 11 · tests: ["benford-first-two@1.0.0"]')).toBe('findings: 11');
  expect(tellingDetail('reason: paid again · see the letter')).toBe('reason: paid again · see the letter');
  expect(tellingDetail('')).toBe('');
});
