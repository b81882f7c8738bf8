import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseExperiment } from '../../src/engine/config'
import { presetExperiment } from '../../src/engine/preset-experiment'
import type { RecordingSpec } from '../../src/engine/recordings'
import { PAIR_KINDS } from '../../src/geometry/pair-kinds'
import { PRESETS } from '../../src/losses/preset-registry'
import { linkTo, momentFrom } from '../../src/session/link'
import { momentOf, momentOfRecorded, parseMoment, type Moment } from '../../src/session/moment'
import { createSession } from '../../src/session/session'
import { isPlaying } from '../../src/session/state'
import { sampleRecording } from '../recording-sample'
import { FakeEnvironment, seeded, settled } from './fake-environment'

const PAGE = 'https://example.org/lab/'

const hashOf = (moment: Moment): string => new URL(linkTo(moment, PAGE)).hash

/** Through a link, as another page reads it. */
const carried = (moment: Moment): Moment => momentFrom(hashOf(moment))!

const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const place = fc.integer({ min: 0, max: 255 })
const number = (most: number) => fc.double({ min: -most, max: most, noNaN: true })

const view = fc.record(
  {
    space: fc.constantFrom('raw' as const, 'normalized' as const),
    regions: fc.boolean(),
    margins: fc.boolean(),
    terms: fc.boolean(),
    sizes: fc.boolean(),
    hiddenClasses: fc.array(place, { maxLength: 20 }),
    focusedClass: fc.option(place),
    threshold: fc.option(number(1)),
    triplet: fc.integer({ min: -100, max: 100 }),
    pipeline: fc.record({ point: fc.nat(999), kind: fc.constantFrom(...PAIR_KINDS), pair: fc.nat(99) }),
    points: fc.record({
      split: fc.constantFrom('test' as const, 'train' as const, 'all' as const),
      count: fc.nat(9999).map((n) => n + 1),
    }),
    pinned: fc.option(fc.nat(100_000)),
    camera: fc.option(
      fc.record({
        azimuth: number(9),
        elevation: number(1),
        zoom: fc.constantFrom(0.7, 2, 10),
        panX: number(5),
        panY: number(5),
      }),
    ),
  },
  { requiredKeys: [] },
)

