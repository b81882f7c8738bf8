import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseExperiment, type Experiment } from '../../src/engine/config'
import { withPreset } from '../../src/engine/preset-experiment'
import { activeHead } from '../../src/engine/schedule'
import { longTail } from '../../src/labs/experiments'
import { isEmpty, type Empty, type Panel, type PanelContext, type Figure } from '../../src/panels/panel'
import { PANELS, panelsOf } from '../../src/panels/registry'
import { useVerified } from '../../src/panels/table-1/verified'
import { HEAD_LOSSES } from '../../src/losses/head-loss-registry'
import { PRESETS } from '../../src/losses/preset-registry'
import { parseRich } from '../../src/render/math-text'
import { svgText } from '../../src/render/svg-string'
import { carriedSymbols } from '../../src/session/use-acting-head'
import { SAMPLE_LOSSES } from '../sample-losses'
import {
  emptyRun,
  EXPERIMENT,
  frameAt,
  panelContext,
  RENEW,
  trainedRun,
  verification,
  verifiedFile,
} from './fixture'

useVerified.setState({ file: verifiedFile() })

const ARCFACE = withPreset(EXPERIMENT, 'arcface')

/** The run that a panel is drawn of in snapshots, where that is not the first that it has something to show of. */
const FITTING: Readonly<Record<string, Experiment>> = {
  'individual-margin': withPreset(EXPERIMENT, 'magface'),
  recall: EXPERIMENT,
  states: withPreset(EXPERIMENT, 'adaface'),
}

/** Runs of all kinds: of every loss, with identities that are never trained on, with a long tail. */
const KINDS: readonly Experiment[] = [
  EXPERIMENT,
  ...PRESETS.ids.map((id) => withPreset(EXPERIMENT, id)),
  parseExperiment({ ...EXPERIMENT, data: { ...EXPERIMENT.data, unseen: [4, 5] } }),
  longTail('softmax', 2),
]

/** A run that a panel has something to show of; those without one are there where they are asked for. */
const fitting = (id: string): Experiment =>
  FITTING[id] ?? KINDS.find((experiment) => PANELS.get(id).concerns?.(experiment) ?? true) ?? EXPERIMENT

const contextFor = (id: string, changes: Parameters<typeof panelContext>[0] = {}): PanelContext =>
  panelContext({ experiment: fitting(id), ...changes })

/** What a panel draws of a context, with its own data. */
function draw(id: string, context: PanelContext): Figure | Empty {
  const panel = PANELS.get(id)
  return panel.create().draw({ ...context, data: panel.data?.() })
}

