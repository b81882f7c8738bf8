import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { ROOT } from '../../cli/root'
import { parseExperiment } from '../../src/engine/config'
import { decodeRecording, type Recording } from '../../src/io/recording-file'
import { FlatSurface } from '../../src/render/stage/flat-surface'
import { Labels } from '../../src/render/stage/labels'
import { StageLink } from '../../src/render/stage/link'
import { StageModel } from '../../src/render/stage/model'
import { PointModel } from '../../src/render/stage/point-model'
import type { Scene } from '../../src/render/stage/scene'
import { Player } from '../../src/session/player'
import { RecordedPoints } from '../../src/session/recorded-points'
import { RecordedRun } from '../../src/session/recorded-run'
import { RunView } from '../../src/session/run-view'
import { sampleRecording } from '../recording-sample'
import { FakeFrames } from './fake-environment'
import { SETTINGS, THEME } from './stage-data'

const theme = { ...THEME, classes: Array.from({ length: 10 }, (_, j) => `hsl(${36 * j} 80% 40%)`) }

/** Everything at its place at once. */
function still(): StageLink {
  const link = new StageLink()
  link.reducedMotion = true
  return link
}

/** All that is said to a canvas while a scene is painted on it, in order. */
function painted(scene: Scene): unknown[] {
  const said: unknown[] = []
  const context = new Proxy(
    {},
    {
      get:
        (_, name) =>
        (...values: unknown[]) =>
          said.push([name, ...values]),
      set: (_, name, value) => said.push([name, value]) > 0,
    },
  )
  const surface = new FlatSurface(context as unknown as OffscreenCanvasRenderingContext2D)
  surface.draw([{ scene, left: 0, top: 0 }])
  return said
}

function asFirstScreen(recording: Recording) {
  const points = new RecordedPoints(recording, vi.fn())
  const model = new PointModel(points, theme, still())
  model.resize(900, 700)
  return (place: number): unknown[] => {
    points.seek(place)
    points.compose(model, 16)
    return painted(model.scene)
  }
}

function asPage(recording: Recording) {
  const view = new RunView()
  const run = new RecordedRun(recording, parseExperiment(recording.experiment), view)
  const model = new StageModel(view, new Labels(() => 10), theme, still())
  model.resize(900, 700)
  return (place: number): unknown[] => {
    run.seek(place)
    model.setSettings({ ...SETTINGS, head: view.frame!.head })
    model.updateData()
    model.advance(16)
    model.compose(-1, -1)
    return painted(model.scene)
  }
}

describe('the first screen', () => {
  // Two features, ‖x‖ = 1 from the middle of the run on; three, with a bias; many, along three axes.
  it.each(['arcface-2d', 'fig-3-sphere', 'fig-2'])(
    'draws %s as the stage does, and reads no experiment',
    async (id) => {
      const bytes = new Uint8Array(readFileSync(join(ROOT, `public/recordings/${id}.bin`)))
      const recording = await decodeRecording(bytes)
      const first = asFirstScreen({ ...recording, experiment: {} })
      const page = asPage(recording)
      const last = recording.keyframes.length - 1
      for (const place of [0, 7, 20.4, last]) {
        const drawn = first(place)
        expect(drawn.length).toBeGreaterThan(2 * recording.points)
        expect(drawn).toEqual(page(place))
      }
    },
  )

  it('plays with the page’s own player', () => {
    const shown = vi.fn()
    const points = new RecordedPoints(sampleRecording(), shown)
    const frames = new FakeFrames()
    const player = new Player([points], frames, vi.fn())
    expect([points.step, shown.mock.calls.length]).toEqual([0, 0])
    player.leader = () => 62.5
    player.play()
    frames.pass(1)
    expect([points.step, shown.mock.calls.length]).toEqual([2, 1])
  })

  it('has the head as it acts at each place', () => {
    const points = new RecordedPoints(sampleRecording(), vi.fn())
    const heads = [0, 0.5, 1, 2].map((place) => {
      points.seek(place)
      return points.head
    })
    expect(heads[0]).toEqual({ bias: true, normalizeWeights: false, normalizeFeatures: false, scale: 2 })
    expect(heads.map(({ scale }) => scale)).toEqual([2, 2.5, 3, 3])
    expect(heads.map(({ normalizeFeatures }) => normalizeFeatures)).toEqual([false, false, true, true])
  })

  it('leaves a file without a head to the page', () => {
    expect(() => new RecordedPoints({ ...sampleRecording(), head: null }, vi.fn())).toThrow('head')
  })
})
