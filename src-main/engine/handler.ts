import type { z } from 'zod';
import type { ChannelName, Contract } from '../contract/index.ts';
import type { AuditObject } from '../features/audit/domain/audit-log.ts';
import type { Ports } from '../platform/ports.ts';
import type { ReadStore, WriteStore } from '../platform/store.ts';
import type { WorkerPool } from '../platform/worker-pool.ts';
import type { Grants } from './grants.ts';
import type { JobProgress, JobRegistry } from './job-registry.ts';
import type { OpenWorkspace } from './open-workspace.ts';
import type { Session } from './session.ts';

export type Input<C extends ChannelName> = z.output<Contract[C]['input']>;
export type Output<C extends ChannelName> = z.input<Contract[C]['output']>;

/** What every handler may use. */
export interface HandlerContext {
  readonly ports: Ports;
  readonly session: Session;
  readonly pool: WorkerPool;
  readonly grants: Grants;
  readonly jobs: JobRegistry;
  /** The session's workspace. Throws `workspace.closed` when none is open. */
  readonly workspace: () => OpenWorkspace;
}

/** A query reads through a connection that cannot write. */
export interface QueryContext extends HandlerContext {
  readonly store: ReadStore;
}

/** A command runs inside one unit of work; `audit` states what its entry records. Synchronous: nothing can interleave. */
export interface CommandContext extends HandlerContext {
  readonly store: WriteStore;
  readonly audit: (obj: AuditObject) => void;
}

/** A job runs over many turns; each of its writes is a unit of work of its own with its audit entry. */
export interface JobContext extends HandlerContext {
  readonly signal: AbortSignal;
  readonly progress: (progress: JobProgress) => void;
  /** One unit of work; `audit` as in a command. */
  readonly write: <T>(work: (store: WriteStore, audit: (act: string, obj: AuditObject) => void) => T) => T;
  /** Lets waiting calls be answered, then goes on; throws `job.cancelled` after a cancel. */
  readonly breathe: () => Promise<void>;
}

export type Handler =
  | { readonly kind: 'query'; run(context: QueryContext, input: never): unknown }
  | { readonly kind: 'public-query'; run(context: HandlerContext, input: never): unknown }
  | { readonly kind: 'command'; run(context: CommandContext, input: never, prepared: never): unknown }
  | {
      readonly kind: 'prepared-command';
      prepare(context: HandlerContext, input: never): Promise<unknown>;
      run(context: CommandContext, input: never, prepared: never): unknown;
      whileHeld?(context: HandlerContext, input: never): Promise<unknown>;
    }
  | { readonly kind: 'station-command'; run(context: HandlerContext, input: never): Promise<unknown> }
  | {
      readonly kind: 'job';
      readonly title: (input: never) => string;
      readonly onCancel: string;
      run(context: JobContext, input: never): Promise<unknown>;
    };

export type Handlers = Partial<Record<ChannelName, Handler>>;

/** Binds a query channel of an open workspace. */
export const onQuery = <C extends ChannelName>(
  channel: C,
  run: (context: QueryContext, input: Input<C>) => Output<C> | Promise<Output<C>>,
): Handlers => ({ [channel]: { kind: 'query', run } as Handler });

/** Binds a query channel that needs no workspace. */
export const onPublicQuery = <C extends ChannelName>(
  channel: C,
  run: (context: HandlerContext, input: Input<C>) => Output<C> | Promise<Output<C>>,
): Handlers => ({ [channel]: { kind: 'public-query', run } as Handler });

/** Binds a command channel: one synchronous unit of work. */
export const onCommand = <C extends ChannelName>(
  channel: C,
  run: (context: CommandContext, input: Input<C>) => Output<C>,
): Handlers => ({
  [channel]: { kind: 'command', run } as Handler,
});

/**
 * Binds a command that must wait for something before its unit of work (a key to be stretched, another program's answer):
 * `prepare` changes nothing; `run` is the one synchronous unit of work. `whileHeld` takes the place of both in a store that
 * is held: it writes nothing there.
 */
export const onPreparedCommand = <C extends ChannelName, P>(
  channel: C,
  command: {
    prepare: (context: HandlerContext, input: Input<C>) => Promise<P>;
    run: (context: CommandContext, input: Input<C>, prepared: P) => Output<C>;
    whileHeld?: (context: HandlerContext, input: Input<C>) => Promise<Output<C>>;
  },
): Handlers => ({ [channel]: { kind: 'prepared-command', ...command } as Handler });

/** Binds a command that opens or closes workspaces itself and writes its own audit entry. */
export const onStationCommand = <C extends ChannelName>(
  channel: C,
  run: (context: HandlerContext, input: Input<C>) => Promise<Output<C>>,
): Handlers => ({ [channel]: { kind: 'station-command', run } as Handler });

/** Binds a job channel. `onCancel` says in plain words what a cancel keeps or discards. */
export const onJob = <C extends ChannelName>(
  channel: C,
  job: {
    title: (input: Input<C>) => string;
    onCancel: string;
    run: (context: JobContext, input: Input<C>) => Promise<Output<C>>;
  },
): Handlers => ({ [channel]: { kind: 'job', ...job } as Handler });
