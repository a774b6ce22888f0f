import { runCommandLine } from './command-line.ts';

/** Written text has left the process. */
const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise(resolve => stream.write('', () => resolve()));

// A reader that goes away (`nexus … | head`) ends no work: what was asked is finished, and its exit code stands.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

const code = await runCommandLine(process.argv.slice(2));
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
// Every workspace is closed by now: the engine's idle threads are not waited for.
process.exit(code);
