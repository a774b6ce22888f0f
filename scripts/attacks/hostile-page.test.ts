import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { HostileReport } from './hostile-page.process.ts';
import { needs } from './needs.ts';

// a hostile page in real Chromium, served by the real browser host, in a network namespace with one way out, whose
// packets are counted. Needs `unshare` and `ip` (util-linux, iproute2) and the right to make a network namespace.
const NAMESPACE = [
  'ip link set lo up',
  'echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6',
  'ip link add out0 type veth peer name out1',
  'ip addr add 10.9.9.1/24 dev out0',
  'ip link set out0 up && ip link set out1 up',
  'ip neigh add 10.9.9.2 lladdr 02:00:00:00:00:02 dev out0 nud permanent',
  'ip route add default via 10.9.9.2 dev out0',
  'exec "$@"',
].join(' && ');

it('a hostile page reaches nothing: every try is denied, no packet leaves', () => {
  const inOwnNetwork = (...command: readonly string[]): readonly string[] => [
    '-rn',
    'sh',
    '-c',
    NAMESPACE,
    'sh',
    ...command,
  ];
  needs('a network namespace of one’s own, with a way out', 'unshare', ...inOwnNetwork('true'));
  const { status, stdout, stderr } = spawnSync(
    'unshare',
    inOwnNetwork(process.execPath, fileURLToPath(new URL('hostile-page.process.ts', import.meta.url))),
    {
      encoding: 'utf8',
      killSignal: 'SIGKILL',
      env: { ...process.env, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1' },
      timeout: 240_000,
    },
  );
  expect([status, stderr]).toEqual([0, '']);
  const report = JSON.parse(stdout) as HostileReport;
  console.info(
    `packets: control ${report.control}, unguarded ${report.unguarded}, policy alone ${report.policyAlone.packets}, guarded ${report.guarded.packets}; ${Object.keys(report.guarded.tries).length} tries`,
  );
  expect(report.control).toBe(1);
  expect(report.unguarded).toBeGreaterThan(10);

  const allowed = (tries: Readonly<Record<string, string>>): string[] =>
    Object.keys(tries).filter(name => tries[name] === 'allowed');
  expect(Object.keys(report.guarded.tries).length).toBeGreaterThanOrEqual(28);
  expect(allowed(report.guarded.tries)).toEqual([]);
  expect(report.guarded.packets).toBe(0);
  const navigations = Object.keys(report.guarded.navigations);
  expect(navigations).toHaveLength(7);
  expect(report.guarded.navigations).toEqual(Object.fromEntries(navigations.map(name => [name, 0])));
  for (const name of navigations) expect(report.unguardedNavigations[name], name).toBeGreaterThan(0);
  expect(report.sink).toBe(0);

  // Without the switches, in a tab of the person's own browser, the policy alone holds everything but navigation and peer
  // connections: docs/threat-model.md says so.
  expect(allowed(report.policyAlone.tries)).toEqual([]);
  expect(report.policyAlone.packets).toBe(0);
}, 270_000);
