import type { FieldKind } from './field-kind.ts';

/** Chance that two unrelated records are equal in a field of a kind, before any data: orders of magnitude only. */
const EQUAL: Readonly<Record<FieldKind, number>> = {
  'given-name': 1e-2,
  surname: 3e-3,
  name: 1e-3,
  'business-name': 1e-3,
  date: 1e-4,
  email: 1e-4,
  phone: 1e-4,
  postcode: 3e-3,
  code: 1e-3,
  number: 1e-2,
  address: 5e-4,
  word: 2e-2,
  text: 1e-4,
};
/** Pairs that the expectation counts for: it decides in tables of a dozen rows and is nothing beside a thousand. */
const EXPECTED_PAIRS = 50;
/** Added to each level where there are many pairs, so that a level never seen is unlikely and not impossible (Jeffreys). */
const UNSEEN = 0.5;
const MANY_PAIRS = 50_000;

/** What is added to the counts of a field's levels among non-matches before shares are taken: each level below equality twice as likely. */
export const expectedCounts = (kind: FieldKind, levelCount: number, pairs: number): Float64Array => {
  const shares = Float64Array.from({ length: levelCount }, (_, level) => EQUAL[kind] * 2 ** (levelCount - 1 - level));
  shares[0] = Math.max(0.5, 1 - shares.subarray(1).reduce((a, b) => a + b, 0));
  const unseen = UNSEEN * Math.min(1, pairs / MANY_PAIRS);
  return shares.map(share => share * EXPECTED_PAIRS + unseen);
};
