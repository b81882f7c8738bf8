import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, it } from 'vitest'

const src = fileURLToPath(new URL('../../src', import.meta.url))

/** Which files each file imports, types included. */
type Imports = ReadonlyMap<string, readonly string[]>

function importsIn(folder: string): Imports {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  return new Map(
    paths.map((path) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(path, 'utf8'), true, true)
      const near = importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith('.'))
      const found = near.flatMap((name) => {
        const whole = join(dirname(path), name)
        return ['', '.ts', '.tsx'].map((end) => whole + end).filter((each) => existsSync(each))
      })
      return [path, found]
    }),
  )
}

/** Files that import each other, over others or not; null where none do. */
function circleIn(imports: Imports): readonly string[] | null {
  const done = new Set<string>()
  const way: string[] = []
  const visit = (path: string): readonly string[] | null => {
    const start = way.indexOf(path)
    if (start >= 0) return way.slice(start)
    if (done.has(path)) return null
    way.push(path)
    for (const next of imports.get(path) ?? []) {
      const circle = visit(next)
      if (circle) return circle
    }
    way.pop()
    done.add(path)
    return null
  }
  for (const path of imports.keys()) {
    const circle = visit(path)
    if (circle) return circle
  }
  return null
}

it('no files import each other, not even types', () => {
  const imports = importsIn(src)
  expect(imports.size).toBeGreaterThan(400)
  expect([...imports.values()].flat().length).toBeGreaterThan(1000)
  expect(circleIn(imports)).toBeNull()
})

it('a circle is found', () => {
  const circle = circleIn(
    new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', []],
      ['d', ['b']],
    ]),
  )
  expect(circle).toEqual(['b', 'd'])
})
