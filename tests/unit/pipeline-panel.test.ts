import { describe, expect, it } from 'vitest'
import { Answering } from '../../src/geometry/classifier'
import { softmax } from '../../src/geometry/confidence'
import { PAIR_KINDS } from '../../src/geometry/pair-kinds'
import { isEmpty, type PanelContext, type Figure } from '../../src/panels/panel'
import { answerPair } from '../../src/panels/pipeline/answering'
import { PANELS } from '../../src/panels/registry'
import { measuredOf, tableRows } from '../../src/panels/table-1/rows'
import { separate } from '../../src/panels/table-1/separate'
import { svgText } from '../../src/render/svg-string'
import { panelContext, RENEW, trainedRun, verification, verifiedFile } from './fixture'
import type { PipelineChoice, PlaybackState } from '../../src/session/state'

const wide = (changes: Partial<PanelContext> = {}): PanelContext => ({
  ...panelContext({ width: 1400 }),
  height: 190,
  ...changes,
})

function drawn(id: string, context: PanelContext): Figure {
  const panel = PANELS.get(id)
  const scene = panel.create().draw({ ...context, data: context.data ?? panel.data?.() })
  if (isEmpty(scene)) throw new Error(scene.empty)
  return scene
}

/** What stands in a figure, one after the other. */
const textOf = (scene: Figure): string =>
  svgText(scene.marks)
    .replace(/<\/text>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/^\s+/gm, '')

/** A context in which these pass through the pipeline. */
function choosing(change: Partial<PipelineChoice>): PanelContext {
  const context = wide()
  const { view } = context.session
  const pipeline = { ...view.pipeline, ...change }
  return { ...context, session: { ...context.session, view: { ...view, pipeline } } }
}

describe('the answer of a classifier', () => {
  it('has the logits and their softmax, and of several vectors of a class the nearest', () => {
    const weights = Float32Array.of(1, 0, 0, 2, 0, -1, -3, 0)
    const classifier = {
      weights,
      subCenters: 2,
      bias: Float32Array.of(0.5, 0),
      useBias: true,
      normalizeWeights: false,
      normalizeFeatures: false,
      scale: 1,
    }
    const answer = new Answering(classifier, 2).read(Float32Array.of(9, 9, 3, 4), 2)
    expect([...answer.rows]).toEqual([1, 3])
    expect(answer.cosines[0]).toBeCloseTo(0.8, 6)
    expect(answer.logits[0]).toBeCloseTo(8.5, 5)
    expect(answer.logits[1]).toBeCloseTo(-9, 5)
    const [p, q] = softmax(answer.logits)
    expect(p! + q!).toBeCloseTo(1, 12)
    expect(Math.log(p! / q!)).toBeCloseTo(17.5, 4)
  })
})

