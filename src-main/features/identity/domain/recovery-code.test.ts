import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factorWaitSeconds, MAX_FACTOR_FAILURES } from './factor-throttle.ts';
import { printRecoveryCode, RECOVERY_CODE_BYTES, readRecoveryCode } from './recovery-code.ts';

const CODE = fc.uint8Array({ minLength: RECOVERY_CODE_BYTES, maxLength: RECOVERY_CODE_BYTES });

describe('a recovery code', () => {
  it('has at least 112 bits and prints them in groups', () => {
    expect(RECOVERY_CODE_BYTES * 8).toBeGreaterThanOrEqual(112);
    expect(printRecoveryCode(new Uint8Array(RECOVERY_CODE_BYTES))).toBe('0000-0000-0000-0000-0000-0000');
    expect(printRecoveryCode(new Uint8Array(RECOVERY_CODE_BYTES).fill(255))).toBe('ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ');
    // 0x00…01 and 0x08 00…: the first five bits come first.
    const last = new Uint8Array(RECOVERY_CODE_BYTES);
    last[RECOVERY_CODE_BYTES - 1] = 1;
    expect(printRecoveryCode(last)).toBe('0000-0000-0000-0000-0000-0001');
    const first = new Uint8Array(RECOVERY_CODE_BYTES);
    first[0] = 8;
    expect(printRecoveryCode(first)).toBe('1000-0000-0000-0000-0000-0000');
  });

  it('is another text for other bytes, and is read back as it was printed, typed in any of the usual ways', () => {
    fc.assert(
      fc.property(CODE, CODE, (a, b) => {
        const printed = printRecoveryCode(a);
        const read = readRecoveryCode(printed);
        expect(read).toBe(printed.replaceAll('-', ''));
        expect(readRecoveryCode(printed.toLowerCase().replaceAll('-', ' '))).toBe(read);
        expect(readRecoveryCode(printed.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(read);
        expect(printRecoveryCode(b) === printed).toBe(Buffer.from(a).equals(Buffer.from(b)));
      }),
    );
  });

  it('is told from a one-time code and from anything else', () => {
    for (const text of ['123456', '', '0000-0000-0000-0000-0000-000', '0000-0000-0000-0000-0000-000U', 'x'.repeat(64)])
      expect(readRecoveryCode(text)).toBeNull();
  });
});

describe('waits between wrong codes', () => {
  it('none for three, then doubling from a second to an hour', () => {
    expect([0, 1, 2, 3, 4, 5, 13, 14, 15, 16, 99].map(factorWaitSeconds)).toEqual([
      0, 0, 0, 1, 2, 4, 1024, 2048, 3600, 3600, 3600,
    ]);
  });

  it('a guesser of six digits in a window of three has at most one chance in 3,333 before the end', () => {
    expect(MAX_FACTOR_FAILURES).toBeLessThanOrEqual(100);
    expect((MAX_FACTOR_FAILURES * 3) / 1_000_000).toBeLessThanOrEqual(1 / 3_333);
  });
});
