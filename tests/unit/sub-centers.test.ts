import { describe, expect, it } from 'vitest'
import { layOut } from '../../src/engine/layout'
import { initialParameters } from '../../src/engine/initialize'
import { NETWORKS } from '../../src/engine/networks'
import { demandedArcs } from './demanded-arcs'
import { measure, smallestAngle } from '../../src/geometry/measure'
import { decodeTable, encodePicture } from '../../src/io/table-file'
import { headSchema } from '../../src/losses/head'
import { identifyHead } from '../../src/losses/identify'
import { SEGMENT_STRIDE } from '../../src/render/stage/segments'
import { CARRIED, SETTINGS, stageData, stageModel } from './stage-data'

const DEGREE = Math.PI / 180
const at = (...degrees: number[]): Float32Array =>
  Float32Array.from(degrees.flatMap((a) => [Math.cos(a * DEGREE), Math.sin(a * DEGREE)]))
/** Two classes of two vectors, the second of each on the other side. */
const WEIGHTS = at(0, 180, 90, 270)

describe('with several vectors a class', () => {
  it('the nearest counts for angles and predictions', () => {
    const classifier = {
      weights: WEIGHTS,
      subCenters: 2,
      bias: new Float32Array(2),
      useBias: false,
      normalizeWeights: true,
      normalizeFeatures: true,
      scale: 16,
    }
    const { predicted, targetAngle, otherAngle, otherClass } = measure(
      at(10, 170, 265),
      [0, 0, 0],
      2,
      classifier,
    )
    expect([...predicted]).toEqual([0, 0, 1])
    expect([...otherClass]).toEqual([1, 1, 1])
    expect([...targetAngle].map((a) => Math.round(a / DEGREE))).toEqual([10, 10, 85])
    expect([...otherAngle].map((a) => Math.round(a / DEGREE))).toEqual([80, 80, 5])
  })

  it('angles between classes leave out those within one', () => {
    expect(smallestAngle(at(0, 1, 50, 80), 2, 2) / DEGREE).toBeCloseTo(49, 3)
    expect(smallestAngle(at(0, 1, 50, 80), 2, 1) / DEGREE).toBeCloseTo(1, 3)
  })

  it('a class has a demanded region around each that is free', () => {
    const directions = Float32Array.from([0, 180, 90, 270].flatMap((a) => [...at(a), 0]))
    const bias = new Float32Array(2)
    const classifier = {
      count: 2,
      subCenters: 2,
      directions,
      lengths: new Float32Array(4).fill(1),
      bias,
      featureLength: 1,
    }
    const arcs = demandedArcs(classifier, Math.cos, 0)
    expect(arcs).toHaveLength(2)
    for (const { from, to } of arcs) expect((to - from) / DEGREE).toBeCloseTo(90, 2)
  })

  it('they start near each other around evenly spread classes', () => {
    const layout = layOut(NETWORKS.get('mlp'), { height: 4, width: 4, channels: 1 }, 2, 4, 'none', 3)
    expect(layout.classWeights.size).toBe(4 * 3 * 2)
    const head = headSchema.parse({ subCenters: 3, start: 'even' })
    const { offset, size } = layout.classWeights
    const rows = initialParameters(layout, head, 1, [1, 1, 1, 1]).subarray(offset, offset + size)
    const cosine = (a: number, b: number): number =>
      rows[2 * a]! * rows[2 * b]! + rows[2 * a + 1]! * rows[2 * b + 1]!
    for (let j = 0; j < 4; j++) {
      for (const k of [1, 2]) {
        expect(cosine(3 * j, 3 * j + k)).toBeGreaterThan(0.7)
        expect(cosine(3 * j, 3 * j + k)).toBeLessThan(1)
      }
    }
  })

  it('the stage draws the one that most points are nearest to as the main one', () => {
    // Points of class a at −x, where its second vector is, and of b at +y, where its first is.
    const places = [[-3, 0.1], [0, 4], [-5, 0], [0.2, 2]] // prettier-ignore
    const classPositions = Float32Array.from([0, 180, 90, 270].flatMap((a) => [...at(a), 0]))
    const data = stageData(places, {
      classPositions,
      frame: { weights: WEIGHTS, bias: new Float32Array(2), carried: CARRIED },
    })
    const model = stageModel(data, { ...SETTINGS, head: { ...SETTINGS.head, subCenters: 2 } })
    expect(model.classes.rows).toBe(4)
    expect([...model.classes.main]).toEqual([1, 2])
    model.compose(-1, -1)
    const { segments } = model.scene
    // An arrow for each vector: those of the main ones are wider.
    const arrows = Array.from({ length: segments.count }, (_, i) => {
      const s = i * SEGMENT_STRIDE
      return { x: segments.data[s + 2]!, y: segments.data[s + 3]!, width: segments.data[s + 8]! }
    })
    expect(arrows).toHaveLength(4)
    const widest = Math.max(...arrows.map(({ width }) => width))
    const main = arrows.filter(({ width }) => width === widest)
    expect(main).toHaveLength(2)
    expect(main.some(({ x, y }) => x < -0.1 && Math.abs(y) < 1e-6)).toBe(true)
    expect(main.some(({ x, y }) => y > 0.1 && Math.abs(x) < 1e-6)).toBe(true)
  })

  it('the pictures of the table keep all', () => {
    const row = { preset: 'softmax', dimension: 2, steps: 1 }
    const spread = { median: 1, least: 1, most: 1 }
    const names = ['testAccuracy', 'smallestAngle', 'targetAngle', 'intraToInter', 'msPerStep']
    const measures = Object.fromEntries(names.map((name) => [name, spread]))
    const table = (subCenters: number): string =>
      JSON.stringify({
        version: 1,
        seeds: [1],
        machine: 'none',
        rows: [{ ...row, ...measures }],
        pictures: { softmax: encodePicture(at(0, 90), [0, 1], WEIGHTS, subCenters) },
      })
    expect(decodeTable(table(2)).pictures.get('softmax')).toMatchObject({ subCenters: 2 })
    expect(decodeTable(table(1)).pictures.get('softmax')!.vectors).toHaveLength(4)
  })

  it('the loss has a name of its own', () => {
    const head = { ...headSchema.parse({}), subCenters: 4 }
    expect(identifyHead(head).differences.map(({ text }) => text)).toEqual(['with 4 vectors for each class'])
  })
})
