import { expect, test } from 'vitest';
import type { WireResult } from '../../../src-main/contract/errors.ts';
import { patientCalls } from './patient-calls.ts';

const REFUSED: WireResult<unknown> = {
  ok: false,
  error: { code: 'rate.exceeded', category: 'permission', message: 'Too many calls.' },
};

test('a thousand calls at once: at most 32 are under way, all are answered, in their order', async () => {
  let underWay = 0;
  let most = 0;
  const asked: unknown[] = [];
  const call = patientCalls(async (_channel, input) => {
    asked.push(input);
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise(resolve => setImmediate(resolve));
    underWay -= 1;
    return { ok: true, value: input };
  });
  const inputs = Array.from({ length: 1_000 }, (_, i) => i);
  const answers = await Promise.all(inputs.map(input => call('imports.preview', input)));
  expect(most).toBe(32);
  expect(asked).toEqual(inputs);
  expect(answers).toEqual(inputs.map(value => ({ ok: true, value })));
});

test('a busy channel holds up no other', async () => {
  const call = patientCalls(channel =>
    channel === 'slow' ? new Promise<never>(() => {}) : Promise.resolve({ ok: true, value: 1 }),
  );
  for (let i = 0; i < 100; i++) void call('slow', i);
  expect(await call('quick', {})).toEqual({ ok: true, value: 1 });
});

test('what was refused as too many is asked again after a second, not for ever', async () => {
  const waits: number[] = [];
  const wait = async (ms: number): Promise<void> => void waits.push(ms);
  let refusals = 2;
  const call = patientCalls(async () => (refusals-- > 0 ? REFUSED : { ok: true, value: 'here' }), wait);
  expect(await call('imports.preview', {})).toEqual({ ok: true, value: 'here' });
  expect(waits).toEqual([1_000, 1_000]);
  expect(await patientCalls(async () => REFUSED, wait)('imports.preview', {})).toEqual(REFUSED);
  expect(waits).toHaveLength(32);
});

test('a call that fails leaves its place', async () => {
  const call = patientCalls(async (_channel, input) => {
    if (input === 'bad') throw new Error('cut off');
    return { ok: true, value: input };
  });
  for (let i = 0; i < 40; i++) await expect(call('imports.preview', 'bad')).rejects.toThrow('cut off');
  expect(await call('imports.preview', 'good')).toEqual({ ok: true, value: 'good' });
});
