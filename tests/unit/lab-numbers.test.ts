import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../cli/table-options'
import { parseExperiment } from '../../src/engine/config'
import { fitLine } from '../../src/geometry/correlation'
import { rowNorms } from '../../src/geometry/measure'
import { headAndTail, recallByClass } from '../../src/geometry/recall'
import { trainingCounts } from '../../src/io/dataset-file'
import { decodeRecording } from '../../src/io/recording-file'
import { decodeVerification } from '../../src/io/verification-file'
import { labById } from '../../src/labs/registry'
import { TAIL_FRACTION } from '../../src/panels/recall/tail'
import { Player } from '../../src/session/player'
import { RunView } from '../../src/session/run-view'

/** What a lab shows at the end of its recorded run. */
async function end(id: string) {
  const bytes = new Uint8Array(readFileSync(join(ROOT, `public/recordings/${id}.bin`)))
  const recording = await decodeRecording(bytes)
  const view = new RunView()
  new Player(recording, parseExperiment(recording.experiment), view, () => undefined).seek(Infinity)
  const { weights, bias, dimension } = view.frame!
  return { view, bias, counts: [...trainingCounts(view.data!)], norms: rowNorms(weights, dimension) }
}

/** The numbers that a lab's text has where `pattern` says. */
function told(id: string, pattern: RegExp): number[] {
  const found = pattern.exec(labById(id)!.see)
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
  ])('%s: recall of classes with few images', async (id, pattern) => {
    const { view, counts } = await end(id)
    const labels = view.labels.subarray(0, view.count)
    const recall = recallByClass(view.predicted, labels, counts.length)
    const { head, tail } = headAndTail(recall, counts, TAIL_FRACTION * Math.max(...counts))
    expect(Math.abs(100 * tail - told(id, pattern)[0]!)).toBeLessThan(6)
    expect(head).toBeGreaterThan(0.93)
  })

  it('fig-5: how small biases are', async () => {
    const { bias } = await end('fig-5')
    const [least, most] = told('fig-5', /between (−[\d.]+) and ([\d.]+)/)
    expect(Math.min(...bias)).toBeCloseTo(least!, 2)
    expect(Math.max(...bias)).toBeCloseTo(most!, 2)
  })
})

it('table-1: accuracies and equal errors are those of the table beside it', () => {
  const { rows } = decodeVerification(readFileSync(join(ROOT, 'public/verification.json'), 'utf8'))
  const row = (preset: string) => rows.find((each) => each.preset === preset)!
  const percent = (preset: string): number => Number((100 * row(preset).accuracy.median).toFixed(1))
  expect(rows).toHaveLength(7)
  const [softmax, center, contrastive, triplet, arcface] = told(
    'table-1',
    /([\d.]+) % with softmax, ([\d.]+) with center loss, ([\d.]+) with contrastive loss and with CosFace, ([\d.]+) with triplets and with SphereFace and ([\d.]+) with ArcFace/,
  )
  expect([percent('softmax'), percent('softmax-center')]).toEqual([softmax, center])
  expect([percent('softmax-contrastive'), percent('cosface')]).toEqual([contrastive, contrastive])
  expect([percent('softmax-triplet'), percent('a-softmax')]).toEqual([triplet, triplet])
  expect(percent('arcface')).toBe(arcface)
  const errors = told('table-1', /falls from ([\d.]+) to ([\d.]+) %/)
  expect(100 * row('softmax').equalErrorRate.median).toBeCloseTo(errors[0]!, 1)
  expect(100 * row('arcface').equalErrorRate.median).toBeCloseTo(errors[1]!, 1)
})
