// Runs all checks and tests; the last line is their sum: "N passed, N failed".
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from './chromium.mjs'
import { ensureParallel } from './parallel.mjs'

let passed = 0
let failed = 0

function run(title, command, ...args) {
  console.log(`\n== ${title}`)
  return spawnSync(command, args, { stdio: 'inherit' }).status === 0
}

/** A check that counts as one test. */
function check(title, command, ...args) {
  if (run(title, command, ...args)) passed++
  else failed++
}

/** A Vitest project, counted by what its report says. */
function suite(project) {
  const report = join(mkdtempSync(join(tmpdir(), 'lab-tests-')), 'report.json')
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const ok = run(`tests: ${project}`, 'npx', 'vitest', ...args)
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
    // A file that does not even load has no tests, and counts as one that failed.
    const broken = testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
    )
    passed += numPassedTests
    failed += numFailedTests + broken.length
    if (!ok && numFailedTests + broken.length === 0) failed++
  } catch {
    failed++
  }
}

check('types', 'npx', 'tsc', '-p', '.')
check('lint', 'npx', 'eslint', '.')
check('format', 'npx', 'prettier', '--check', '--log-level', 'warn', '.')
// Where it can't be installed, the test that needs it fails and says so.
ensureParallel()
suite('unit')
try {
  process.env.CHROMIUM = ensureChromium()
  check('build', 'npx', 'vite', 'build', '--logLevel', 'warn')
  suite('browser')
  suite('e2e')
} catch (error) {
  console.error(error.message)
  failed++
}

console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
