// The Node this project runs on comes from the npm registry (package.json, optionalDependencies). npm puts it first on
// the PATH of its scripts; a script started directly with an older Node starts itself again with the pinned one.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Older versions cannot load the store's native module. */
const MINIMUM_MAJOR = 24;

/** @param {string} root */
export const pinnedNodePath = root => {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  return [`node-${platform}-${process.arch}`, `node-bin-${platform}-${process.arch}`]
    .map(name => join(root, 'node_modules', name, 'bin', executable))
    .find(existsSync);
};

/**
 * Runs `script` again on the pinned Node when this one is too old, and ends with its exit code.
 * @param {string} root @param {string} script @param {readonly string[]} args
 */
export const requirePinnedNode = (root, script, args) => {
  if (Number(process.versions.node.split('.')[0]) >= MINIMUM_MAJOR) return;
  const node = pinnedNodePath(root);
  if (node === undefined) {
    console.error(
      `NEXUS needs Node ${MINIMUM_MAJOR} and this is ${process.version}. Run "npm ci" in ${root}: it brings the right one.`,
    );
    process.exit(70);
  }
  const { status } = spawnSync(node, [script, ...args], { stdio: 'inherit' });
  process.exit(status ?? 70);
};
