import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../cli/root'
import { parseExperiment } from '../../src/engine/config'
import { fitLine } from '../../src/geometry/correlation'
import { smallestAngle } from '../../src/geometry/measure'
import { rowNorms } from '../../src/geometry/rows'
import { headAndTail, recallByClass } from '../../src/geometry/recall'
import { trainingCounts } from '../../src/io/dataset-file'
import { decodeRecording } from '../../src/io/recording-file'
import { decodeVerification } from '../../src/io/verification-file'
import { LABS } from '../../src/labs/registry'
import { TAIL_FRACTION } from '../../src/geometry/tail'
import { RunView } from '../../src/session/run-view'
import { RecordedRun } from '../../src/session/recorded-run'

/** What a lab shows at the end of a recorded run. */
async function end(id: string) {
  const bytes = new Uint8Array(readFileSync(join(ROOT, `public/recordings/${id}.bin`)))
  const recording = await decodeRecording(bytes)
  const view = new RunView()
  const recorded = new RecordedRun(recording, parseExperiment(recording.experiment), view)
  recorded.seek(recorded.last)
  const { weights, bias, dimension } = view.frame!
  return { view, bias, counts: [...trainingCounts(view.data!)], norms: rowNorms(weights, dimension) }
}

/** The numbers that a lab's text has where `pattern` says. */
function told(file: string, pattern: RegExp): number[] {
  // Runs beside the first have files with a letter behind.
  const id = file.replace(/-[bcd]$/, '')
  const found = pattern.exec(LABS.get(id).see)
  expect(found, `${id} says ${pattern}`).not.toBeNull()
  return found!.slice(1).map((text) => Number(text.replace('−', '-')))
}

describe('the text of a lab says what its recorded run shows', () => {
  it.each([
    ['fig-7', /2-D \$r\$ ends at ([\d.]+) with this seed/],
    ['fig-9', /Characters, 48 to 1: \$r=([\d.]+)\$ with this seed/],
  ])('%s: how ‖W_j‖ goes with n_j', async (id, pattern) => {
    const { counts, norms } = await end(id)
    expect(Math.abs(fitLine(counts, norms)!.r - told(id, pattern)[0]!)).toBeLessThan(0.015)
  })

  it('fig-9: how long class vectors are', async () => {
    const { norms } = await end('fig-9')
    const [least, most] = told('fig-9', /vectors are ([\d.]+) to ([\d.]+) long/)
    expect(Math.abs(Math.min(...norms) - least!)).toBeLessThan(0.1)
    expect(Math.abs(Math.max(...norms) - most!)).toBeLessThan(0.1)
  })

  // A recording has 600 of the 2,000 held-out digits that the text is of.
  it.each([
    ['fig-4', /of those with few ([\d.]+) % with this seed/],
    ['fig-8', /to ([\d.]+) % in 2-D with this seed/],
    ['section-3-4', /with few images is ([\d.]+) % with softmax/],
    ['section-3-4-b', /([\d.]+) % with the UP loss/],
    ['section-3-4-c', /([\d.]+) % with normalized weights/],
    ['section-3-4-d', /([\d.]+) % with LDAM/],
  ])('%s: recall of classes with few images', async (id, pattern) => {
    const { view, counts } = await end(id)
    const labels = view.labels.subarray(0, view.count)
    const recall = recallByClass(view.predicted, labels, counts.length)
    const { head, tail } = headAndTail(recall, counts, TAIL_FRACTION * Math.max(...counts))
    expect(Math.abs(100 * tail - told(id, pattern)[0]!)).toBeLessThan(6)
    expect(head).toBeGreaterThan(0.93)
  })

  it.each([
    ['fig-6', /in A two class vectors end ([\d.]+)° apart/],
    ['fig-6-b', /in B no two are closer than ([\d.]+)°/],
  ])('%s: how near class vectors come to each other', async (id, pattern) => {
    const { view } = await end(id)
    const { weights, dimension } = view.frame!
    const angle = (180 / Math.PI) * smallestAngle(weights, dimension, 1)
    expect(Math.abs(angle - told(id, pattern)[0]!)).toBeLessThan(0.6)
  })

  it('fig-5: how small biases are', async () => {
    const { bias } = await end('fig-5')
    const [least, most] = told('fig-5', /between (−[\d.]+) and ([\d.]+)/)
    expect(Math.min(...bias)).toBeCloseTo(least!, 2)
    expect(Math.max(...bias)).toBeCloseTo(most!, 2)
  })

  it('fig-1: how many triplets of the batch on the stage act', async () => {
    const { view } = await end('fig-1')
    const { acting, possible } = view.history.triplets
    const [left] = told('fig-1', /held-out digits (\d+) with this seed/)
    expect(acting.last).toBe(left)
    expect([acting.steps[0], acting.values[0]]).toEqual([0, possible.values[0]])
    // "After two epochs four of five are satisfied."
    const twoEpochs = acting.steps.findIndex((step) => step >= 2 * 125)
    expect(acting.values[twoEpochs]! / possible.values[twoEpochs]!).toBeCloseTo(0.2, 1)
  })
})

it('table-1: accuracies and equal errors are those of the table beside it', () => {
  const { rows } = decodeVerification(readFileSync(join(ROOT, 'public/verification.json'), 'utf8'))
  const row = (preset: string) => rows.find((each) => each.preset === preset)!
  const percent = (preset: string): number => Number((100 * row(preset).accuracy.median).toFixed(1))
  expect(rows).toHaveLength(7)
  const [softmax, center, contrastive, triplet, arcface] = told(
    'table-1',
    new RegExp(
      [
        '([\\d.]+) % with softmax',
        ' ([\\d.]+) with center loss',
        ' ([\\d.]+) with contrastive loss and with CosFace',
        ' ([\\d.]+) with triplets and with SphereFace and ([\\d.]+) with ArcFace',
      ].join(','),
    ),
  )
  expect([percent('softmax'), percent('softmax-center')]).toEqual([softmax, center])
  expect([percent('softmax-contrastive'), percent('cosface')]).toEqual([contrastive, contrastive])
  expect([percent('softmax-triplet'), percent('a-softmax')]).toEqual([triplet, triplet])
  expect(percent('arcface')).toBe(arcface)
  const errors = told('table-1', /falls from ([\d.]+) to ([\d.]+) %/)
  expect(100 * row('softmax').equalErrorRate.median).toBeCloseTo(errors[0]!, 1)
  expect(100 * row('arcface').equalErrorRate.median).toBeCloseTo(errors[1]!, 1)
})