const moments: fc.Arbitrary<Moment> = fc
  .record({
    runs: some(
      fc.array(
        fc.record({
          preset: fc.constantFrom(...PRESETS.ids),
          recording: some(fc.constantFrom('arcface-2d', 'fig-5-b')),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    ),
    playback: some(
      fc.record({
        name: fc.string({ maxLength: 40 }),
        step: fc.nat(5000),
        speed: fc.constantFrom(0.25, 1, 4),
      }),
    ),
    playing: some(fc.boolean()),
    active: some(fc.integer({ min: 0, max: 3 })),
    forAll: some(fc.boolean()),
    speed: some(fc.option(fc.constantFrom(1, 60))),
    view: some(view),
    panels: some(
      fc.record({
        shown: fc.option(fc.uniqueArray(fc.constantFrom('bias', 'angles', 'other'), { maxLength: 5 })),
      }),
    ),
    page: some(fc.record({ lab: fc.option(fc.string({ maxLength: 20 })) })),
  })
  .map(({ runs, ...others }) =>
    parseMoment({
      ...others,
      runs: runs?.map(({ preset, recording }) => ({ experiment: presetExperiment(preset, 2), recording })),
    }),
  )

describe('a link to a moment', () => {
  it('carries all that the moment names, and nothing else', () => {
    fc.assert(
      fc.property(moments, (moment) => {
        expect(JSON.stringify(carried(moment))).toBe(JSON.stringify(moment))
      }),
    )
  })

  it('is refused in a sentence where a value is out of range, and may be of a later page', () => {
    const refused: [unknown, string][] = [
      [{ view: { space: 'curved' } }, 'view.space'],
      [{ view: { threshold: 2 } }, 'view.threshold'],
      [{ view: { hiddenClasses: [-1] } }, 'view.hiddenClasses.0'],
      [{ view: { camera: { zoom: 1 } } }, 'view.camera.azimuth'],
      [{ speed: 0 }, 'speed'],
      [{ runs: [] }, 'there are no runs'],
      [{ runs: Array.from({ length: 5 }, () => ({ experiment: {} })) }, 'at most 4 runs'],
      [{ runs: [{ experiment: { seed: -1 } }] }, 'runs.0.experiment.seed'],
      [{ runs: [{ experiment: {}, recording: '../secret' }] }, 'is not the name of a recording'],
      [{ panels: { shown: 'all' } }, 'panels.shown'],
      [{ panels: { shown: ['bias', 'angles', 'bias'] } }, 'panels.shown: a panel is named twice'],
      ['text', 'object'],
    ]
    for (const [value, words] of refused) expect(() => parseMoment(value)).toThrow(words)
    expect(parseMoment({ speed: 5, weather: 'fine', view: { space: 'raw', fog: 3 } })).toEqual({
      speed: 5,
      view: { space: 'raw' },
    })
  })
})

// As this page wrote them in its first version.
const RUN = [
  '#run=eyJ2ZXJzaW9uIjoxLCJzZWVkIjo3LCJkYXRhIjp7InNldCI6Im1uaXN0Iiwic2hpZnRzIjp0cnVlLCJzYW1wbGluZyI6eyJraW5kIjoic',
  '2h1ZmZsZSJ9fSwibmV0d29yayI6eyJraW5kIjoiY29tcGFjdCIsImRpbWVuc2lvbiI6MiwiZmVhdHVyZUFjdGl2YXRpb24iOiJub25lIn0sImh',
  'lYWQiOnsiYmlhcyI6ZmFsc2UsInB1bGxzIjp0cnVlLCJub3JtYWxpemVXZWlnaHRzIjp0cnVlLCJub3JtYWxpemVGZWF0dXJlcyI6dHJ1ZSwic',
  '2NhbGUiOjIwLCJtYXJnaW4iOnsia2luZCI6ImFkZGl0aXZlLWFuZ3VsYXIiLCJwYXJhbWV0ZXJzIjp7Im0iOjAuNX19LCJzdWJDZW50ZXJzIjo',
  'xLCJzdGFydCI6ImV2ZW4ifSwiYXV4aWxpYXJpZXMiOltdLCJjdXJyaWN1bHVtIjp7Im5vcm1hbGl6ZUZlYXR1cmVzQXQiOjAuNSwibWFyZ2luI',
  'jp7InN0YXJ0IjowLjUsImVuZCI6MC44fSwic2NhbGUiOm51bGx9LCJvcHRpbWl6ZXIiOnsia2luZCI6ImFkYW0iLCJyYXRlIjp7ImtpbmQiOiJ',
  'vbmUtY3ljbGUiLCJ2YWx1ZSI6MC4wMDQsIndhcm1VcCI6MC4zfSwibW9tZW50dW0iOjAuOSwid2VpZ2h0RGVjYXkiOjAsImNsaXAiOjEsImJhd',
  'GNoU2l6ZSI6NjR9LCJlcG9jaHMiOjIwfQ',
].join('')
const RUNS = [
  '#runs=W3sidmVyc2lvbiI6MSwic2VlZCI6NywiZGF0YSI6eyJzZXQiOiJtbmlzdCIsInNoaWZ0cyI6dHJ1ZSwic2FtcGxpbmciOnsia2luZCI6',
  'InNodWZmbGUifX0sIm5ldHdvcmsiOnsia2luZCI6ImNvbXBhY3QiLCJkaW1lbnNpb24iOjIsImZlYXR1cmVBY3RpdmF0aW9uIjoibm9uZSJ9LC',
  'JoZWFkIjp7ImJpYXMiOmZhbHNlLCJwdWxscyI6dHJ1ZSwibm9ybWFsaXplV2VpZ2h0cyI6dHJ1ZSwibm9ybWFsaXplRmVhdHVyZXMiOnRydWUs',
  'InNjYWxlIjoyMCwibWFyZ2luIjp7ImtpbmQiOiJhZGRpdGl2ZS1hbmd1bGFyIiwicGFyYW1ldGVycyI6eyJtIjowLjV9fSwic3ViQ2VudGVycy',
  'I6MSwic3RhcnQiOiJldmVuIn0sImF1eGlsaWFyaWVzIjpbXSwiY3VycmljdWx1bSI6eyJub3JtYWxpemVGZWF0dXJlc0F0IjowLjUsIm1hcmdp',
  'biI6eyJzdGFydCI6MC41LCJlbmQiOjAuOH0sInNjYWxlIjpudWxsfSwib3B0aW1pemVyIjp7ImtpbmQiOiJhZGFtIiwicmF0ZSI6eyJraW5kIj',
  'oib25lLWN5Y2xlIiwidmFsdWUiOjAuMDA0LCJ3YXJtVXAiOjAuM30sIm1vbWVudHVtIjowLjksIndlaWdodERlY2F5IjowLCJjbGlwIjoxLCJi',
  'YXRjaFNpemUiOjY0fSwiZXBvY2hzIjoyMH0seyJ2ZXJzaW9uIjoxLCJzZWVkIjo3LCJkYXRhIjp7InNldCI6Im1uaXN0Iiwic2hpZnRzIjp0cn',
  'VlLCJzYW1wbGluZyI6eyJraW5kIjoic2h1ZmZsZSJ9fSwibmV0d29yayI6eyJraW5kIjoiY29tcGFjdCIsImRpbWVuc2lvbiI6MiwiZmVhdHVy',
  'ZUFjdGl2YXRpb24iOiJub25lIn0sImhlYWQiOnsiYmlhcyI6ZmFsc2UsInB1bGxzIjp0cnVlLCJub3JtYWxpemVXZWlnaHRzIjp0cnVlLCJub3',
  'JtYWxpemVGZWF0dXJlcyI6ZmFsc2UsInNjYWxlIjoxNiwibWFyZ2luIjp7ImtpbmQiOiJtdWx0aXBsaWNhdGl2ZSIsInBhcmFtZXRlcnMiOnsi',
  'bSI6NCwibGFtYmRhTWluIjo1LCJsYW1iZGFNYXgiOjEwMDAsImdhbW1hIjowLjJ9fSwic3ViQ2VudGVycyI6MSwic3RhcnQiOiJldmVuIn0sIm',
  'F1eGlsaWFyaWVzIjpbXSwiY3VycmljdWx1bSI6eyJub3JtYWxpemVGZWF0dXJlc0F0IjowLCJtYXJnaW4iOnsic3RhcnQiOjAsImVuZCI6MH0s',
  'InNjYWxlIjpudWxsfSwib3B0aW1pemVyIjp7ImtpbmQiOiJhZGFtIiwicmF0ZSI6eyJraW5kIjoib25lLWN5Y2xlIiwidmFsdWUiOjAuMDA0LC',
  'J3YXJtVXAiOjAuM30sIm1vbWVudHVtIjowLjksIndlaWdodERlY2F5IjowLCJjbGlwIjoxLCJiYXRjaFNpemUiOjY0fSwiZXBvY2hzIjoyMH1d',
].join('')

describe('older links', () => {
  it('open the run that they carry, and no lab', () => {
    const { runs, panels, page, ...others } = momentFrom(RUN)!
    expect(runs).toHaveLength(1)
    expect(runs![0]!.experiment).toEqual({ ...presetExperiment('arcface', 2), seed: 7 })
    expect([panels, page, others]).toEqual([{ shown: null }, { lab: null }, {}])
  })

  it('open several runs side by side, on the same images and batches', () => {
    const { runs } = momentFrom(RUNS)!
    expect(runs!.map(({ experiment }) => [experiment.head.margin.kind, experiment.seed])).toEqual([
      ['additive-angular', 7],
      ['multiplicative', 7],
    ])
  })
})

const IMAGES = {
  name: 'three',
  width: 1,
  height: 1,
  classes: ['a', 'b', 'c'],
  train: 4,
  test: 6,
  labels: Uint8Array.from({ length: 10 }, (_, i) => i % 3),
  pixels: new Uint8Array(10),
}

const recording = sampleRecording()
const RECORDED = {
  name: 'Sample',
  specs: [{ id: 'sample', experiment: parseExperiment(recording.experiment), among: 1 }] as [RecordingSpec],
}

function opened() {
  const environment = new FakeEnvironment()
  environment.images = IMAGES
  environment.recordings.set('sample', recording)
  return { environment, session: createSession(environment) }
}

/** A session that was opened by a link to a moment. */
async function reopened(moment: Moment) {
  const { session } = opened()
  session.show(carried(moment))
  await settled()
  return session
}

describe('a moment', () => {
  it('is what one sees of live runs: shown elsewhere it is the same', async () => {
    const { session } = opened()
    session.open(presetExperiment('softmax', 2), presetExperiment('arcface', 2))
    await settled()
    const { store } = session
    store.activate(session.state.runs[1]!.id)
    store.set({ forAll: true })
    store.setView({
      space: 'normalized',
      regions: false,
      threshold: 0.25,
      hiddenClasses: [2],
      focusedClass: 1,
    })
    session.selectPoints({ split: 'train', count: 3 })
    store.pin(2)
    store.showPanels(['bias', 'angles'])
    store.set({ lab: 'fig-5' })
    session.transport.setSpeed(20)
    session.stages.camera(false).place = { azimuth: 0, elevation: 0, zoom: 3, panX: 0.5, panY: 0 }
    const moment = session.moment()
    expect(moment).toMatchObject({
      active: 1,
      forAll: true,
      speed: 20,
      view: {
        space: 'normalized',
        regions: false,
        threshold: 0.25,
        hiddenClasses: [2],
        focusedClass: 1,
        points: { split: 'train', count: 3 },
        // The third of the training images.
        pinned: 2,
        camera: { zoom: 3, panX: 0.5 },
      },
      panels: { shown: ['bias', 'angles'] },
      page: { lab: 'fig-5' },
    })
    const other = await reopened(moment)
    expect(other.moment()).toEqual(moment)
    expect(isPlaying(other.state)).toBe(false)
  })

  it('names a picture by its place in the data set, whichever points are shown', async () => {
    const { session } = opened()
    session.open(seeded(1))
    await settled()
    session.store.pin(1)
    // Of the held-out images, which come after the four that are trained on.
    expect(session.moment().view!.pinned).toBe(5)
    const other = await reopened({
      ...session.moment(),
      view: { pinned: 5, points: { split: 'all', count: 10 } },
    })
    expect(other.state.pinned).toBe(5)
  })

  it('is where a recording is, at rest if it was', async () => {
    const { session } = opened()
    await session.openRecorded(RECORDED)
    session.playback.setSpeed(2)
    session.playback.player!.seekStep(3)
    session.store.setView({ hiddenClasses: [1] })
    session.store.pin(0)
    session.transport.pause()
    const moment = session.moment()
    expect(moment).toMatchObject({
      runs: [{ recording: 'sample' }],
      playback: { name: 'Sample', step: 3, speed: 2 },
      playing: false,
    })
    const other = await reopened(moment)
    expect(other.moment()).toEqual(moment)
    expect(other.runs.view.frame!.step).toBe(3)
    other.transport.play()
    expect((await reopened({ ...moment, playing: true })).playback.player!.playing).toBe(true)
    // Training goes on from the recording: then the moment is of a live run.
    session.playback.goLive()
    expect(session.moment()).not.toHaveProperty('playback')
  })

  it('begins live where its recording can not be had', async () => {
    const missing = momentOfRecorded({ ...RECORDED, specs: [{ ...RECORDED.specs[0], id: 'missing' }] })
    const session = await reopened({ ...missing, view: { hiddenClasses: [1] } })
    expect(session.state.playback).toBeNull()
    expect(session.state.view.hiddenClasses).toEqual([1])
    expect(session.state.notices).toHaveLength(1)
  })

  it('leaves as it is what it does not name', async () => {
    const { session } = opened()
    session.open(seeded(1), seeded(2))
    await settled()
    session.store.setView({ space: 'normalized', focusedClass: 2 })
    session.transport.play()
    await settled()
    const before = session.state
    session.show({})
    expect(session.state).toEqual(before)
    session.show({ view: { regions: false }, active: 1 })
    expect(session.state).toEqual({
      ...before,
      active: session.state.runs[1]!.id,
      view: { ...before.view, regions: false },
    })
    session.show(momentOf(seeded(3)))
    await settled()
    expect(session.state.view).toEqual({ ...before.view, regions: false })
    expect(session.state.runs.map(({ experiment }) => experiment.seed)).toEqual([3])
  })

  it('leaves out classes and pictures that the data set does not have', async () => {
    const session = await reopened({
      ...momentOf(seeded(1)),
      active: 3,
      view: {
        hiddenClasses: [1, 3],
        focusedClass: 200,
        pinned: 99,
        camera: { azimuth: 1e5, elevation: 2, zoom: 900, panX: 99, panY: 0 },
      },
    })
    expect(session.state.view).toMatchObject({ hiddenClasses: [1], focusedClass: null })
    expect(session.state.pinned).toBeNull()
    expect(session.stages.camera(false).place!.zoom).toBeLessThan(100)
  })

  it('is replaced by what is asked for after it', async () => {
    const { session } = opened()
    session.show({ ...momentOf(seeded(1)), view: { hiddenClasses: [1] } })
    session.open(seeded(2))
    await settled()
    expect(session.state.view.hiddenClasses).toEqual([])
    session.show({ ...momentOfRecorded(RECORDED), view: { hiddenClasses: [1] } })
    session.open(seeded(3))
    await settled()
    expect([session.experiment.seed, session.state.playback]).toEqual([3, null])
    expect(session.state.view.hiddenClasses).toEqual([])
  })

  it('waits with classes and pictures until there are some, the newest first', async () => {
    const { session } = opened()
    session.open(seeded(1))
    session.show({ view: { hiddenClasses: [0], focusedClass: 2, pinned: 5 } })
    session.show({ view: { hiddenClasses: [1] } })
    await settled()
    expect(session.state.view).toMatchObject({ hiddenClasses: [1], focusedClass: 2 })
    expect(session.state.pinned).toBe(1)
  })

  it('waits for its recording, and is not overwritten by what it then shows', async () => {
    const { session } = opened()
    session.show({ ...momentOfRecorded(RECORDED), view: { hiddenClasses: [1] } })
    session.show({ view: { hiddenClasses: [0] } })
    await settled()
    expect(session.state.playback).not.toBeNull()
    expect(session.state.view.hiddenClasses).toEqual([0])
    session.show({ view: { hiddenClasses: [] } })
    expect(session.state.view.hiddenClasses).toEqual([])
  })
})
