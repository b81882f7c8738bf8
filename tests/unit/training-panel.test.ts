import { describe, expect, it } from 'vitest'
import { withPreset } from '../../src/engine/preset-experiment'
import { isEmpty } from '../../src/panels/panel'
import { PANELS } from '../../src/panels/registry'
import { groupChanges, scheduledChanges } from '../../src/panels/training/change-marks'
import { TrainingCurves } from '../../src/panels/training/curves'
import { LossAxis } from '../../src/panels/training/loss-axis'
import { svgText } from '../../src/render/svg-string'
import { History } from '../../src/session/history'
import { EXPERIMENT, panelContext, trainedRun } from './fixture'

describe('changes', () => {
  const x = (step: number): number => step / 10

  it('next to each other become one, from the first to the last', () => {
    const changes = [
      { step: 100, text: 'm 0.2 → 0.3' },
      { step: 110, text: 'm 0.3 → 0.5' },
      { step: 120, text: 's 16 → 30' },
      { step: 900, text: '‖x‖ = 1 on, bias off' },
    ]
    expect(groupChanges(changes, x, 5)).toEqual([
      { step: 120, text: String.raw`$m$ 0.2 $\to$ 0.5, $s$ 16 $\to$ 30`, yours: true },
      { step: 900, text: String.raw`$\lVert x\rVert = 1$ on, bias off`, yours: true },
    ])
  })

  it('of the curriculum are where it makes them', () => {
    const experiment = withPreset(EXPERIMENT, 'arcface')
    expect(
      scheduledChanges({ ...experiment, epochs: 10 }, 100).map(({ step, yours }) => [step, yours]),
    ).toEqual([
      [500, false],
      [800, false],
    ])
    expect(scheduledChanges(EXPERIMENT, 100)).toEqual([])
  })

  it('are named where there is room', () => {
    const run = trainedRun()
    run.history.marks.push(
      { step: 10, text: 'bias off' },
      { step: 11, text: 'batch 64 → 128' },
      { step: 30, text: 's 16 → 30' },
    )
    const scene = PANELS.get('training').create().draw(panelContext({ run }))
    if (isEmpty(scene)) throw new Error('empty')
    const text = svgText(scene.marks)
    expect(text).toContain('30')
    const { readouts } = scene
    const at = readouts.nearest(readouts.at(Math.round((30 * readouts.count) / 60) - 1).x, 0)
    expect(readouts.at(at).lines.at(-1)).toContain('you changed')
  })
})

describe('the axis of the loss', () => {
  const plot = { left: 0, right: 100, top: 10, bottom: 110 }

  it('is logarithmic only where the loss falls through magnitudes, and does not flicker', () => {
    const axis = new LossAxis()
    expect(axis.follow(0.5, 2.3, plot).log).toBe(false)
    expect(axis.follow(0.05, 2.3, plot).log).toBe(true)
    expect(axis.follow(0.1, 2.3, plot).log).toBe(true)
    expect(axis.follow(0.5, 2.3, plot).log).toBe(false)
  })

  it('keeps what lies outside at its edge', () => {
    const { scale } = new LossAxis().follow(1e-4, 10, plot)
    expect(scale(0)).toBe(110)
    expect(scale(1e9)).toBe(10)
  })
})

describe('a long run', () => {
  it('is cut in a few milliseconds', () => {
    const history = new History()
    const n = 100_000
    for (let i = 1; i <= n; i++) {
      history.loss.push(i, 1 / i)
      history.trainAccuracy.push(i, 0.9)
    }
    const curves = new TrainingCurves()
    curves.update(history, 300, n)
    const start = performance.now()
    for (let i = 0; i < 10; i++) curves.update(history, 300, n)
    // It takes 1; what else runs on the machine must not fail this.
    expect((performance.now() - start) / 10).toBeLessThan(20)
    expect(curves.smooth.every((value) => value > 0)).toBe(true)
  })
})