describe('the pipeline', () => {
  it('says same where the cosine reaches the threshold, of whatever pair', () => {
    const result = verification().result!
    for (const kind of PAIR_KINDS) {
      for (const pair of [0, 7, 1205]) {
        for (const threshold of [null, -1, 0.3, 1]) {
          const answer = answerPair(result, { kind, pair }, threshold)
          expect(answer.accepted).toBe(answer.cosine >= (threshold ?? result.threshold))
          expect(answer.right).toBe(answer.accepted === kind.endsWith('same'))
        }
      }
    }
  })

  it('has the numbers of the run from a picture to an answer', () => {
    const text = textOf(drawn('pipeline', wide()))
    const run = trainedRun()
    expect(text).toContain(`class ${run.classes[run.labels[0]!]}`)
    expect(text).toMatch(/∥x∥ *= *\d/)
    expect(text).toContain('nearest of 4')
    expect(text).toContain('step 40, 93.8 % of test pictures right')
    const shares = [...text.matchAll(/^([\d.]+) %$/gm)].map(([, share]) => Number(share))
    expect(shares).toHaveLength(4)
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(100, 0)
    expect(shares).toEqual([...shares].sort((a, b) => b - a))
    const { cosine, threshold, accepted } = answerPair(
      run.verification!.result!,
      { kind: 'same', pair: 0 },
      null,
    )
    expect(text).toContain(`${cosine.toFixed(3)} ${accepted ? '≥' : '&lt;'} ${threshold.toFixed(3)}`)
    expect(text).toContain(accepted ? '\nsame\n' : '\ndifferent\n')
  })

  it('has another picture, and another pair, when these are chosen', () => {
    const before = textOf(drawn('pipeline', wide()))
    expect(textOf(drawn('pipeline', choosing({ point: 1 })))).not.toBe(before)
    expect(textOf(drawn('pipeline', choosing({ kind: 'hardest-different' })))).toContain('✗ wrong')
  })

  it('says of which weights the answer is while a recorded run is not at its end', () => {
    const recorded = (ended: boolean): string => {
      const context = wide()
      const playback: PlaybackState = { name: 'a run', playing: false, ended, speed: 1 }
      return textOf(drawn('pipeline', { ...context, session: { ...context.session, playback } }))
    }
    expect(recorded(false)).toContain('with the weights of the run’s end, step 40')
    expect(recorded(true)).not.toContain('the run’s end')
  })

  it('shows training while nothing is known of others yet', () => {
    const run = trainedRun()
    run.verification = null
    const text = textOf(drawn('pipeline', wide({ run })))
    expect(text).toContain('nearest of 4')
    expect(text).toContain('first look at identities')
  })

  it('has its boxes beside or under one another, wherever there is room, and none of them outside', () => {
    for (const [width, height] of [
      [1400, 190],
      [800, 320],
      [366, 512],
    ] as const) {
      const { readouts } = drawn('pipeline', wide({ width, height }))
      expect(readouts.count).toBe(10)
      for (let k = 0; k < readouts.count; k++) {
        const { x, y } = readouts.at(k)
        expect(x > 0 && x < width && y > 0 && y < height).toBe(true)
        expect(readouts.nearest(x, y)).toBe(k)
      }
    }
  })

  it('draws at its width what it drew before', async () => {
    const { theme, ...context } = wide()
    const marks = svgText(drawn('pipeline', { ...context, theme }).marks, '  ')
    await expect(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1400 190" style="background:${theme.paper};` +
        `font-family:'${theme.font}'">\n${marks}</svg>\n`,
      RENEW,
    ).toMatchFileSnapshot('snapshots/pipeline-wide.svg')
  })
})

const FILE = verifiedFile()

describe('the table of verified losses', () => {
  it('has a row for each loss that the page knows, with the paper’s numbers as it prints them', () => {
    const rows = tableRows(FILE)
    expect(rows.map(({ name }) => name)).toEqual(['Softmax', 'Softmax + triplet', 'ArcFace'])
    expect(rows[1]).toMatchObject({
      ours: { accuracy: '96.0', error: '0.6', equalErrors: '3.0', rates: ['93.0', '78.0'] },
      paper: { lfw: '98.70', ytf: '93.4', note: 'triplet alone' },
    })
    expect(rows[2]!.paper).toBeNull()
  })

  it('has the same of the run on the stage, and nothing where a rate has too few pairs', () => {
    const result = verification().result!
    const measured = measuredOf(result)!
    expect(measured.accuracy).toBe((100 * result.accuracy!.mean).toFixed(1))
    expect(measured.rates.map((rate) => rate === '')).toEqual(result.rates.map(({ enough }) => !enough))
    expect(measuredOf(null)).toBeNull()
  })

  it('has the curve of each loss by its name, and that of the run', () => {
    const scene = drawn('table-1', wide({ width: 600, data: { file: FILE, failure: null } }))
    const text = textOf(scene)
    for (const name of ['Softmax', 'Softmax + triplet', 'ArcFace', 'this run']) {
      expect(text.split('\n')).toContain(name)
    }
    expect(text).not.toContain('of-another-page')
    expect(scene.summary).toContain('ArcFace: 82.0 % true accepts at a false accept rate of 0.001.')
    expect(scene.readouts.at(10).lines[0]).toBe('false accepts 1.00 %')
    const data = { file: null, failure: 'the file is missing' }
    const empty = PANELS.get('table-1').create().draw(wide({ data }))
    expect(isEmpty(empty) && empty.empty).toBe('No curves: the file is missing.')
  })

  it('keeps names apart, in their order and within the figure', () => {
    const places = separate([50, 10, 51, 52, 99], 12, 0, 100)
    const sorted = [...places].sort((a, b) => a - b)
    expect(sorted).toEqual([places[1], places[0], places[2], places[3], places[4]])
    for (let k = 1; k < 5; k++) expect(sorted[k]! - sorted[k - 1]!).toBeGreaterThanOrEqual(12 - 1e-9)
    expect(places[1]).toBe(10)
    const crowded = separate([5, 5, 5], 12, 0, 12)
    expect(crowded).toEqual([0, 6, 12])
  })
})
