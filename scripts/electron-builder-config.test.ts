import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import ajvKeywords from 'ajv-keywords';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

// The schema is the one that electron-builder ships and validates with.
const root = new URL('../', import.meta.url);
const readText = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const config = parse(readText('electron-builder.yml')) as Record<string, unknown>;

const errorsOf = (candidate: unknown): unknown => {
  const ajv = new Ajv({ allErrors: true, strict: false });
  ajvKeywords(ajv, ['typeof']);
  const validate = ajv.compile(JSON.parse(readText('node_modules/app-builder-lib/scheme.json')));
  validate(candidate);
  return validate.errors ?? [];
};

test('electron-builder.yml is valid', () => {
  expect(errorsOf(config)).toEqual([]);
});

test('an unknown key, a wrong type and an unknown fuse are not', () => {
  expect(errorsOf({ ...config, electronFuse: {} })).not.toEqual([]);
  expect(errorsOf({ ...config, npmRebuild: 'no' })).not.toEqual([]);
  expect(errorsOf({ ...config, electronFuses: { runAsNodes: false } })).not.toEqual([]);
});

test('the fuses are those of R-28', () => {
  expect(config.electronFuses).toEqual({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableCookieEncryption: true,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    resetAdHocDarwinSignature: true,
  });
});

test('nothing is published, compiled or fetched at packing time', () => {
  expect(config).toMatchObject({ publish: null, npmRebuild: false, nodeGypRebuild: false, asar: true });
});
