import { describe, expect, it } from 'vitest';
import type { TotpAlgorithm } from './totp.ts';
import { newTotpSecret, totpCode } from './totp.ts';
import { totpEnrolment } from './totp-enrolment.ts';

/** RFC 6238, appendix B: seconds, then the eight-digit codes of SHA-1, SHA-256 and SHA-512. */
const TABLE: readonly (readonly [number, string, string, string])[] = [
  [59, '94287082', '46119246', '90693936'],
  [1111111109, '07081804', '68084774', '25091201'],
  [1111111111, '14050471', '67062674', '99943326'],
  [1234567890, '89005924', '91819424', '93441116'],
  [2000000000, '69279037', '90698825', '38618901'],
  [20000000000, '65353130', '77737706', '47863826'],
];
/** The seeds of the RFC's erratum 2866: as long as the hash. */
const seed = (length: number): Uint8Array => Buffer.from('1234567890'.repeat(7).slice(0, length));

describe('one-time codes', () => {
  it.each(TABLE)('at %i s are those of RFC 6238', (seconds, sha1, sha256, sha512) => {
    const code = (algorithm: TotpAlgorithm, length: number): string =>
      totpCode(seed(length), Math.floor(seconds / 30), algorithm, 8);
    expect([code('SHA1', 20), code('SHA256', 32), code('SHA512', 64)]).toEqual([sha1, sha256, sha512]);
  });

  it('of an account have six digits: the last six of the same value', () => {
    for (const [seconds, sha1] of TABLE) expect(totpCode(seed(20), Math.floor(seconds / 30))).toBe(sha1.slice(2));
  });
});

describe('an enrolment', () => {
  const enrolment = totpEnrolment(seed(20), 'Ada & Co', 'Inquiry: 1');

  it('says the secret in base 32 (RFC 4648) and as an otpauth address', () => {
    // The base 32 of "12345678901234567890", as Google's key URI format page and every test of the RFC's seed have it.
    expect(enrolment.secret).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    const uri = new URL(enrolment.uri);
    expect([uri.protocol, uri.host]).toEqual(['otpauth:', 'totp']);
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      issuer: 'NEXUS',
      secret: enrolment.secret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
    expect(decodeURIComponent(uri.pathname)).toContain('Ada & Co (Inquiry: 1)');
  });

  it('draws a QR code: square, of a size ISO/IEC 18004 knows, with its finder patterns and the dark module in place', () => {
    const { qr } = enrolment;
    const size = qr.length;
    expect((size - 17) % 4).toBe(0);
    for (const row of qr) expect(row).toMatch(new RegExp(`^[#.]{${size}}$`));
    const corner = (top: number, left: number): string[] =>
      qr.slice(top, top + 7).map(row => row.slice(left, left + 7));
    const finder = ['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######'];
    expect(corner(0, 0)).toEqual(finder);
    expect(corner(0, size - 7)).toEqual(finder);
    expect(corner(size - 7, 0)).toEqual(finder);
    expect(corner(size - 7, size - 7)).not.toEqual(finder);
    expect(qr[size - 8]![8]).toBe('#');
  });

  it('has a secret of 160 bits, another each time', () => {
    const secrets = Array.from({ length: 50 }, () => Buffer.from(newTotpSecret()).toString('hex'));
    expect(new Set(secrets).size).toBe(50);
    for (const secret of secrets) expect(secret).toHaveLength(40);
  });
});
