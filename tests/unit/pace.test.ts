import { expect, it } from 'vitest'
import { Pace } from '../../src/render/stage/pace'

function run(pace: Pace, gap: number, frames: number): Pace {
  for (let i = 0; i < frames; i++) pace.observe(gap)
  return pace
}

it('draws in full where frames come fast', () => {
  const pace = run(new Pace(), 16.7, 500)
  expect(pace.scale).toBe(1)
  expect(pace.rest).toBe(0)
})

it('draws coarser where they are slow, and then rests between them', () => {
  const pace = run(new Pace(), 300, 30)
  expect(pace.scale).toBe(0.5)
  expect(pace.slow).toBe(true)
  expect(pace.rest).toBe(450)
})

it('does not mind a hiccup, or a page that was hidden', () => {
  const pace = run(new Pace(), 16, 3)
  run(pace, 900, 2)
  run(pace, 16, 20)
  run(pace, 60_000, 20)
  expect(pace.scale).toBe(1)
})

it('draws finer again when the device has time to spare', () => {
  const pace = run(new Pace(), 100, 10)
  expect(pace.slow).toBe(true)
  run(pace, 8, 400)
  expect(pace.scale).toBe(1)
})
