import { parseArgs } from 'node:util';

export interface NodeHostCommand {
  readonly port: number;
  /** Opens an installed browser; otherwise the address is printed. */
  readonly open: boolean;
  /** Ends when the last window was closed; otherwise runs until it is stopped. */
  readonly endWithLastWindow: boolean;
}

export const USAGE = `Usage: npm start -- [--no-open] [--port NUMBER]
  --no-open       print the window's address instead of opening a browser
  --port NUMBER   listen on this port of 127.0.0.1 (default: a free one)
  --stay          keep running when the last window was closed`;

/** Reads the host's arguments; a text says what is wrong with them. */
export const readCommandLine = (args: readonly string[]): NodeHostCommand | string => {
  let values: { open?: boolean | undefined; port?: string | undefined; stay?: boolean | undefined };
  try {
    values = parseArgs({
      args: [...args],
      allowNegative: true,
      options: { open: { type: 'boolean' }, port: { type: 'string' }, stay: { type: 'boolean' } },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const port = Number(values.port ?? '0');
  if (!Number.isInteger(port) || port < 0 || port > 65535) return `--port takes a number from 0 to 65535`;
  return { port, open: values.open ?? true, endWithLastWindow: !(values.stay ?? false) };
};