function drawn(id: string, context: PanelContext): Figure {
  const scene = draw(id, context)
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
  it('is found by its folder', () => {
    const folders = readdirSync('src/panels', { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect([...PANELS.ids].sort()).toEqual(folders.map(({ name }) => name).sort())
    expect(() => PANELS.get('nothing')).toThrow(RangeError)
  })

  it.each(PANELS.all)('$id stands behind the one that it names', ({ id, after }) => {
    const place = (name: string): number => PANELS.ids.indexOf(name)
    if (after !== null) expect(place(id)).toBeGreaterThan(place(after))
  })

  it.each(PANELS.all.map((panel) => [panel.id, panel] as const))(
    '%s names its symbols in TeX',
    (_, panel: Panel) => {
      for (const text of [panel.title, panel.subtitle, panel.help]) {
        expect(() => parseRich(text)).not.toThrow()
        expect(text).not.toMatch(/[‖θψ]/)
      }
    },
  )

  it.each(PANELS.ids)('%s draws what it drew before', async (id) => {
    await expect(svg(id, contextFor(id)), RENEW).toMatchFileSnapshot(`snapshots/${id}.svg`)
  })

  it.each(PANELS.ids)('%s reads values inside of the figure at all of its places', (id) => {
    const context = contextFor(id)
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

  it.each(PANELS.ids)('%s says what to do, or shows the start, before a run', (id) => {
    const scene = draw(id, contextFor(id, { run: emptyRun() }))
    if (isEmpty(scene)) expect(scene.empty).toMatch(/\.$/)
    else expect(svgText(scene.marks)).not.toMatch(/NaN|undefined|Infinity/)
  })

  it.each(PANELS.ids)('%s stands every class being hidden, and no room', (id) => {
    const view = { hiddenClasses: [0, 1, 2, 3] }
    for (const width of [366, 120, 20]) {
      const scene = draw(id, contextFor(id, { view, width }))
      if (!isEmpty(scene)) expect(svgText(scene.marks)).not.toMatch(/NaN|undefined|Infinity/)
    }
  })
})

describe('many classes', () => {
  const run = emptyRun(Array.from({ length: 100 }, (_, j) => `face ${j}`))
  run.verification = verification()
  const weights = Float32Array.from({ length: 200 }, (_, i) => 1 + Math.sin(i))

  it.each(PANELS.ids)('%s has no more names than fit', (id) => {
    run.receive({
      ...frameAt(emptyRun(), 40, fitting(id)),
      weights,
      bias: weights.subarray(100),
    })
    const text = svgText(drawn(id, contextFor(id, { run })).marks)
    expect(text).not.toMatch(/NaN|undefined|Infinity/)
    expect(text.match(/>fa\.</g)?.length ?? 0).toBeLessThan(34)
  })
})

describe('the angles', () => {
  it.each([
    ['cos(theta) + m*0', true],
    ['cos(theta) - 0.3*sin(2*theta)', false],
    ['cos(theta)*abs(cos(theta))', false],
    ['cos(theta) - 0.02', false],
    ['cos(theta) - max(0, theta - 3)', false],
    ['log(theta - 9)', false],
  ])('are under ψ = %s, which is the cosine: %s', (text, isCosine) => {
    const head = { ...ARCFACE.head, margin: { kind: 'custom', text, parameters: { m: 0.5, k: 1 } } }
    const curriculum = { ...ARCFACE.curriculum, margin: { start: 0, end: 0 } }
    const experiment = { ...ARCFACE, head, curriculum }
    const context = panelContext({ run: trainedRun(experiment), experiment })
    expect(svgText(drawn('angles', context).marks).includes('<tspan> = </tspan>')).toBe(isCosine)
  })

  it('are shown with a ψ that is not finite somewhere', () => {
    for (const text of ['log(theta - 1)', '1/(theta - pi/2)', '1e38*theta*k']) {
      const head = { ...ARCFACE.head, margin: { kind: 'custom', text, parameters: { m: 0.5, k: 4 } } }
      const { marks, readouts } = drawn('angles', panelContext({ experiment: { ...ARCFACE, head } }))
      expect(svgText(marks), text).not.toMatch(/NaN|Infinity/)
      for (let i = 0; i < readouts.count; i++) {
        const { y, lines, marks } = readouts.at(i)
        expect(Number.isFinite(y), text).toBe(true)
        expect(`${lines.join()} ${svgText(marks)}`, text).not.toMatch(/NaN|Infinity/)
      }
    }
  })

  it('show the margin as it is and as it will be', async () => {
    const context = panelContext({ experiment: ARCFACE })
    await expect(svg('angles', context), RENEW).toMatchFileSnapshot('snapshots/arcface.svg')
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
      PANELS.get('bias')
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

describe('panels of some losses only', () => {
  const shown = (preset: string): string[] =>
    panelsOf(withPreset(EXPERIMENT, preset))
      .map(({ id }) => id)
      .filter((id) => id === 'individual-margin' || id === 'states')

  it.each([
    ['softmax', []],
    ['arcface', []],
    ['adacos', ['states']],
    ['magface', ['individual-margin']],
    ['elasticface', ['individual-margin']],
    ['ldam', ['individual-margin']],
    ['adaptiveface', ['individual-margin']],
    ['curricularface', ['individual-margin', 'states']],
    ['adaface', ['individual-margin', 'states']],
  ])('%s has %j', (preset, ids) => {
    expect(shown(preset)).toEqual(ids)
  })

  it('say so when another loss is chosen', () => {
    for (const id of ['individual-margin', 'states']) {
      expect(PANELS.get(id).create().draw(panelContext())).toMatchObject({ small: true })
    }
  })
})

describe('the individual margins', () => {
  it('count every point of the shown classes once', () => {
    const counted = (view = {}): number => {
      const { readouts } = drawn('individual-margin', contextFor('individual-margin', { view }))
      let sum = 0
      for (let i = 0; i < readouts.count; i++) sum += Number(readouts.at(i).lines[1]!.split(' ')[0])
      return sum
    }
    expect(counted()).toBe(120)
    expect(counted({ hiddenClasses: [0] })).toBe(90)
    expect(counted({ focusedClass: 2 })).toBe(30)
  })

  it('are bars where a class learns its own', async () => {
    const context = panelContext({ experiment: withPreset(EXPERIMENT, 'adaptiveface') })
    const { readouts } = drawn('individual-margin', context)
    expect(readouts.count).toBe(4)
    await expect(svg('individual-margin', context), RENEW).toMatchFileSnapshot('snapshots/class-margin.svg')
  })

  it('write the number of a negative one below its bar, clear of the class names', () => {
    const experiment = withPreset(EXPERIMENT, 'adaptiveface')
    const run = trainedRun(experiment)
    const classMargins = Float32Array.of(0.3, -0.4, -0.05, 0.2)
    const frame = { ...run.frame!, carried: { ...run.frame!.carried, classMargins } }
    const curriculum = { ...experiment.curriculum, margin: { start: 0, end: 0 } }
    run.receive({ ...frame, head: activeHead({ ...experiment, curriculum }, 1, 40) })
    const context = panelContext({ run, experiment: { ...experiment, curriculum } })
    const [bar, number] =
      /<rect [^>]*y="([\d.]+)"[^>]*height="([\d.]+)"[^>]*>\s*<text [^>]*y="([\d.]+)"[^>]*>−0\.40/
        .exec(svg('individual-margin', context))!
        .slice(1)
        .map(Number)
        .reduce<number[]>((all, value, i) => (i === 1 ? [all[0]! + value] : [...all, value]), [])
    expect(number! - 9).toBeGreaterThan(bar!)
    expect(number!).toBeLessThan(124 - 12)
  })

  it('stand beside the distribution that random ones are drawn from', async () => {
    const experiment = withPreset(EXPERIMENT, 'elasticface')
    const curriculum = { ...experiment.curriculum, margin: { start: 0, end: 0 } }
    const context = panelContext({ experiment: { ...experiment, curriculum } })
    await expect(svg('individual-margin', context), RENEW).toMatchFileSnapshot('snapshots/random-margin.svg')
  })
})

describe('what a loss carries along', () => {
  it('is a curve over the steps, and begins anew with another loss', () => {
    const experiment = fitting('states')
    const run = emptyRun()
    const none = { losses: new Float32Array(0), accuracies: new Float32Array(0) }
    for (const step of [10, 20, 40]) {
      run.receive({ ...frameAt(run, step, experiment), steps: { firstStep: step - 1, ...none } })
    }
    const { readouts, summary } = drawn('states', panelContext({ run, experiment }))
    expect(readouts.at(readouts.count - 1).lines).toEqual([
      'step 40',
      String.raw`$\mu$ = 12.0`,
      String.raw`$\sigma$ = 4.00`,
    ])
    expect(summary).toContain('mean norm 12.0')
    expect(run.history.states[0]!.length).toBe(3)
    const frame = frameAt(run, 41, experiment)
    const carried = { ...frame.carried, states: Float32Array.of(NaN, 4, 0, 0) }
    run.receive({ ...frame, steps: { firstStep: 40, ...none }, carried })
    expect(run.history.states[0]!.length).toBe(3)
    run.receive(frameAt(run, 41, withPreset(EXPERIMENT, 'adacos')))
    expect(run.history.states.map(({ length }) => length)).toEqual([1])
  })

  it('has curves and symbols of the loss of the head too, behind those of the margin', () => {
    const [steady] = SAMPLE_LOSSES.filter(({ state }) => state)
    const undo = HEAD_LOSSES.add(steady!)
    const { head, ...rest } = withPreset(EXPERIMENT, 'adacos')
    const given = { ...rest, head: { ...head, loss: { kind: steady!.id } } }
    const experiment = parseExperiment(JSON.parse(JSON.stringify(given)))
    const run = emptyRun()
    run.receive(frameAt(run, 40, withPreset(EXPERIMENT, 'adacos')))
    run.receive(frameAt(run, 41, experiment))
    const begun = [1, 41]
    expect(run.history.states.map(({ steps, length }) => [length, steps[0]])).toEqual([begun, begun])
    expect(drawn('states', panelContext({ run, experiment })).summary).toMatch(/scale 12.*mean length 4/)
    const { head: acting } = run.frame!
    expect(carriedSymbols(acting, run)).toEqual({ scale: 12, mean: 4 })
    expect(carriedSymbols({ ...acting, loss: { kind: 'softmax', parameters: {} } }, run)).toEqual({})
    undo()
  })
})
