import { z } from 'zod';
import type { OpenWorkspace } from '../../../engine/open-workspace.ts';
import { hex } from '../../../platform/digest.ts';
import { purposeKey } from '../../../platform/key-slots.ts';
import type { Clock } from '../../../platform/ports.ts';
import type { StationVault } from '../../../platform/station-vault.ts';
import type { Actor } from '../../audit/service/audit-trail.ts';
import { SYSTEM_ACTOR } from '../../audit/service/audit-trail.ts';
import { MAX_FACTOR_FAILURES } from '../domain/factor-throttle.ts';
import type { FactorRecord } from '../storage/factor.repository.ts';
import { factorOf, spendCode, unspentCodes, updateFactor } from '../storage/factor.repository.ts';
import { spentStepsOf } from './factor-judgement.ts';

const Step = z.number().int().nonnegative();
const HeldFactor = z.strictObject({
  lastStep: Step.nullable(),
  spentSteps: z.array(Step),
  failures: z.number().int().nonnegative(),
  /** Ordinals of recovery codes that were spent. */
  spentCodes: z.array(z.number().int()),
});
/** Where an account's factor stands, with what was spent since the store was held. */
export type HeldFactor = z.infer<typeof HeldFactor>;
const HeldFacts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
/** What an entry will record. */
export type HeldFacts = z.infer<typeof HeldFacts>;
const HeldEntry = z.strictObject({
  actor: z.string(),
  role: z.string(),
  pov: z.string(),
  act: z.string(),
  obj: HeldFacts,
});
const HeldRecord = z.strictObject({
  factors: z.record(z.string(), HeldFactor),
  entries: z.array(HeldEntry),
  /** True when an earlier record could not be read: it forgives nothing to accounts that are not in this one. */
  lost: z.boolean(),
});
type HeldRecord = z.infer<typeof HeldRecord>;

const NOTHING: HeldRecord = { factors: {}, entries: [], lost: false };
const LOST: HeldRecord = {
  factors: {},
  entries: [{ ...SYSTEM_ACTOR, act: 'factor.held-lost', obj: {} }],
  lost: true,
};

/**
 * Proofs given in a store that is held: nothing may be written to it, and yet nobody reads it or decides about it before the
 * second step is given. What they spend is kept in the station's vault, so that no code holds twice and no restart forgives
 * a guess; the store and its log have it once the store is accepted, or a newer one is back.
 */
export class HeldProofs {
  private readonly vault: StationVault;
  private readonly clock: Clock;
  constructor(vault: StationVault, clock: Clock) {
    this.vault = vault;
    this.clock = clock;
  }

  /** Where an account's factor stands. */
  factor(workspace: OpenWorkspace, stored: FactorRecord): HeldFactor {
    const { factors, lost } = this.read(workspace);
    return (
      factors[stored.account_id] ?? {
        lastStep: stored.last_step,
        spentSteps: spentStepsOf(stored),
        failures: lost ? MAX_FACTOR_FAILURES : stored.failures,
        spentCodes: [],
      }
    );
  }

  /** Keeps what a code did to an account's factor. Durable when it returns. */
  keep(workspace: OpenWorkspace, accountId: string, factor: HeldFactor): void {
    const record = this.read(workspace);
    this.write(workspace, { ...record, factors: { ...record.factors, [accountId]: factor } });
  }

  /** Keeps what the log is to say, with the time of now. Durable when it returns. */
  note(workspace: OpenWorkspace, { actor, role, pov }: Actor, act: string, obj: HeldFacts): void {
    const record = this.read(workspace);
    const entry = { actor, role, pov, act, obj: { ...obj, 'held-at': this.now() } };
    this.write(workspace, { ...record, entries: [...record.entries, entry] });
  }

  /** Writes what was kept into the store and its log, inside a unit of work; `forget` follows once that is durable. */
  log(workspace: OpenWorkspace): void {
    const { write, trail } = workspace;
    const { factors, entries } = this.read(workspace);
    for (const [accountId, factor] of Object.entries(factors)) {
      const stored = factorOf(write, accountId);
      // A newer store may have ended it.
      if (stored === undefined) continue;
      const steps = [stored.last_step, factor.lastStep].filter(step => step !== null);
      updateFactor(write, accountId, {
        last_step: steps.length === 0 ? null : Math.max(...steps),
        spent_steps: JSON.stringify([...new Set([...spentStepsOf(stored), ...factor.spentSteps])]),
        failures: factor.failures,
      });
      for (const { ordinal } of unspentCodes(write, accountId))
        if (factor.spentCodes.includes(ordinal)) spendCode(write, accountId, ordinal, this.now());
    }
    for (const { act, obj, ...who } of entries) trail.append(write, who, act, obj);
  }

  /** What was kept is in the store now. */
  forget(workspace: OpenWorkspace): void {
    this.vault.remove(nameOf(workspace));
  }

  /** At a sign-in to a store that is not held: what was kept while an older one was, if anything. */
  settle(workspace: OpenWorkspace): void {
    if (this.vault.read(nameOf(workspace)) === null) return;
    workspace.write.transaction(() => this.log(workspace));
    this.forget(workspace);
  }

  private read(workspace: OpenWorkspace): HeldRecord {
    const bytes = this.vault.read(nameOf(workspace));
    if (bytes === null) return NOTHING;
    try {
      return HeldRecord.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    } catch {
      return LOST;
    }
  }

  private write(workspace: OpenWorkspace, record: HeldRecord): void {
    this.vault.write(nameOf(workspace), Buffer.from(JSON.stringify(record)));
  }

  private now(): string {
    return new Date(this.clock.now()).toISOString();
  }
}

/** The same for every copy of a workspace, and says nothing about it. */
const nameOf = ({ dataKey }: OpenWorkspace): string => `held.${hex(purposeKey(dataKey, 'held-proofs')).slice(0, 32)}`;
