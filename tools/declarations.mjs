import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

/**
 * Writes the declarations of modules of src/library, and of those that these refer to, into a folder. They must refer
 * to nothing else: who installs the package has neither the other rooms nor other packages.
 * @param root this checkout
 * @throws {Error} when they do, or when there are errors of types
 */
export function writeDeclarations(root, entries, folder) {
  execFileSync('npx', ['tsc', '-b', 'tsconfig/library.json'], { cwd: root, stdio: 'inherit' })
  const room = resolve(root, '.cache/types/src/library')
  const waiting = entries.map((name) => join(room, `${name}.d.ts`))
  const seen = new Set(waiting)
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    const declarations = readFileSync(file, 'utf8').replace(/\/\/# sourceMappingURL=.*\s*$/, '')
    // Node asks for the whole name of a file.
    const whole = declarations.replaceAll(/(\bfrom |\bimport\()'([^']+)'/g, (_, before, specifier) => {
      const next = resolve(dirname(file), `${specifier}.d.ts`)
      if (!specifier.startsWith('.') || dirname(next) !== room) {
        throw new Error(`${basename(file)} refers to "${specifier}", which is not in the package`)
      }
      if (!seen.has(next)) waiting.push(next)
      seen.add(next)
      return `${before}'${specifier}.js'`
    })
    writeFileSync(join(folder, basename(file)), whole)
  }
}
