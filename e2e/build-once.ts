import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './hosts.ts';

/** Builds the application before the first spec: workers that start together would otherwise build it over each other. */
export default function buildOnce(): void {
  const { status } = spawnSync(process.execPath, [join(ROOT, 'scripts/ensure-build.mjs'), 'all'], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The application could not be built; see the messages above.');
}
