import { beforeEach, expect, it, vi } from 'vitest'
import type { Panel } from '../../src/panels/panel'
import { mark } from '../../src/render/marks'
import { FakeEnvironment } from './fake-environment'
import { FakeElement, FakeNode, fakeSvg } from './fake-dom'
import { emptyRun, frameAt } from './fixture'

/** Animation frames happen when a test says so. */
let frames: (() => void)[] = []
const nextFrame = (): void => {
  for (const callback of frames.splice(0)) callback()
}

vi.stubGlobal('requestAnimationFrame', (callback: () => void) => frames.push(callback))
vi.stubGlobal('Node', FakeNode)
vi.stubGlobal('document', {
  createElementNS: (_: string, tag: string) => new FakeElement(tag),
  documentElement: {},
})
vi.stubGlobal('getComputedStyle', () => ({
  getPropertyValue: () => '',
  fontSize: '16px',
  colorScheme: 'light',
}))
vi.stubGlobal(
  'MutationObserver',
  class {
    observe = vi.fn()
  },
)
vi.stubGlobal('matchMedia', () => ({ addEventListener: vi.fn() }))

const { LiveFigure } = await import('../../src/panels/live-figure')
const { createSession } = await import('../../src/session/session')
const session = createSession(new FakeEnvironment())
const { store } = session
const runView = session.runs.view

function panelThat(draw: () => void, needs: Panel['needs'] = ['weights']): Panel {
  const scene = {
    marks: [mark('circle', { r: 3 })],
    summary: '',
    readouts: {
      count: 2,
      start: 0,
      nearest: () => 0,
      at: (i: number) => ({ x: i, y: 0, lines: [String(i)], marks: [] }),
    },
  }
  return {
    id: 'test',
    after: null,
    title: 'Test',
    subtitle: '',
    help: '',
    share: 1,
    needs,
    create: () => ({
      draw: () => {
        draw()
        return scene
      },
    }),
  }
}

function figureOf(panel: Panel) {
  const { root, svg } = fakeSvg()
  const events = { empty: vi.fn(), failed: vi.fn(), read: vi.fn() }
  const figure = new LiveFigure(session, panel, svg, 1, events)
  figure.resize(100, 50)
  return { figure, root, events }
}

beforeEach(() => {
  frames = []
  Object.assign(runView, emptyRun())
  store.setRun(0, { status: { kind: 'paused' } })
})

it('draws once an animation frame, however much changes', () => {
  const draw = vi.fn()
  const { figure } = figureOf(panelThat(draw))
  runView.changed()
  runView.changed()
  store.setView({ focusedClass: 1 })
  nextFrame()
  expect(draw).toHaveBeenCalledTimes(1)
  figure.dispose()
  runView.changed()
  nextFrame()
  expect(draw).toHaveBeenCalledTimes(1)
})

it('keeps an error to itself, and draws again when told to', () => {
  let broken = true
  const failing = figureOf(
    panelThat(() => {
      if (broken) throw new Error('no such number')
    }),
  )
  const draw = vi.fn()
  const sound = figureOf(panelThat(draw))
  nextFrame()
  expect(failing.events.failed).toHaveBeenCalledWith(expect.objectContaining({ message: 'no such number' }))
  expect(failing.root.children).toHaveLength(0)
  expect(draw).toHaveBeenCalledTimes(1)
  runView.changed()
  nextFrame()
  expect(failing.events.failed).toHaveBeenCalledTimes(1)
  expect(draw).toHaveBeenCalledTimes(2)

  broken = false
  failing.figure.retry()
  nextFrame()
  expect(String(failing.root)).toContain('<circle')
  failing.figure.dispose()
  sound.figure.dispose()
})

it('draws neither out of sight nor for frames without what it needs', () => {
  const draw = vi.fn()
  const { figure } = figureOf(panelThat(draw, ['points']))
  nextFrame()
  runView.receive({ ...frameAt(runView, 1), points: null })
  nextFrame()
  expect(draw).toHaveBeenCalledTimes(1)
  runView.receive(frameAt(runView, 2))
  nextFrame()
  expect(draw).toHaveBeenCalledTimes(2)
  figure.setVisible(false)
  runView.receive(frameAt(runView, 3))
  nextFrame()
  expect(draw).toHaveBeenCalledTimes(2)
  figure.setVisible(true)
  nextFrame()
  expect(draw).toHaveBeenCalledTimes(3)
  figure.dispose()
})

it('draws about 16 times a second while it plays, and at once what the user does', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const draw = vi.fn()
  const { figure } = figureOf(panelThat(draw))
  nextFrame()
  store.setRun(0, { status: { kind: 'playing' } })
  for (let t = 0; t < 1000; t += 10) {
    vi.advanceTimersByTime(10)
    runView.changed()
    nextFrame()
  }
  expect(draw.mock.calls.length).toBeGreaterThan(11)
  expect(draw.mock.calls.length).toBeLessThan(18)
  draw.mockClear()
  store.setView({ focusedClass: 2 })
  nextFrame()
  expect(draw).toHaveBeenCalledTimes(1)
  figure.dispose()
  vi.useRealTimers()
})

it('reads values one after the other, and stops at the ends', () => {
  const { figure, events } = figureOf(panelThat(() => undefined))
  nextFrame()
  expect(figure.readOn(1)?.lines).toEqual(['0'])
  expect(figure.readOn(1)?.lines).toEqual(['1'])
  expect(figure.readOn(1)?.lines).toEqual(['1'])
  expect(figure.readOn(-5)?.lines).toEqual(['0'])
  figure.stopReading()
  expect(events.read).toHaveBeenLastCalledWith(null, 100, 50)
  figure.dispose()
})
