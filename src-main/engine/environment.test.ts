import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { fixedPorts } from '../platform/system-ports.ts';
import { INSTANT } from './engine.fixture.ts';
import { Engine } from './engine.ts';
import { windowEnvironment } from './environment.ts';

const home = mkdtempSync(join(tmpdir(), 'nexus-station-'));
afterAll(() => rmSync(home, { recursive: true }));

it('a window in production starts with no standing clock; in development it may', () => {
  const NEXUS_CLOCK = '2026-01-02T03:04:05Z';
  expect(() => windowEnvironment(home, { NEXUS_CLOCK })).toThrow('true times only');
  expect(windowEnvironment(home, { NEXUS_CLOCK, NEXUS_PROFILE: 'development' }).profile).toBe('development');
});

it('OpenID that is switched off at the station answers nobody, and a misread file starts no engine', async () => {
  const folder = join(home, 'off');
  mkdirSync(folder);
  const config = join(folder, 'nexus.config.json');
  writeFileSync(config, '{ "features": { "openIdConnect": false } }');
  const engine = new Engine({ homeFolder: folder, ports: fixedPorts(INSTANT) });
  const session = engine.openSession();
  const location = { name: 'Inquiry' };
  const passphrase = 'correct horse battery staple';
  expect(await engine.invoke(session, 'workspaces.create', { location, passphrase, actor: 'Ada' })).toMatchObject({
    ok: true,
  });
  for (const channel of ['oauth.list', 'oauth.providers'])
    expect(await engine.invoke(session, channel, {})).toMatchObject({ ok: false, error: { code: 'feature.off' } });
  expect(await engine.invoke(session, 'factors.read', {})).toMatchObject({ ok: true });
  await engine.close();
  writeFileSync(config, '{ "features": { "openId": false } }');
  expect(() => new Engine({ homeFolder: folder, ports: fixedPorts(INSTANT) })).toThrow('there is no setting “openId”');
}, 60_000);
