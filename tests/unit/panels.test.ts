import { describe, expect, it } from 'vitest'
import { withPreset } from '../../src/engine/presets'
import { isEmpty, type Panel, type PanelContext, type Scene } from '../../src/panels/panel'
import { panelById, PANELS } from '../../src/panels/registry'
import { parseRich } from '../../src/render/math-text'
import { svgText } from '../../src/render/svg-string'
import { emptyRun, EXPERIMENT, frameAt, panelContext, trainedRun } from './fixture'

const ARCFACE = withPreset(EXPERIMENT, 'arcface')

function drawn(id: string, context: PanelContext): Scene {
  const scene = panelById(id).create().draw(context)
  if (isEmpty(scene)) throw new Error(`${id} is empty: ${scene.empty}`)
  return scene
}

function svg(id: string, context: PanelContext): string {
  const { width, height, theme } = context
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ` +
    `style="background:${theme.paper};font-family:'${theme.font}'">\n` +
    `${svgText(drawn(id, context).marks, '  ')}</svg>\n`
  )
}

describe('each panel', () => {
  it('is found by its folder, in order', () => {
    expect(PANELS.map(({ id }) => id)).toEqual(['angles', 'weight-norm', 'bias', 'feature-norm', 'training'])
    expect(() => panelById('nothing')).toThrow(RangeError)
  })

  it.each(PANELS.map((panel) => [panel.id, panel] as const))(
    '%s names its symbols in TeX',
    (_, panel: Panel) => {
      for (const text of [panel.title, panel.subtitle, panel.help]) {
        expect(() => parseRich(text)).not.toThrow()
        expect(text).not.toMatch(/[‖θψ]/)
      }
    },
  )

  it.each(PANELS.map(({ id }) => id))('%s draws what it drew before', async (id) => {
    await expect(svg(id, panelContext())).toMatchFileSnapshot(`snapshots/${id}.svg`)
  })

  it.each(PANELS.map(({ id }) => id))('%s reads values inside of the figure at all of its places', (id) => {
    const context = panelContext()
    const { readouts } = drawn(id, context)
    for (let i = 0; i < readouts.count; i++) {
      const { x, y, lines } = readouts.at(i)
      expect(x).toBeGreaterThanOrEqual(0)
      expect(x).toBeLessThanOrEqual(context.width)
      expect(y).toBeGreaterThanOrEqual(0)
      expect(y).toBeLessThanOrEqual(context.height)
      expect(lines.join()).not.toMatch(/NaN|undefined|Infinity/)
    }
  })

  it.each(PANELS.map(({ id }) => id))('%s says what to do, or shows the start, before a run', (id) => {
    const scene = panelById(id)
      .create()
      .draw(panelContext({ run: emptyRun() }))
    if (isEmpty(scene)) expect(scene.empty).toMatch(/\.$/)
    else expect(svgText(scene.marks)).not.toMatch(/NaN|undefined|Infinity/)
  })

  it.each(PANELS.map(({ id }) => id))('%s stands every class being hidden, and no room', (id) => {
    const view = { hiddenClasses: [0, 1, 2, 3] }
    for (const width of [366, 120, 20]) {
      const scene = panelById(id).create().draw(panelContext({ view, width }))
      if (!isEmpty(scene)) expect(svgText(scene.marks)).not.toMatch(/NaN|undefined|Infinity/)
    }
  })
})

describe('many classes', () => {
  const run = emptyRun(Array.from({ length: 100 }, (_, j) => `face ${j}`))
  const frame = frameAt(emptyRun(), 40)
  const weights = Float32Array.from({ length: 200 }, (_, i) => 1 + Math.sin(i))
  run.take({ ...frame, weights, bias: weights.subarray(100) })

  it.each(PANELS.map(({ id }) => id))('%s has no more names than fit', (id) => {
    const text = svgText(drawn(id, panelContext({ run })).marks)
    expect(text).not.toMatch(/NaN|undefined|Infinity/)
    expect(text.match(/>fa\.</g)?.length ?? 0).toBeLessThan(34)
  })
})

describe('the angles', () => {
  it('show the margin as it is and as it will be', async () => {
    await expect(svg('angles', panelContext({ experiment: ARCFACE }))).toMatchFileSnapshot(
      'snapshots/arcface.svg',
    )
  })

  it('follow the margin that was just set, without a new frame', () => {
    const run = trainedRun(ARCFACE)
    const head = { ...ARCFACE.head, margin: { kind: 'additive-cosine', parameters: { m: 0.35 } } }
    const curriculum = { ...ARCFACE.curriculum, margin: { start: 0, end: 0 } }
    const scene = drawn('angles', panelContext({ run, experiment: { ...ARCFACE, head, curriculum } }))
    expect(scene.readouts.at(90).lines).toContain(String.raw`$\psi(\theta)$ = −0.350`)
  })

  it('count the points of the shown classes only', () => {
    expect(drawn('angles', panelContext()).summary).toMatch(/^120 points/)
    expect(drawn('angles', panelContext({ view: { hiddenClasses: [0] } })).summary).toMatch(/^90 points/)
    const focused = { hiddenClasses: [0], focusedClass: 2 }
    expect(drawn('angles', panelContext({ view: focused })).summary).toMatch(/^30 points/)
  })
})

describe('the weight norms', () => {
  it('are all 1 where they count as 1, and say so', () => {
    const scene = drawn('weight-norm', panelContext({ experiment: ARCFACE }))
    for (let i = 0; i < 4; i++) expect(scene.readouts.at(i).lines[1]).toMatch(/= 1$/)
    expect(scene.summary).toContain('count the same')
  })

  it('count training images, and are read at their points', () => {
    const { readouts, summary } = drawn('weight-norm', panelContext())
    expect([0, 1, 2, 3].map((i) => readouts.at(i).lines[2])).toEqual(
      [8, 16, 24, 32].map((n) => `$n_j$ = ${n}`),
    )
    for (let i = 0; i < 4; i++) {
      const { x, y } = readouts.at(i)
      expect(readouts.nearest(x + 2, y - 2)).toBe(i)
    }
    expect(summary).toMatch(/correlation \$r\$ = −?0\.\d\d/)
  })
})

describe('the bias', () => {
  it('says what to do while it is off', () => {
    expect(
      panelById('bias')
        .create()
        .draw(panelContext({ experiment: ARCFACE })),
    ).toEqual({
      empty: 'The bias is off. Switch it on to see $b_j$.',
      small: true,
    })
  })
})

describe('the feature norms', () => {
  it('agree with counting', () => {
    const { run } = panelContext()
    const norms = run.norm.filter((_, i) => run.labels[i] === 1).toSorted()
    const median = (norms[14]! + norms[15]!) / 2
    const [, line] = drawn('feature-norm', panelContext()).readouts.at(1).lines
    expect(line).toBe(`median ${median.toFixed(1)}`)
  })

  it('say when the loss does not see them', () => {
    const experiment = { ...ARCFACE, curriculum: { ...ARCFACE.curriculum, normalizeFeaturesAt: 0 } }
    expect(svg('feature-norm', panelContext({ experiment }))).toContain('the loss sees')
    expect(svg('feature-norm', panelContext())).not.toContain('the loss sees')
  })
})
