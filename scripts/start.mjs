// npm start: the desktop application in Electron; where its binary cannot be had, the same window in a browser.
import { spawn } from 'node:child_process';
import module from 'node:module';
import { join } from 'node:path';
import { findElectron } from './electron-binary.mjs';
import { ensureBuilt, ROOT } from './ensure-build.mjs';
import { requirePinnedNode } from './pinned-node.mjs';

requirePinnedNode(ROOT, join(ROOT, 'scripts/start.mjs'), process.argv.slice(2));
module.enableCompileCache(join(ROOT, 'node_modules/.cache/nexus-compile'));
await ensureBuilt('main');
await ensureBuilt('renderer');

const electron = findElectron(ROOT, process.env);
if (electron === null) {
  console.log('Electron’s binary is not installed: opening NEXUS in a browser on this machine instead.');
  await import(new URL('../dist/main/node-host.js', import.meta.url));
} else {
  // Chromium refuses to start as root with its sandbox, which needs an unprivileged user.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(electron, [...sandbox, ROOT], { stdio: 'inherit' });
  child.on('error', error => {
    console.error(`Electron could not be started: ${error.message}`);
    process.exitCode = 70;
  });
  child.on('exit', code => {
    process.exitCode = code ?? 70;
  });
}
