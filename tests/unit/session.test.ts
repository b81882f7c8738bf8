import { describe, expect, it } from 'vitest'
import { parseExperiment } from '../../src/engine/config'
import type { RecordingSpec } from '../../src/engine/recordings'
import { createSession, type Session } from '../../src/session/session'
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

  it('keeps its runs where one is taken away that is not there', () => {
    const { session } = opened()
    session.open(seeded(1), seeded(2))
    session.removeRun(99)
    expect(session.state.runs).toHaveLength(2)
  })

  it('verifies nothing any more when it has ended, and does not speak', async () => {
    const { environment, session } = opened()
    let began = 0
    environment.startVerifying = () => {
      began++
      return { verify: () => Promise.reject(new Error('it was ended')), end: () => undefined }
    }
    const source = { features: Float32Array.of(1, 2), dimension: 2, labels: [0], names: ['a'] }
    const verify = (): void => session.verifier.verify({ ...source, firstImage: null, run: null, step: null })
    verify()
    session.dispose()
    verify()
    await settled()
    expect([began, session.state.notices]).toEqual([1, []])
  })

  it('verifies anew with the next features where that had stopped, and says why it had', async () => {
    const { environment, session } = opened()
    const failures: ((reason: string) => void)[] = []
    let ended = 0
    environment.startVerifying = (failed) => {
      failures.push(failed!)
      return { verify: () => new Promise(() => undefined), end: () => ended++ }
    }
    const source = { features: Float32Array.of(1, 2), dimension: 2, labels: [0], names: ['a'] }
    const verify = (): void => session.verifier.verify({ ...source, firstImage: null, run: null, step: null })
    verify()
    await settled()
    failures[0]!('out of memory')
    await settled()
    verify()
    await settled()
    expect([failures.length, ended]).toEqual([2, 1])
    expect(session.state.notices.map(({ text }) => text)).toEqual([
      'The verification could not be computed: out of memory. It is tried again with the next features.',
    ])
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

describe('recordings that are on their way', () => {
  /** Asks for a recording whose file comes when `come` is called. */
  function asked(environment: FakeEnvironment, session: Session, recording = sampleRecording()) {
    let come = (): void => undefined
    environment.loadRecording = () => new Promise((resolve) => (come = () => resolve(recording)))
    const experiment = parseExperiment(sampleRecording().experiment)
    const outcome = session.openRecorded({ name: 'S', specs: [{ id: 's', experiment, among: 1 }] })
    return { outcome, experiment, come: () => come() }
  }

  it('are changed with what is set before they come, and then not shown', async () => {
    const { environment, session } = opened()
    const { outcome, experiment, come } = asked(environment, session)
    session.settings.setHead({ scale: 7 })
    come()
    expect(await outcome).toBe('replaced')
    await settled()
    expect(session.experiment).toEqual({ ...experiment, head: { ...experiment.head, scale: 7 } })
    expect(session.state.playback).toBeNull()
    expect(environment.engines).toHaveLength(1)
  })

  it('are trained where Play is pressed before they come', async () => {
    const { environment, session } = opened()
    const { outcome, experiment, come } = asked(environment, session)
    session.transport.play()
    come()
    expect(await outcome).toBe('replaced')
    await settled()
    expect([session.experiment, isPlaying(session.state)]).toEqual([experiment, true])
  })

  it('leave the runs that there are as they are, where these are changed meanwhile', async () => {
    const { environment, session } = opened()
    session.open(seeded(5))
    await settled()
    const { outcome, come } = asked(environment, session)
    session.settings.setHead({ scale: 7 })
    come()
    expect(await outcome).toBe('replaced')
    expect([session.experiment.seed, session.experiment.head.scale]).toEqual([5, 7])
  })

  it('begin live where they turn out to be damaged or of different steps, and nothing is half shown', async () => {
    const { environment, session } = opened()
    const damaged = { ...sampleRecording(), experiment: { seed: -1 } }
    const { outcome, experiment, come } = asked(environment, session, damaged)
    come()
    expect(await outcome).toBe('live')
    await settled()
    expect([session.state.playback, session.experiment]).toEqual([null, experiment])
    expect(activeRun(session.state).run).not.toBeNull()

    const other = sampleRecording()
    environment.recordings.set('a', sampleRecording())
    environment.recordings.set('b', { ...other, keyframes: other.keyframes.slice(0, 2) })
    environment.loadRecording = FakeEnvironment.prototype.loadRecording.bind(environment)
    const [a, b] = ['a', 'b'].map((id) => ({ id, experiment, among: 2 })) as [RecordingSpec, RecordingSpec]
    expect(await session.openRecorded({ name: 'AB', specs: [a, b] })).toBe('live')
    expect(session.state.runs).toHaveLength(2)
    expect(session.state.notices.at(-1)!.text).toContain('recorded at the same steps')
  })
})
