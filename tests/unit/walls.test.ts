import { ESLint, type Linter } from 'eslint'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import tseslint from 'typescript-eslint'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const rooms = readdirSync(join(root, 'src'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

const eslint = new ESLint({
  cwd: root,
  overrideConfig: tseslint.configs.disableTypeChecked as Linter.Config,
})

/** What the walls say of a file of such text, were it there. */
async function lint(path: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: join(root, path) })
  return result!.messages
    .filter(({ ruleId }) => ruleId === 'walls/imports' || ruleId === 'no-restricted-syntax')
    .map(({ message }) => message)
}

describe('imports', () => {
  it.each(rooms)('of packages are listed for %s', async (room) => {
    const messages = await lint(`src/${room}/planted.ts`, "import { deflate } from 'pako'\ndeflate()")
    expect(messages).toEqual([expect.stringContaining(`${room} must not use the package pako`)])
  })

  it.each(rooms.filter((room) => room !== 'app'))('of the page are none in %s', async (room) => {
    const messages = await lint(`src/${room}/inner/planted.ts`, "export { App } from '../../app/App'")
    expect(messages).toEqual([`${room} must not import from app: imports point one way.`])
  })

  it.each([
    ['a type', "export type Store = import('../session/store').SessionState", 'session'],
    ['later', "export const later = () => import('../session/store')", 'session'],
    ['everything', "export * from '../session/store'", 'session'],
    ['a part of a package', "export { useRef } from 'react/jsx-runtime'", 'package react'],
    ['of Node', "export { readFileSync } from 'node:fs'", 'package node:fs'],
    ['a command', "export { main } from '../../cli/arguments'", 'outside src'],
  ])('are seen in whatever form: %s', async (_, text, what) => {
    expect(await lint('src/engine/planted.ts', text)).toEqual([expect.stringContaining(what)])
  })

  it('of what is allowed are', async () => {
    const text = `
      import { z } from 'zod'
      import { Random } from '../geometry/random'
      import { sibling } from './sibling'
      export const all = [z, Random, sibling, import('@tensorflow/tfjs-backend-webgpu')]`
    expect(await lint('src/engine/planted.ts', text)).toEqual([])
  })

  it('are all that geometry and io know of bundling', async () => {
    const text = "export const files = import.meta.glob('./*.ts')"
    expect(await lint('src/geometry/planted.ts', text)).toHaveLength(1)
    expect(await lint('src/losses/planted.ts', text)).toEqual([])
  })
})

/** What TypeScript says of a file of such text in that project, with all that it imports. */
function typeErrors(project: string, path: string, text: string): string[] {
  const config = join(root, 'tsconfig', `${project}.json`)
  const { config: raw } = ts.readConfigFile(config, (file) => ts.sys.readFile(file)) as { config: unknown }
  const parsed = ts.parseJsonConfigFileContent(raw, ts.sys, dirname(config))
  // Else all files would have to be given.
  const options: ts.CompilerOptions = { ...parsed.options, composite: false }
  const planted = join(root, path)
  const plain = ts.createCompilerHost(options)
  const host: ts.CompilerHost = {
    ...plain,
    fileExists: (file) => file === planted || plain.fileExists(file),
    getSourceFile: (file, target, ...rest) =>
      file === planted ? ts.createSourceFile(file, text, target) : plain.getSourceFile(file, target, ...rest),
  }
  const declarations = parsed.fileNames.filter((file) => file.endsWith('.d.ts'))
  const program = ts.createProgram([planted, ...declarations], options, host)
  return program
    .getSemanticDiagnostics(program.getSourceFile(planted))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

const importing = (packages: readonly string[]): string =>
  packages.map((name) => `import '${name}'\n`).join('')

const MISSING = (name: string): unknown => expect.stringMatching(new RegExp(`^Cannot find name '${name}'`))

describe('types', () => {
  const elsewhere = `export const all = [document, window, localStorage, process, Buffer, self]`
  const everywhere = `export const all = [new TextDecoder(), performance.now(), new URL('a', 'b').href]`
  const names = ['document', 'window', 'localStorage', 'process', 'Buffer', 'self'].map(MISSING)

  // With the packages that bring types of their own.
  it.each([
    ['numbers', 'src/losses/planted.ts', ['zod']],
    ['engine', 'src/engine/planted.ts', ['@tensorflow/tfjs-core', 'comlink', 'zod']],
  ])('of a page or of Node are none in %s', (project, path, packages) => {
    const also = importing(packages)
    expect(typeErrors(project, path, also + elsewhere)).toEqual(names)
    expect(typeErrors(project, path, also + everywhere)).toEqual([])
  })

  it('of Node are none in the page', () => {
    const errors = typeErrors('page', 'src/app/planted.ts', importing(['react', 'three']) + elsewhere)
    expect(errors).toEqual(['process', 'Buffer'].map(MISSING))
  })

  it('of a page are none in commands', () => {
    const errors = typeErrors('node', 'cli/planted.ts', importing(['vite', 'zod']) + elsewhere)
    expect(errors).toEqual(['document', 'window', 'localStorage', 'self'].map(MISSING))
  })
})
