import js from '@eslint/js'
import hooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

/**
 * The rooms of src/ and what each may import from: imports point one way. What is not named here (cli, bench,
 * tests, tools) may import everything.
 */
const ROOMS = {
  geometry: [],
  io: ['geometry'],
  losses: ['geometry', 'io'],
  datasets: ['geometry', 'io'],
  render: ['geometry', 'losses'],
  engine: ['geometry', 'io', 'losses', 'datasets'],
  session: ['geometry', 'io', 'losses', 'datasets', 'render', 'engine'],
  controls: ['geometry', 'io', 'losses', 'datasets', 'render', 'engine', 'session'],
  panels: ['geometry', 'io', 'losses', 'datasets', 'render', 'engine', 'session', 'controls'],
  labs: ['geometry', 'io', 'losses', 'datasets', 'render', 'engine', 'session', 'controls', 'panels'],
}

const importDirection = Object.entries(ROOMS).map(([room, allowed]) => ({
  files: [`src/${room}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [...Object.keys(ROOMS), 'app']
          .filter((other) => other !== room && !allowed.includes(other))
          .map((other) => ({
            regex: `^(\\.\\./)+${other}(/|$)`,
            message: `${room} must not import from ${other}: imports point one way.`,
          })),
      },
    ],
  },
}))

export default tseslint.config(
  {
    ignores: [
      'dist',
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
  { files: ['src/{app,controls,panels,labs,session}/**'], ...hooks.configs.flat['recommended-latest'] },
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
    },
  },
  { files: ['**/*.{js,mjs}'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  ...importDirection,
)
