import { describe, expect, it } from 'vitest'
import { answerConfidence } from '../../src/geometry/confidence'
import { measureTail } from '../../src/geometry/tail'
import { PANELS } from '../../src/panels/registry'
import { svgText } from '../../src/render/svg-string'
import { isEmpty } from '../../src/panels/panel'
import { oneOf } from '../../src/session/run-view'
import { panelContext, trainedRun } from './fixture'

/** Two classes along the axes. */
const PLAIN = {
  weights: Float32Array.of(1, 0, 0, 2),
  subCenters: 1,
  bias: Float32Array.of(0.5, 0),
  useBias: true,
  normalizeWeights: false,
  normalizeFeatures: false,
  scale: 10,
}
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z))

describe('the confidence of an answer', () => {
  it('is the largest probability of the softmax over what the head computes', () => {
    const x = Float32Array.of(3, 1, 0, 1)
    // Logits 3.5 and 2; then 0.5 and 2.
    expect(answerConfidence(x, 2, PLAIN)[0]).toBeCloseTo(sigmoid(1.5), 6)
    expect(answerConfidence(x, 2, PLAIN)[1]).toBeCloseTo(sigmoid(1.5), 6)
    const unit = { ...PLAIN, useBias: false, normalizeWeights: true, normalizeFeatures: true }
    expect(answerConfidence(x, 2, unit)[0]).toBeCloseTo(sigmoid((10 * 2) / Math.sqrt(10)), 5)
  })

  it('takes the vector of a class that is at the smallest angle', () => {
    const head = {
      ...PLAIN,
      weights: Float32Array.of(1, 0, 0, 1, -1, 0, 0, -1),
      subCenters: 2,
      useBias: false,
    }
    // The first class's second vector: 1; of the other class, at angles of 90 and 180 degrees, the first: 0.
    expect(answerConfidence(Float32Array.of(0, 1), 2, head)[0]).toBeCloseTo(sigmoid(1), 6)
  })
})

it('the tail is the classes with at most a fifth of the images of the largest', () => {
  const features = Float32Array.of(3, 0, 0, 3, 0, 3, 3, 0)
  const measures = measureTail(features, [0, 1, 1, 0], [0, 1, 1, 1], [100, 20], 2, PLAIN)
  expect(measures.head).toBe(1)
  expect(measures.tail).toBeCloseTo(2 / 3, 6)
  // The two right answers are surer (logits 6 to 0.5) than the wrong one (3.5 to 0).
  expect(measures.coverage).toBeCloseTo(2 / 3, 6)
  const even = measureTail(features, [0, 1, 1, 0], [0, 1, 1, 1], [100, 21], 2, PLAIN)
  expect(even.tail).toBeNaN()
  expect(even.coverage).toBeNaN()
})

describe('a point that is shown as another picture', () => {
  const look = (norm: number) => ({
    features: Float32Array.of(norm, 0),
    measures: {
      predicted: Uint16Array.of(2),
      targetAngle: Float32Array.of(0.5),
      otherAngle: Float32Array.of(0.25),
      otherClass: Uint16Array.of(1),
      norm: Float32Array.of(norm),
    },
  })

  it('takes its place on the stage, keeps it while frames come, and gives it back', () => {
    const run = trainedRun()
    const original = oneOf(
      {
        features: run.features.slice(),
        measures: {
          predicted: run.predicted,
          targetAngle: run.targetAngle,
          otherAngle: run.otherAngle,
          otherClass: run.otherClass,
          norm: run.norm,
        },
      },
      3,
    )
    const [x, y] = run.positions.slice(9, 11)
    run.replacePoint({ point: 3, pixels: new Uint8Array(4), ...look(0.125), original })
    expect([...run.positions.slice(9, 12)]).toEqual([0.125, 0, 0])
    expect([run.norm[3], run.predicted[3]]).toEqual([0.125, 2])
    run.receive(run.frame!)
    expect(run.norm[3]).toBe(0.125)
    run.replacePoint(null)
    expect([...run.positions.slice(9, 11)]).toEqual([x, y])
    expect(run.substitute).toBeNull()
  })

  it('is a bar in its panel, beside the length of the clean one', () => {
    const run = trainedRun()
    run.replacePoint({ point: 0, pixels: new Uint8Array(4), ...look(0.5), original: look(1.25) })
    const scene = PANELS.get('image-quality').create().draw(panelContext({ run }))
    if (isEmpty(scene)) throw new Error(scene.empty)
    const text = svgText(scene.marks)
    expect(text).toContain('now 0.50')
    expect(text).toContain('clean 1.25')
  })
})
