import { configDefaults, defineConfig } from 'vitest/config';

/** Nothing here keeps anything between files: their modules are loaded once a worker. */
const PURE = [
  'src-main/**/domain/**/*.test.ts',
  'src-main/kernel/**/*.test.ts',
  'src-main/contract/**/*.test.ts',
  'src-renderer/**/*.test.ts',
];
const ALL = [
  'src-main/**/*.test.ts',
  'src-preload/**/*.test.ts',
  'src-renderer/**/*.test.ts',
  'migrations/**/*.test.ts',
  'scripts/**/*.test.ts',
];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
      { extends: true, test: { name: 'whole', include: ALL, exclude: [...configDefaults.exclude, ...PURE] } },
    ],
  },
});
