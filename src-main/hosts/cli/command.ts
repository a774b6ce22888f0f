import type { ParseArgsConfig } from 'node:util';
import type { Station } from './station.ts';
import type { Terminal } from './terminal.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** What a command was given, parsed. */
export interface Arguments {
  readonly positionals: readonly string[];
  text(name: string): string | undefined;
  list(name: string): readonly string[];
  flag(name: string): boolean;
}

export interface CommandContext {
  readonly arguments: Arguments;
  readonly json: boolean;
  readonly terminal: Terminal;
  /** Starts the engine on first use. */
  readonly station: () => Promise<Station>;
}

/** One `nexus` command. `run` answers the exit code. */
export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly options: Options;
  /** Lines of help on each option, in order. */
  readonly help: readonly (readonly [string, string])[];
  run(context: CommandContext): Promise<number>;
}

export const EXIT = { done: 0, findings: 1, usage: 2, refused: 3, permission: 4, integrity: 5, fault: 70 } as const;
