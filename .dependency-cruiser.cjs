/** The layers of docs/architecture.md: imports flow one way. Tests and fixtures may look anywhere. */
const OUTSIDE_TESTS = { pathNot: '\\.(test|fixture)\\.tsx?$|/testing/' };
const feature = '^src-main/features/([^/]+)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(electron$|pdfmake/interfaces)' },
    },
    {
      name: 'contract-is-pure',
      comment: 'contract → kernel (and zod) only',
      severity: 'error',
      from: { path: '^src-main/contract/', ...OUTSIDE_TESTS },
      to: { pathNot: '^src-main/(contract|kernel)/|node_modules/zod' },
    },
    {
      name: 'kernel-is-pure',
      severity: 'error',
      from: { path: '^src-main/kernel/', ...OUTSIDE_TESTS },
      to: { pathNot: '^src-main/kernel/' },
    },
    {
      name: 'domain-is-pure',
      comment: 'domain → its own domain, kernel, another feature’s domain through its index, and pure packages',
      severity: 'error',
      from: { path: `${feature}domain/`, ...OUTSIDE_TESTS },
      to: {
        pathNot: [
          '^src-main/features/$1/domain/',
          '^src-main/kernel/',
          '^src-main/features/[^/]+/domain/index\\.ts$',
          'node_modules/(saxes|canonicalize|jstat|pdfmake|re2js|fflate|@types)',
        ],
      },
    },
    {
      name: 'storage-below-service',
      comment: 'storage → domain, kernel, platform; errors of the contract',
      severity: 'error',
      from: { path: `${feature}storage/`, ...OUTSIDE_TESTS },
      to: {
        path: [
          '^src-main/(engine|hosts|workers)/',
          '^src-main/features/[^/]+/service/',
          '^src-renderer/',
          '^src-preload/',
        ],
      },
    },
    {
      name: 'service-above-hosts',
      comment: 'services know the engine only by its handler interface and its open workspace',
      severity: 'error',
      from: { path: `${feature}service/`, ...OUTSIDE_TESTS },
      to: {
        path: [
          '^src-main/(hosts|workers)/',
          '^src-renderer/',
          '^src-preload/',
          '^src-main/engine/(?!(handler|open-workspace)\\.ts)',
        ],
      },
    },
    {
      name: 'only-storage-writes-queries',
      comment: 'Kysely is imported by the store and by row types; services go through storage',
      severity: 'error',
      from: {
        path: '^src-main/',
        pathNot: ['^src-main/platform/store\\.ts$', '^src-main/features/[^/]+/storage/', '\\.(test|fixture)\\.ts$'],
      },
      to: { path: 'node_modules/kysely' },
    },
    {
      name: 'platform-below-features',
      severity: 'error',
      from: { path: '^src-main/platform/', ...OUTSIDE_TESTS },
      to: { path: '^src-main/(features|engine|hosts|workers)/' },
    },
    {
      name: 'engine-below-hosts',
      severity: 'error',
      from: { path: '^src-main/engine/', ...OUTSIDE_TESTS },
      to: { path: '^src-main/(hosts|workers)/' },
    },
    {
      name: 'hosts-use-the-engine',
      comment: 'hosts reach features only through the engine',
      severity: 'error',
      from: { path: '^src-main/hosts/', ...OUTSIDE_TESTS },
      to: { path: '^src-main/(features|workers)/' },
    },
    {
      name: 'only-electron-host-imports-electron',
      severity: 'error',
      from: { pathNot: ['^src-main/hosts/electron/', '^src-preload/', '^scripts/'] },
      to: { path: '(^|/)electron$|node_modules/electron/' },
    },
    {
      name: 'window-sees-contract-and-kernel',
      severity: 'error',
      from: { path: '^(src-renderer|src-preload)/', ...OUTSIDE_TESTS },
      to: { path: '^src-main/(?!(contract|kernel)/)' },
    },
    {
      name: 'migrations-are-frozen',
      comment: 'no live code in migrations',
      severity: 'error',
      from: { path: '^migrations/', ...OUTSIDE_TESTS },
      to: { pathNot: '^migrations/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
