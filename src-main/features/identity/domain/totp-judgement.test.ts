import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TotpQuestion } from './totp-judgement.ts';
import { judgeTotp, totpStepOf } from './totp-judgement.ts';

const NOW = 60_000_000;
/** A code for each step that no other step has. */
const codeAt = (step: number): string => String(step).padStart(9, '0');
const ask = (step: number, rest: Partial<TotpQuestion> = {}) =>
  judgeTotp({ code: codeAt(step), codeAt, nowStep: NOW, lastStep: null, spentSteps: [], ...rest });

describe('a one-time code', () => {
  it('is taken in its step, one before and one after', () => {
    for (const offset of [-1, 0, 1]) expect(ask(NOW + offset)).toEqual({ verdict: 'accepted', step: NOW + offset });
  });

  it('is refused beyond, with the minutes a clock is wrong by, within an hour', () => {
    expect(ask(NOW + 2)).toEqual({ verdict: 'skewed', step: NOW + 2, minutesAhead: 1 });
    expect(ask(NOW - 20)).toEqual({ verdict: 'skewed', step: NOW - 20, minutesAhead: -10 });
    expect(ask(NOW + 120)).toMatchObject({ verdict: 'skewed', minutesAhead: 60 });
    expect(ask(NOW + 121)).toEqual({ verdict: 'wrong' });
    expect(ask(NOW - 121)).toEqual({ verdict: 'wrong' });
  });

  it('is taken once', () => {
    expect(ask(NOW, { lastStep: NOW })).toEqual({ verdict: 'replayed', step: NOW });
    expect(ask(NOW - 1, { lastStep: NOW })).toEqual({ verdict: 'replayed', step: NOW - 1 });
    expect(ask(NOW + 1, { lastStep: NOW })).toMatchObject({ verdict: 'accepted' });
  });

  it('is refused after the clock went back, although it is the code of that time', () => {
    for (const back of [1, 10, 100, 1_000_000])
      expect(ask(NOW - back, { nowStep: NOW - back, lastStep: NOW })).toEqual({
        verdict: 'replayed',
        step: NOW - back,
      });
  });

  it('that a hint gave away is not taken when its time comes', () => {
    const later = NOW + 20;
    expect(ask(later)).toMatchObject({ verdict: 'skewed', step: later });
    expect(ask(later, { nowStep: later, spentSteps: [later] })).toEqual({ verdict: 'replayed', step: later });
    expect(ask(later + 1, { nowStep: later, spentSteps: [later] })).toMatchObject({ verdict: 'accepted' });
  });

  it('of other length or letters is wrong', () => {
    for (const code of ['', '1', `${codeAt(NOW)}0`, '６００００００００'])
      expect(judgeTotp({ code, codeAt, nowStep: NOW, lastStep: null, spentSteps: [] })).toEqual({ verdict: 'wrong' });
  });

  it('whatever the clock does: accepted steps strictly increase, and no code is accepted twice', () => {
    const tries = fc.array(
      fc.record({ nowStep: fc.integer({ min: 0, max: 40 }), code: fc.integer({ min: 0, max: 40 }) }),
      {
        minLength: 1,
        maxLength: 60,
      },
    );
    let accepted = 0;
    fc.assert(
      fc.property(tries, sequence => {
        let lastStep: number | null = null;
        for (const { nowStep, code } of sequence) {
          // Codes of ten steps coincide, as short codes do.
          const judged = judgeTotp({
            code: String(code % 10),
            codeAt: step => String(step % 10),
            nowStep,
            lastStep,
            spentSteps: [],
          });
          if (judged.verdict !== 'accepted') continue;
          expect(judged.step).toBeGreaterThan(lastStep ?? -1);
          expect(Math.abs(judged.step - nowStep)).toBeLessThanOrEqual(1);
          lastStep = judged.step;
          accepted += 1;
        }
      }),
      { seed: 6238, numRuns: 500 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it('step of an instant: RFC 6238, section 4.2, T0 = 0, X = 30', () => {
    expect([0, 29_999, 30_000, 59_000, 1_111_111_109_000].map(totpStepOf)).toEqual([0, 0, 1, 1, 37_037_036]);
  });
});
