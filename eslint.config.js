import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/**
 * Calls that put plaintext on disk or lose commits. What another name hides from a rule, the trap of
 * scripts/attacks/banned-calls.test.ts finds at run time.
 */
const STORE = '/^(db|connection|database|writer|reader|store)$/';
const BANNED_CALLS = [
  ...[`[callee.object.name=${STORE}]`, `[callee.object.property.name=${STORE}]`].flatMap(owner => [
    {
      selector: `CallExpression[callee.property.name='serialize']${owner}`,
      message: 'serialize() returns plaintext (R-10).',
    },
    {
      selector: `CallExpression[callee.property.name='backup']${owner}`,
      message: 'backup() throws on encrypted stores (R-10).',
    },
  ]),
  ...['Literal[value', 'TemplateElement[value.raw'].flatMap(text => [
    { selector: `${text}=/\\bATTACH\\s+(DATABASE\\b|['"?]|$)/i]`, message: 'ATTACH can write plaintext (R-10).' },
    {
      selector: `${text}=/synchronous\\s*=\\s*(OFF|NORMAL|0|1)/i]`,
      message: 'The store is always synchronous=FULL (R-01).',
    },
  ]),
];

/** SQL whose text is put together from values: what is no constant is bound as a parameter. Tests may look into any table. */
const BUILT_SQL = [
  "CallExpression[callee.property.name='prepare']",
  `CallExpression[callee.property.name='exec'][callee.object.name=${STORE}]`,
  `CallExpression[callee.property.name='exec'][callee.object.property.name=${STORE}]`,
].flatMap(call =>
  ['TemplateLiteral[expressions.length>0]', "BinaryExpression[operator='+']"].map(text => ({
    selector: `${call} > ${text}:first-child`,
    message: 'SQL is never put together from values (R-10): bind a parameter, or say why this text is constant.',
  })),
);

/** One SQLite library on the vault: two in one process break each other's locks. */
const OTHER_SQLITE = ['node:sqlite', 'sqlite3', 'sql.js', '@libsql/client', 'bun:sqlite', 'wa-sqlite'].map(name => ({
  name,
  message: 'One SQLite library on the vault (R-04).',
}));

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'release/**',
      'node_modules/**',
      'test-results/**',
      'playwright-report/**',
      'resources/**',
      '**/*.mjs',
      '**/*.cjs',
      '**/*.js',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './tsconfig.renderer.json', './tsconfig.e2e.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'no-restricted-syntax': ['error', ...BANNED_CALLS, ...BUILT_SQL],
      'no-restricted-imports': ['error', { paths: OTHER_SQLITE }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['src-renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error' },
  },
  {
    files: ['**/*.test.ts', '**/*.fixture.ts', 'e2e/**'],
    rules: {
      'no-restricted-syntax': ['error', ...BANNED_CALLS],
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
