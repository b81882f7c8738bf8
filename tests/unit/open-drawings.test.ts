import { createElement } from 'react'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StageHeader } from '../../src/app/StageHeader'
import { parseExperiment } from '../../src/engine/config'
import { TERMS } from '../../src/losses/term-registry'
import { discRadius } from '../../src/render/stage/scene'
import { SEGMENT_STRIDE } from '../../src/render/stage/segments'
import type { StageModel } from '../../src/render/stage/model'
import { createSession } from '../../src/session/session'
import { SAMPLE_TERMS } from '../sample-terms'
import { FakeEnvironment } from './fake-environment'
import { emptyRun, frameAt } from './fixture'
import { rendered } from './rendered'
import { SETTINGS, stageModel } from './stage-data'

// Drawings of terms that are declared here alone come onto the stage as those of the project do.

let takeAway: (() => void)[] = []
beforeAll(() => {
  takeAway = SAMPLE_TERMS.map((term) => TERMS.add(term))
})
afterAll(() => {
  takeAway.forEach((undo) => undo())
})

const configured = (...kinds: readonly string[]) =>
  parseExperiment({ terms: kinds.map((kind) => ({ kind })) })

/** A stage after a frame of a run with these terms, which carry this. */
function stageOf(states: readonly number[], ...kinds: readonly string[]): StageModel {
  const experiment = configured(...kinds)
  const run = emptyRun()
  run.receive({ ...frameAt(run, 40, experiment), termStates: Float32Array.from(states) })
  const model = stageModel(run, { ...SETTINGS, terms: experiment.terms })
  model.compose(-1, -1)
  return model
}

/** The ends of the segments that are as wide as this, in the unit of the features. */
function linesOf({ scene }: StageModel, width: number): number[][] {
  const { data, count } = scene.segments
  const unit = scene.reach / discRadius(scene)
  return Array.from({ length: count }, (_, k) => data.subarray(k * SEGMENT_STRIDE, (k + 1) * SEGMENT_STRIDE))
    .filter((segment) => Math.abs(segment[8]! - width) < 1e-6)
    .map((segment) => [...segment.subarray(0, 4)].map((value) => value * unit))
}

/** What the switch above the stage that shows terms is called; nothing where there is none. */
function switchOf(...kinds: readonly string[]): string | undefined {
  const session = createSession(new FakeEnvironment())
  session.settings.setExperiment(configured(...kinds))
  const header = createElement(StageHeader, { shown: session.state.runs, stages: new Map() })
  const html = rendered(session, header)
  return /Show what the terms of the loss act on now[^>]*>([^<]*)</.exec(html)?.[1]
}

describe('a term that lies elsewhere has drawn', () => {
  it('of pairs, which samples act on each other', () => {
    const model = stageOf([], 'test-crowd')
    const [caption] = model.terms.captions()
    const [, i, j] = /^The two nearest are (\d+) and (\d+)\.$/.exec(caption!)!.map(Number)
    expect(i).not.toBe(j)
    const lines = linesOf(model, 5)
    expect(lines).toHaveLength(1)
    // Of 24 samples of a batch, no two are far apart.
    const [ax, ay, bx, by] = lines[0]! as [number, number, number, number]
    expect(Math.hypot(ax - bx, ay - by)).toBeLessThan(1)
  })

  it('of centres, where these are', () => {
    const model = stageOf([1, 2, -3, 4, 5, -6, 7, 8], 'test-anchor')
    expect(model.terms.captions()).toEqual(['Each class has an anchor, 8 numbers in all.'])
    const ends = linesOf(model, 3).map((line) => line.slice(2).map((value) => Number(value.toFixed(3))))
    expect(ends).toEqual([
      [1, 2],
      [-3, 4],
      [5, -6],
      [7, 8],
    ])
  })

  it('nothing at centres of a run that is shown no more', () => {
    const model = stageOf([1, 2, -3, 4, 5, -6, 7, 8], 'test-anchor')
    const other = emptyRun()
    other.receive(frameAt(other, 40))
    model.setData(other)
    model.updateData()
    model.compose(-1, -1)
    expect(linesOf(model, 3)).toEqual([])
  })

  it('of features, by the number that it has learned', () => {
    const model = stageOf([2.5], 'test-ring')
    expect(model.terms.captions()).toEqual(['The ring has the radius 2.5.'])
    const circle = linesOf(model, 1.6)
    expect(circle.length).toBeGreaterThan(30)
    for (const [x, y] of circle) expect(Math.hypot(x!, y!)).toBeCloseTo(2.5, 4)
  })

  it('nothing, where it says nothing', () => {
    const model = stageOf([], 'test-short')
    expect(model.terms.captions()).toEqual([])
    expect(model.scene.segments.count).toBe(stageOf([]).scene.segments.count)
  })

  it('all of them, in their order', () => {
    const model = stageOf([2.5, 1, 2, -3, 4, 5, -6, 7, 8], 'test-ring', 'test-anchor')
    expect(model.terms.captions()).toEqual([
      'The ring has the radius 2.5.',
      'Each class has an anchor, 8 numbers in all.',
    ])
  })
})

it('the switch that shows them has the name of the drawing, and there is none where nothing is drawn', () => {
  expect(switchOf('test-ring')).toBe('ring')
  expect(switchOf('test-ring', 'test-short')).toBe('ring')
  expect(switchOf('test-ring', 'test-crowd')).toBe('terms')
  expect(switchOf('triplet')).toBe('triplets')
  expect(switchOf('test-short')).toBeUndefined()
  expect(switchOf()).toBeUndefined()
})
