import { describe, expect, it, vi } from 'vitest'
import { parseExperiment } from '../../src/engine/config'
import { Player } from '../../src/session/player'
import { RunView } from '../../src/session/run-view'
import { RecordedRun } from '../../src/session/recorded-run'
import { sampleRecording } from '../recording-sample'
import { FakeFrames } from './fake-environment'

const recording = sampleRecording()
const [start, middle, end] = recording.keyframes

function opened() {
  const view = new RunView()
  const changed = vi.fn()
  const frames = new FakeFrames()
  const recorded = new RecordedRun(recording, parseExperiment(recording.experiment), view)
  const player = new Player([recorded], frames, changed)
  return { view, player, changed, pass: (ms: number) => frames.pass(ms) }
}

/** The curves of a run, as far as they are drawn. */
function curves({ history }: RunView) {
  const { loss, trainAccuracy, testAccuracy } = history
  return [loss, trainAccuracy, testAccuracy].map(({ length, steps, values }) => [
    [...steps.subarray(0, length)],
    [...values.subarray(0, length)],
  ])
}

describe('a recorded run', () => {
  it('begins with its first keyframe, its classes and held-out points', () => {
    const { view } = opened()
    expect(view.classes).toEqual(['a', 'b'])
    expect([...view.images]).toEqual([2, 3, 4, 5])
    expect([...view.labels]).toEqual([0, 1, 0, 1])
    expect([...view.features]).toEqual([...start!.features])
    expect(view.frame).toMatchObject({ step: 0, epochs: 0, test: { accuracy: 0.5 } })
    expect(view.norm[0]).toBeCloseTo(Math.hypot(start!.features[0]!, start!.features[1]!))
  })

  it('shows the way between two keyframes, or with little motion the keyframe before', () => {
    const { view, player } = opened()
    player.seekStep(3)
    expect(view.frame).toMatchObject({ step: 3, epochs: 1.5 })
    const a = start!.weights[1]!
    const b = middle!.weights[1]!
    expect(view.frame!.weights[1]).toBeCloseTo(a + 0.75 * (b - a))
    expect(view.features[5]).toBeCloseTo(start!.features[5]! * 0.25 + middle!.features[5]! * 0.75)
    player.smooth = false
    player.seekStep(7)
    expect(view.frame!.step).toBe(4)
    expect([...view.features]).toEqual([...middle!.features])
  })

  it('has the same curves at a place, however one comes there', () => {
    const straight = opened()
    straight.player.seekStep(6)
    const { view, player } = opened()
    for (const step of [8, 3, 5, 0, 1, 7, 2, 6]) player.seekStep(step)
    expect(curves(view)).toEqual(curves(straight.view))
    const [loss, , test] = curves(view)
    expect(loss).toEqual([[1, 2, 3, 4, 5, 6], [...recording.losses.subarray(0, 6)]])
    expect(test).toEqual([
      [0, 4],
      [0.5, 0.75],
    ])
  })

  it('is where another player is, until somebody seeks or holds it', () => {
    const { view, player, pass } = opened()
    // A keyframe takes 125 ms; they are four steps apart.
    let age: number | null = 62.5
    player.leader = () => age
    player.play()
    pass(1)
    expect(view.frame!.step).toBe(2)
    age = 125
    pass(40)
    expect(view.frame!.step).toBe(4)
    age = null
    pass(40)
    expect(view.frame!.step).toBe(5)
    age = 0
    player.seekStep(6)
    pass(40)
    expect(view.frame!.step).toBeGreaterThanOrEqual(6)
  })

  it('plays to its end and says so; holds; at twice the speed it goes twice as far', () => {
    const { view, player, changed, pass } = opened()
    player.play()
    expect([player.playing, changed.mock.calls.length]).toEqual([true, 1])
    pass(100)
    const once = view.frame!.step
    expect(once).toBeGreaterThan(0)
    player.pause()
    pass(100)
    expect(view.frame!.step).toBe(once)
    player.seek(0)
    player.speed = 2
    player.play()
    pass(100)
    expect(view.frame!.step).toBeGreaterThan(1.5 * once)
    for (let i = 0; i < 10; i++) pass(100)
    expect([player.playing, player.ended]).toEqual([false, true])
    expect(view.frame!.step).toBe(8)
    expect([...view.features]).toEqual([...end!.features])
    expect(changed).toHaveBeenCalledTimes(4)
    // There is nothing left to play.
    player.play()
    expect(player.playing).toBe(false)
  })

  it('moves by keyframes, and never past its ends', () => {
    const { view, player } = opened()
    const steps = [1, 1, 1, -1, -Infinity, -1].map((by) => {
      player.move(by)
      return view.frame!.step
    })
    expect(steps).toEqual([4, 8, 8, 4, 0, 0])
    player.seekStep(2)
    player.move(-1)
    expect(view.frame!.step).toBe(0)
    player.seekEpoch(100)
    expect([view.frame!.step, player.ended]).toEqual([8, true])
  })

  it('goes on with others side by side, all at one step, and without one that is taken away', () => {
    const views = [new RunView(), new RunView()]
    const runs = views.map((view) => new RecordedRun(recording, parseExperiment(recording.experiment), view))
    const player = new Player([runs[0]!, runs[1]!], new FakeFrames(), vi.fn())
    player.seekStep(3)
    expect(views.map(({ frame }) => frame!.step)).toEqual([3, 3])
    expect([...views[1]!.features]).toEqual([...views[0]!.features])
    player.drop(runs[0]!)
    player.seekStep(6)
    expect(views.map(({ frame }) => frame!.step)).toEqual([3, 6])
    expect(player.step).toBe(6)
    // The last one stays.
    player.drop(runs[1]!)
    player.seekStep(8)
    expect(views[1]!.frame!.step).toBe(8)
  })
})
