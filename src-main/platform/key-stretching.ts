import { performance } from 'node:perf_hooks';
import { hashRaw } from '@node-rs/argon2';
import { z } from 'zod';
import { NexusError } from '../contract/errors.ts';

/** What stretching a password costs (Argon2id, RFC 9106). Ceilings: a changed header may not take all memory or never end. */
export const StretchingCost = z.strictObject({
  memoryKiB: z
    .number()
    .int()
    .max(1 << 20),
  passes: z.number().int().max(64),
  lanes: z.number().int().max(64),
});
export type StretchingCost = z.infer<typeof StretchingCost>;

/** @node-rs/argon2's numbers for Argon2id and version 1.3 (its enums are declared const, which erasable syntax cannot use). */
const ARGON2ID = 2;
const ARGON2_VERSION_13 = 1;

/** RFC 9106's second recommended option is the floor (R-06). */
export const STRETCHING_FLOOR: StretchingCost = { memoryKiB: 65_536, passes: 3, lanes: 4 };
/** More memory than this makes guessing dearer by less than it makes small machines suffer. */
const CEILING_KIB = 262_144;
const STEP_KIB = 16_384;
/** What an unlock should take here, at creation (R-06: 0.4 to 1 s). */
const TARGET_MS = 550;

/** Stretches a password (Unicode NFC, so that every keyboard's composition gives the same) to 32 bytes. */
export const stretch = async (password: string, cost: StretchingCost, salt: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(
    await hashRaw(password.normalize('NFC'), {
      algorithm: ARGON2ID,
      version: ARGON2_VERSION_13,
      memoryCost: cost.memoryKiB,
      timeCost: cost.passes,
      parallelism: cost.lanes,
      outputLen: 32,
      salt,
    }),
  );

/** Throws `workspace.weak-parameters` for a cost below the floor: a header that asks for it was changed. */
export const assertStrong = ({ memoryKiB, passes, lanes }: StretchingCost): void => {
  if (memoryKiB >= STRETCHING_FLOOR.memoryKiB && passes >= STRETCHING_FLOOR.passes && lanes >= STRETCHING_FLOOR.lanes)
    return;
  throw new NexusError({
    code: 'workspace.weak-parameters',
    category: 'integrity',
    message: 'The workspace header asks for weaker key derivation than NEXUS allows: it was changed.',
    kept: 'Nothing was changed.',
    remedy: 'Restore workspace.json from a backup.',
  });
};

/** The cost whose stretching takes about the target here, given what the floor takes; never below the floor. */
export const costFor = (floorMs: number): StretchingCost => {
  const wanted = (STRETCHING_FLOOR.memoryKiB * TARGET_MS) / Math.max(floorMs, 1);
  const stepped = Math.floor(wanted / STEP_KIB) * STEP_KIB;
  return { ...STRETCHING_FLOOR, memoryKiB: Math.min(CEILING_KIB, Math.max(STRETCHING_FLOOR.memoryKiB, stepped)) };
};

/**
 * Measures this machine and answers the cost that an unlock should have on it. The better of two tries counts: what else
 * the machine was doing at one moment must not weaken a slot for good.
 */
export const calibrate = async (): Promise<StretchingCost> => {
  const tries: number[] = [];
  for (let i = 0; i < 2; i++) {
    const startedMs = performance.now();
    await stretch('calibration', STRETCHING_FLOOR, new Uint8Array(16));
    tries.push(performance.now() - startedMs);
  }
  return costFor(Math.min(...tries));
};
