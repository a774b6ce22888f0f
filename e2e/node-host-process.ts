import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './hosts.ts';

export interface NodeHostProcess {
  /** The window's address with the launch token. */
  readonly url: string;
  readonly stop: () => Promise<void>;
  /** Ends the host as a power cut would. */
  readonly kill: () => Promise<void>;
}

/** The real host, as `npm start` runs it where there is no Electron, on a NEXUS folder of its own. Port 0: a free one. */
export const startNodeHost = (home: string, port = 0): Promise<NodeHostProcess> =>
  new Promise((resolve, reject) => {
    const options = ['--no-open', '--stay', '--port', String(port)];
    const child: ChildProcess = spawn(process.execPath, [join(ROOT, 'scripts/start.mjs'), ...options], {
      cwd: ROOT,
      env: {
        ...process.env,
        NEXUS_HOME: home,
        // start.mjs would take Electron where it is installed: an empty folder is one without its binary.
        ELECTRON_EXECUTABLE: '',
        ELECTRON_OVERRIDE_DIST_PATH: home,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const ended = new Promise<void>(done => child.once('exit', () => done()));
    const end = async (signal: NodeJS.Signals): Promise<void> => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await ended;
    };
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const url = /(http:\/\/127\.0\.0\.1:\d+\/\S*)/.exec(output)?.[1];
      if (url !== undefined) resolve({ url, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') });
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', code => reject(new Error(`the host ended with ${code}:\n${output}`)));
  });
