import js from '@eslint/js'
import hooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'
import { walls } from './tools/lint-walls.js'

/**
 * The rooms of src/ and what each may import from: imports point one way. What is not named here (cli, bench,
 * tests, tools) may import everything. What of the platform a room sees (a page, Node, or what they have alike) is in
 * tsconfig/.
 */
const ROOMS = {
  geometry: [],
  io: ['geometry'],
  losses: ['geometry', 'io'],
  datasets: ['geometry', 'io'],
  render: ['geometry', 'losses'],
  engine: ['geometry', 'io', 'losses', 'datasets'],
  library: ['geometry', 'io', 'losses', 'datasets', 'engine'],
  session: ['geometry', 'io', 'losses', 'datasets', 'render', 'engine'],
  ui: ['geometry', 'io', 'losses', 'render'],
  controls: ['geometry', 'io', 'losses', 'datasets', 'render', 'engine', 'session', 'ui'],
  panels: ['geometry', 'io', 'losses', 'datasets', 'render', 'engine', 'session', 'ui', 'controls'],
  labs: ['geometry', 'io', 'losses', 'datasets', 'render', 'engine', 'session', 'ui', 'controls', 'panels'],
  app: [
    'geometry',
    'io',
    'losses',
    'datasets',
    'render',
    'engine',
    'session',
    'ui',
    'controls',
    'panels',
    'labs',
  ],
}

/** The packages that each room may use. */
const PACKAGES = {
  geometry: ['d3-array'],
  io: ['zod'],
  losses: ['zod'],
  datasets: ['zod'],
  render: ['@fontsource-variable/source-sans-3', 'd3', 'katex', 'three'],
  engine: [
    '@tensorflow/tfjs-backend-cpu',
    '@tensorflow/tfjs-backend-wasm',
    '@tensorflow/tfjs-backend-webgpu',
    '@tensorflow/tfjs-core',
    'comlink',
    'zod',
  ],
  library: [],
  session: ['comlink', 'react', 'zod', 'zustand'],
  ui: ['@base-ui/react', 'react', 'zustand'],
  controls: ['@base-ui/react', 'react'],
  panels: ['@base-ui/react', 'd3', 'react', 'zustand'],
  labs: ['@base-ui/react', 'react', 'zod'],
  app: [
    '@base-ui/react',
    '@fontsource-variable/source-sans-3',
    'comlink',
    'katex',
    'react',
    'react-dom',
    'react-resizable-panels',
    'zustand',
  ],
}

/**
 * Literals that are taken apart where they stand. In an object they switch off TypeScript's check for wrong names;
 * elsewhere they make arrays that nobody needs.
 */
const NEEDLESS_LITERALS = [
  {
    selector: ':matches(SpreadElement, JSXSpreadAttribute) > ObjectExpression.argument',
    message: 'Write the properties themselves: TypeScript does not check the names in a spread literal.',
  },
  {
    selector:
      'SpreadElement > :matches(ArrayExpression, TSAsExpression[expression.type="ArrayExpression"]).argument',
    message: 'Write the elements themselves.',
  },
  {
    selector: 'VariableDeclarator[id.type="ArrayPattern"][init.type="ArrayExpression"]',
    message: 'Declare each on a line of its own.',
  },
]

const IMPORT_META = {
  selector: 'MetaProperty[meta.name="import"]',
  message: 'This room knows nothing of how it is bundled.',
}

const wallsOfRooms = Object.entries(ROOMS).map(([room, rooms]) => ({
  files: [`src/${room}/**/*.{ts,tsx}`],
  plugins: { walls },
  rules: { 'walls/imports': ['error', { room, rooms, packages: PACKAGES[room] ?? [] }] },
}))

/** What draws a panel gets data and actions through its context, so that it can be drawn without a page. */
const drawings = {
  files: ['src/panels/*/*.ts'],
  ignores: ['src/panels/*/{panel,verified}.ts'],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: '^(\\.\\./)+session/|^\\./verified$',
            allowTypeImports: true,
            message: 'A drawing gets data and actions through its context: import types only.',
          },
        ],
      },
    ],
  },
}

export default tseslint.config(
  {
    ignores: [
      'dist',
      '.cache',
      'lib',
      'node_modules',
      'public',
      'test-results',
      'src/engine/kernels/wasm/assembly',
      'src/engine/kernels/wasm/build',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  { files: ['src/{app,controls,panels,labs,session,ui}/**'], ...hooks.configs.flat['recommended-latest'] },
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Pairs of arrays are walked by index all over numeric code.
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error', ...NEEDLESS_LITERALS],
    },
  },
  { files: ['**/*.{js,mjs}'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  {
    files: ['src/{geometry,io}/**'],
    rules: { 'no-restricted-syntax': ['error', ...NEEDLESS_LITERALS, IMPORT_META] },
  },
  // Pictures that a test holds in the place where it names them are as long as they are.
  { rules: { 'max-len': ['error', { code: 120, ignorePattern: '^ *"<' }] } },
  ...wallsOfRooms,
  drawings,
)
