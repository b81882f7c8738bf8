// Runs all checks and tests; the last line is their sum: "N passed, N failed".
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from './chromium.mjs'
import { ensureParallel } from './parallel.mjs'

let passed = 0
let failed = 0

/** Whether a command ends well. */
function run(title, command, ...args) {
  console.log(`\n== ${title}`)
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit' })
    child.on('error', () => resolve(false))
    child.on('close', (status) => resolve(status === 0))
  })
}

/** A check that counts as one test. */
async function check(title, command, ...args) {
  if (await run(title, command, ...args)) passed++
  else failed++
}

/** A Vitest project, counted by what its report says. */
async function suite(project) {
  const report = join(mkdtempSync(join(tmpdir(), 'lab-tests-')), 'report.json')
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const ok = await run(`tests: ${project}`, 'npx', 'vitest', ...args)
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

async function withoutBrowser() {
  await check('types', 'npm', 'run', '-s', 'types')
  await check('lint', 'npx', 'eslint', '.')
  await check('format', 'npx', 'prettier', '--check', '--log-level', 'warn', '.')
  await suite('unit')
}

let chromium = true
try {
  process.env.CHROMIUM = ensureChromium()
} catch (error) {
  console.error(error.message)
  chromium = false
  failed++
}
// Where it can't be installed, the test that needs it fails and says so.
ensureParallel()

// Compiling for a software GPU takes minutes and leaves cores free: what needs no browser has them meanwhile.
await Promise.all([withoutBrowser(), chromium && suite('browser')])
await check('build', 'npx', 'vite', 'build', '--logLevel', 'warn')
await check('library', 'node', 'tools/build-library.mjs')
await suite('package')
if (chromium) await suite('e2e')

console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
