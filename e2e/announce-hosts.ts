import { installedHosts } from './hosts.ts';

/** Says on which hosts the specs run, so that a run without Electron does not look like one with it. */
export default function announceHosts(): void {
  const hosts = installedHosts();
  const missing = hosts.includes('electron') ? '' : '; electron not installed';
  process.stdout.write(`hosts: ${hosts.join(', ')}${missing}\n`);
}
