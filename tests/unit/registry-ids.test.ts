import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { DATASETS } from '../../src/datasets/registry'
import { NETWORKS } from '../../src/engine/networks'
import { HEAD_LOSSES } from '../../src/losses/head-loss-registry'
import { MARGINS } from '../../src/losses/margin-registry'
import { miningsOf } from '../../src/losses/forms/term'
import { PRESETS } from '../../src/losses/preset-registry'
import { TERMS } from '../../src/losses/term-registry'
import { LABS } from '../../src/labs/registry'
import { PANELS } from '../../src/panels/registry'

// What lies in a registry is found by what it declares: code that names one of them leaves out the next.

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Where names stand: declarations themselves, what the registries say is so by default, and labs, which are data. */
const MAY_NAME = [
  /^src\/losses\/(terms|margins|heads|presets)\//,
  /^src\/losses\/(preset|head-loss)-registry\.ts$/,
  /^src\/(datasets\/sets|engine\/networks)\//,
  /^src\/datasets\/registry\.ts$/,
  /^src\/engine\/networks\.ts$/,
  /^src\/panels\/[^/]+\/panel\.ts$/,
  /^src\/labs\//,
]

/** Ids that are words of other things as well, and what the lines are like that mean these. */
const OTHER_MEANING: Readonly<Record<string, RegExp>> = {
  none: /fill: |activation|\bbefore\.kind|premultiplyAlpha|pan-y|join\(|readonly kind: 'none'|NONE: /i,
  circle: /mark\(|tag: /,
  center: /\bof: |case |textAlign/,
  custom: /code: /,
  softmax: /key: |titles: /,
  // Also parts of a head, of a recording and of a split.
  bias: /^(?!.*panel)/i,
  states: /^(?!.*panel)/i,
  training: /^(?!.*panel)/i,
}

const IDS = new Set([
  ...[TERMS, MARGINS, HEAD_LOSSES, PRESETS, NETWORKS, DATASETS, PANELS, LABS].flatMap(({ ids }) => ids),
  ...TERMS.all.flatMap((term) => miningsOf(term).map(({ id }) => id)),
])

/** Whether it is a class of CSS, a kind of input and so on. */
const isOfHtml = ({ parent }: ts.Node): boolean =>
  ts.isJsxAttribute(parent) && /^(className|type|fill|preserveAspectRatio)$/.test(parent.name.getText())

/** Lines of a file that name something of a registry. */
function namesIn(path: string, text: string): string[] {
  if (MAY_NAME.some((place) => place.test(path))) return []
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const lines = text.split('\n')
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && IDS.has(node.text) && !isOfHtml(node)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart())
      if (!OTHER_MEANING[node.text]?.test(lines[line]!))
        found.push(`${path}:${line + 1} names '${node.text}'`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

it('nothing outside of declarations names what is in a registry', () => {
  const paths = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  expect(paths.length).toBeGreaterThan(400)
  expect(paths.flatMap((path) => namesIn(path, readFileSync(join(root, path), 'utf8')))).toEqual([])
})

it.each([
  ["if (term.kind === 'triplet') draw()", 'triplet'],
  ["const before = head.margin.kind !== 'none'", 'none'],
  ["const loss = HEAD_LOSSES.get('one-vs-all')", 'one-vs-all'],
  ["const hardest = mining === 'batch-hard'", 'batch-hard'],
  ["const panel = PANELS.get('bias')", 'bias'],
  ["const lab = <Lab id='fig-1' />", 'fig-1'],
  ["show(panels.includes('weight-norm'))", 'weight-norm'],
  ['const set = { set: `mnist` }', 'mnist'],
])('%s is found', (text, id) => {
  expect(namesIn('src/render/planted.tsx', text)).toEqual([`src/render/planted.tsx:1 names '${id}'`])
  expect(namesIn('src/labs/paper/planted.tsx', text)).toEqual([])
})
