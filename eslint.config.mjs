import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const TIME = 'Time is handed over: take a Clock (platform/clock.ts) or an EpochMillis argument.'

const syntax = {
  exportAll: {
    selector: 'ExportAllDeclaration',
    message: 'No barrels: export names one by one, or import from the file itself.',
  },
  reExport: {
    selector: 'ExportNamedDeclaration[source]',
    message: 'No barrels: import from the file that defines the name. Only registries gather, and they import.',
  },
  defaultExport: {
    selector: 'ExportDefaultDeclaration',
    message:
      'Export by name, so that one thing has one name everywhere. Defaults only where Next or a tool demands one.',
  },
  enumeration: { selector: 'TSEnumDeclaration', message: 'Use a union of string literals or a const table.' },
  dateNow: {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: TIME,
  },
  newDate: { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: TIME },
  callDate: { selector: "CallExpression[callee.name='Date']", message: TIME },
  random: {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Chance is handed over: take a seeded generator, or randomToken/uuidv7 of platform/clock.ts.',
  },
}
const everywhere = Object.values(syntax)
const without = (...names) =>
  Object.entries(syntax)
    .filter(([name]) => !names.includes(name))
    .map(([, rule]) => rule)

const PROCESS = 'Configuration comes from platform/env.ts, signals and exit from platform/shutdown.ts.'
const imports = [
  {
    regex: '^\\.{1,2}/.*\\.(ts|tsx|js|mjs)$',
    message: 'Write relative imports without an extension ("./clock").',
  },
  { regex: '^(\\.\\./){2,}', message: 'Climb at most one folder; otherwise import by room ("@/domain/time").' },
  { group: ['lodash', 'lodash/*', 'moment', 'uuid'], message: 'The language or platform/clock.ts has this already.' },
]
const processImport = { name: 'node:process', message: PROCESS }

export default defineConfig(
  globalIgnores(['node_modules/', '.next/', 'var/', 'public/', 'next-env.d.ts', 'workers/models/*/assembly/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // Index loops over typed arrays read `cells[i]!`: the bound is in the loop head.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // `while (true)` around a stream reader says what it is.
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-depth': ['error', 3],
      'max-params': ['error', 4],
      complexity: ['error', 12],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'], location: 'start' }],
      'no-restricted-globals': ['error', { name: 'process', message: PROCESS }],
      'no-restricted-imports': ['error', { paths: [processImport], patterns: imports }],
      'no-restricted-syntax': ['error', ...everywhere],
    },
  },
  {
    files: ['platform/clock.ts'],
    rules: { 'no-restricted-syntax': ['error', ...without('dateNow', 'newDate', 'random')] },
  },
  {
    files: ['platform/env.ts', 'platform/shutdown.ts'],
    rules: {
      'no-restricted-globals': 'off',
      'no-restricted-imports': ['error', { patterns: imports }],
    },
  },
  {
    // Next finds these by their default export.
    files: [
      'app/**/{page,layout,template,loading,error,global-error,not-found,default}.tsx',
      'next.config.ts',
      'vitest.config.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', ...without('defaultExport')] },
  },
  {
    // A describe block or a page of cases is a list, not a function.
    files: ['**/*.test.{ts,tsx}', 'tests/**'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    // The bootstraps run before anything is installed: plain JavaScript, Node's globals, the terminal.
    files: ['**/*.mjs', '**/*.cjs'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: {
      'no-console': 'off',
      'no-restricted-globals': 'off',
      'no-restricted-imports': 'off',
      'no-restricted-syntax': ['error', ...without('defaultExport', 'dateNow', 'newDate')],
    },
  },
)
