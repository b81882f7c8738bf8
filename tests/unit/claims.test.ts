import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../cli/root'
import { presetExperiment } from '../../src/engine/preset-experiment'
import { compile } from '../../src/geometry/expression'
import { rowNorms } from '../../src/geometry/rows'
import { trainingCounts } from '../../src/io/dataset-file'
import { decodeRecording } from '../../src/io/recording-file'
import { decodeTable } from '../../src/io/table-file'
import { LABS } from '../../src/labs/registry'
import { psiOf } from '../../src/losses/margin-setting'
import { PRESETS } from '../../src/losses/preset-registry'

// What a text states as a fact holds by the formula that trains, or by what was trained.

const DEGREE = Math.PI / 180

const watch = (id: string): string => PRESETS.get(id).watch

/** ψ of a preset over the angle in radians. */
function psiOfPreset(id: string, dimension: number): (theta: number) => number {
  const { margin } = presetExperiment(id, dimension).head
  const names = Object.keys(margin.parameters)
  const psi = compile(psiOf(margin), ['theta', 'cosTheta', ...names])
  const values = names.map((name) => margin.parameters[name]!)
  return (theta) => psi(Float64Array.of(theta, Math.cos(theta), ...values))
}

/** The angle at which `holds` changes, between one where it does not and one where it does. */
function crossing(no: number, yes: number, holds: (angle: number) => boolean): number {
  let [a, b] = [no, yes] as const
  for (let i = 0; i < 60; i++) {
    const middle = (a + b) / 2
    if (holds(middle)) b = middle
    else a = middle
  }
  return b
}

describe('what presets say to watch', () => {
  it('CosFace keeps a wider angle free between classes that are nearer', () => {
    expect(watch('cosface')).toContain('the nearer two of them are, the wider is its angle')
    const psi = psiOfPreset('cosface', 2)
    // From the boundary of one class to that of the other, of vectors `apart` from each other.
    const gaps = [60, 90, 120, 150].map((apart) => {
      const phi = apart * DEGREE
      return phi - 2 * crossing(phi / 2, 0, (theta) => psi(theta) >= Math.cos(phi - theta))
    })
    for (const [k, gap] of gaps.entries()) expect(gap).toBeLessThan(gaps[k - 1] ?? Math.PI)
    expect(gaps.at(-1)).toBeGreaterThan(0)
  })

  it.each([2, 3])('a linear margin pushes out where sin θ < m / π, in %i dimensions', (dimension) => {
    expect(watch('linear-margin')).toContain('where sin θ < m / π, the margin pushes them out')
    const psi = psiOfPreset('linear-margin', dimension)
    const { m } = presetExperiment('linear-margin', dimension).head.margin.parameters
    const border = Math.asin(m! / Math.PI)
    for (const part of [0.1, 0.5, 0.9])
      expect(psi((part + 0.05) * border)).toBeGreaterThan(psi(part * border))
    for (const times of [1.1, 5, 20]) expect(psi((times + 0.1) * border)).toBeLessThan(psi(times * border))
    // On the far side it is hardly more than softmax.
    expect(Math.cos(0.95 * Math.PI) - psi(0.95 * Math.PI)).toBeLessThan(0.06 * (1 - psi(0)))
  })

  it('COCO looks like NormFace in 2-D, and its features end much nearer to their vectors in 3-D', () => {
    expect(watch('coco')).toContain('in 3-D features end much nearer to their class vectors')
    const { rows } = decodeTable(readFileSync(join(ROOT, 'public/table.json'), 'utf8'))
    const angle = (preset: string, dimension: number) =>
      rows.find((row) => row.preset === preset && row.dimension === dimension)!.targetAngle
    const plane = angle('coco', 2)
    const alike = angle('normface', 2)
    expect(plane.least).toBeLessThan(alike.most)
    expect(alike.least).toBeLessThan(plane.most)
    expect(2 * angle('coco', 3).most).toBeLessThan(angle('normface', 3).least)
  })

  it('SphereFace2 has one threshold', () => {
    expect(watch('sphereface2')).toMatch(/^One threshold for all classes/)
    expect(presetExperiment('sphereface2', 2).head.loss.kind).toBe('one-vs-all')
  })

  it('with UP, vectors of classes with few images are about as long as the others', async () => {
    expect(watch('softmax-up')).toContain('get vectors about as long as the others')
    const ratio = async (id: string): Promise<number> => {
      const bytes = new Uint8Array(readFileSync(join(ROOT, `public/recordings/${id}.bin`)))
      const { keyframes, dimension, data } = await decodeRecording(bytes)
      const norms = rowNorms(keyframes.at(-1)!.weights, dimension)
      const counts = trainingCounts({ ...data, pixels: new Uint8Array(0) })
      const most = Math.max(...counts)
      const mean = (few: boolean): number => {
        const chosen = [...norms].filter((_, j) => counts[j]! < 0.2 * most === few)
        return chosen.reduce((a, b) => a + b) / chosen.length
      }
      return mean(true) / mean(false)
    }
    // The same start, data and seed, with the term and without.
    expect(await ratio('section-3-4')).toBeLessThan(0.8)
    expect(Math.abs((await ratio('section-3-4-b')) - 1)).toBeLessThan(0.05)
  })
})

it('cosines alone make no class probable', () => {
  const powers = Array.from({ length: 10 }, (_, j) => Math.exp(Math.cos(36 * DEGREE * j)))
  const most = powers[0]! / powers.reduce((a, b) => a + b)
  const { note } = LABS.get('fig-10').equations.find(({ number }) => number === '13')!
  expect(note).toContain(`no probability passes ${(100 * most).toFixed(1)} %`)
})
