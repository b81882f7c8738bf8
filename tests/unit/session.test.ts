import { describe, expect, it } from 'vitest'
import { parseExperiment } from '../../src/engine/config'
import { createSession } from '../../src/session/session'
import { activeExperiment, activeRun, isPlaying } from '../../src/session/state'
import { sampleRecording } from '../recording-sample'
import { FakeEnvironment, seeded, settled } from './fake-environment'

function opened() {
  const environment = new FakeEnvironment()
  return { environment, session: createSession(environment) }
}

const seeds = ({ session }: ReturnType<typeof opened>): number[] =>
  session.state.runs.map(({ experiment }) => experiment.seed)

describe('two sessions on one page', () => {
  it('share nothing: neither runs, settings and notices nor what plays', async () => {
    const a = opened()
    const b = opened()
    a.session.open(seeded(1), seeded(2))
    b.session.open(seeded(3))
    await settled()
    const before = b.session.state
    a.session.settings.setHead({ scale: 3 })
    a.session.store.setView({ space: 'normalized' })
    a.session.store.pin(4)
    a.session.store.showPanels(['bias'])
    a.session.store.notify('Something happened.')
    a.session.transport.setSpeed(5)
    a.session.transport.play()
    await settled()
    expect(b.session.state).toBe(before)
    expect(isPlaying(a.session.state)).toBe(true)
    expect([seeds(a), seeds(b)]).toEqual([[1, 2], [3]])
    expect(a.environment.engines[0]).not.toBe(b.environment.engines[0])
    expect(b.environment.engines[0]!.requests).not.toContain('play')
    expect(a.session.runs.view).not.toBe(b.session.runs.view)
  })

  it('play recordings each for itself, and one ends without the other', async () => {
    const a = opened()
    const b = opened()
    const recording = sampleRecording()
    const experiment = parseExperiment(recording.experiment)
    for (const { environment, session } of [a, b]) {
      environment.recordings.set('sample', recording)
      const specs = [{ id: 'sample', experiment, among: 1 }] as const
      expect(await session.openRecorded({ name: 'Sample', specs: [...specs] })).toBe('recorded')
    }
    a.environment.frames.pass(100)
    expect(a.session.playback.player!.step).toBeGreaterThan(0)
    expect(b.session.playback.player!.step).toBe(0)
    await settled()
    a.session.dispose()
    expect([a, b].map(({ environment }) => environment.engines.map(({ ended }) => ended))).toEqual([
      [true],
      [false],
    ])
    expect(b.session.state.playback).toMatchObject({ name: 'Sample', playing: true })
  })
})

describe('a session', () => {
  it('selects its active run: settings change that one', async () => {
    const { session } = opened()
    session.open(seeded(1), seeded(1))
    const [first, second] = session.state.runs
    session.store.activate(second!.id)
    session.settings.setHead({ bias: true, scale: 7 })
    await settled()
    expect(activeRun(session.state).id).toBe(second!.id)
    expect(activeExperiment(session.state).head.scale).toBe(7)
    expect(session.store.run(first!.id)!.experiment.head.scale).not.toBe(7)
    session.removeRun(second!.id)
    expect(activeRun(session.state)).toBe(session.state.runs[0])
  })

  it('begins live, and says why, where a recording can not be had', async () => {
    const { session } = opened()
    const specs = [{ id: 'missing', experiment: seeded(9), among: 1 }] as const
    expect(await session.openRecorded({ name: 'Missing', specs: [...specs] })).toBe('live')
    expect(session.experiment.seed).toBe(9)
    expect(session.state.playback).toBeNull()
    expect(session.state.notices.map(({ text }) => text)).toEqual([
      'The recorded run could not be shown: there is no missing. Press Play to train it here.',
    ])
  })

  it('shows the end of a recording to who wants little motion, and trains on from there', async () => {
    const { environment, session } = opened()
    environment.still = true
    const recording = sampleRecording()
    environment.recordings.set('sample', recording)
    const specs = [{ id: 'sample', experiment: parseExperiment(recording.experiment), among: 1 }] as const
    await session.openRecorded({ name: 'Sample', specs: [...specs] })
    expect(session.state.playback).toMatchObject({ playing: false, ended: true })
    await settled()
    session.transport.play()
    await settled()
    expect(session.state.playback).toBeNull()
    expect(activeRun(session.state).run!.step).toBe(recording.losses.length)
    expect(isPlaying(session.state)).toBe(true)
  })

  it('begins once more by itself when its engine stops, and gives up after some times', async () => {
    const failures: ((reason: string) => void)[] = []
    const environment = new FakeEnvironment()
    const start = environment.startEngine.bind(environment)
    environment.startEngine = (events, failed = () => undefined) => {
      failures.push(failed)
      return start(events)
    }
    const session = createSession(environment)
    session.open(seeded(1))
    await settled()
    for (let crash = 0; crash < 4; crash++) {
      failures.at(-1)!('out of memory')
      await settled()
    }
    expect(environment.engines).toHaveLength(4)
    expect(session.state.notices).toHaveLength(3)
    expect(activeRun(session.state).status).toMatchObject({ kind: 'failed' })
  })
})
