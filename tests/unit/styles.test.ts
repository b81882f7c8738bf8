import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((name) => join('src', name))
const textOf = (file: string): string => readFileSync(file, 'utf8')

const SHEETS = new Map(
  files.filter((file) => file.endsWith('.css')).map((file) => [file, classesIn(textOf(file))] as const),
)
/** What every room may use. */
const PRIMITIVES = [...SHEETS].flatMap(([file, classes]) => (dirname(file) === 'src/ui' ? [...classes] : []))

/** The classes that the selectors of a style sheet name; KaTeX brings rules for its own. */
function classesIn(css: string): Set<string> {
  const selectors = css.replace(/\/\*[^]*?\*\//g, '').match(/[^{};]+(?=\{)/g) ?? []
  return new Set(
    selectors
      .filter((selector) => !selector.trim().startsWith('@'))
      .flatMap((selector) => [...selector.matchAll(/\.(-?[a-z][\w-]*)/g)].map(([, name]) => name!))
      .filter((name) => !name.startsWith('katex')),
  )
}

/** The classes that a component writes out in `className`. */
function classesUsedIn(file: string): string[] {
  const used: string[] = []
  const literals = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      used.push(...node.text.split(/\s+/).filter((name) => name !== ''))
    }
    if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(literals)
    else ts.forEachChild(node, literals)
  }
  const visit = (node: ts.Node): void => {
    if (ts.isJsxAttribute(node) && node.name.getText() === 'className') literals(node.initializer!)
    else ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX))
  return used
}

function stylesImportedBy(file: string): Set<string> {
  const sheets = [...textOf(file).matchAll(/^import '(\..*\.css)'$/gm)].map(([, path]) => path!)
  return new Set(sheets.flatMap((sheet) => [...SHEETS.get(join(dirname(file), sheet))!]))
}

it.each(files.filter((file) => file.endsWith('.tsx')))(
  'the classes of %s have rules in the styles that it imports, or in src/ui',
  (file) => {
    const known = new Set([...stylesImportedBy(file), ...PRIMITIVES])
    expect(classesUsedIn(file).filter((name) => !known.has(name))).toEqual([])
  },
)

it('no style sheet has rules for classes that nothing has', () => {
  const code = files.filter((file) => /\.tsx?$/.test(file)).map(textOf)
  const words = new Set(code.flatMap((text) => text.match(/[a-z][\w-]*/g) ?? []))
  const dead = [...SHEETS].flatMap(([file, classes]) =>
    [...classes].filter((name) => !words.has(name)).map((name) => `${file}: .${name}`),
  )
  expect(dead).toEqual([])
})

it('a room refers to the classes of its own and of src/ui alone', () => {
  const roomOf = (file: string): string => file.split('/')[1]!
  const homes = new Map<string, Set<string>>()
  for (const [file, classes] of SHEETS) {
    for (const name of classes) homes.set(name, (homes.get(name) ?? new Set()).add(roomOf(file)))
  }
  const shared = [...homes].filter(([name, rooms]) => rooms.size > 1 && !PRIMITIVES.includes(name))
  expect(shared.map(([name, rooms]) => `${name}: ${[...rooms].join(', ')}`)).toEqual([])
})
