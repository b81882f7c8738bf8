import { expect, it } from 'vitest'
import { Medians } from '../../src/render/stage/medians'
import { PointCloud } from '../../src/render/stage/point-cloud'
import type { StageData } from '../../src/render/stage/stage-data'
import { stageData } from './stage-data'

function take(medians: Medians, data: StageData): void {
  const cloud = new PointCloud()
  cloud.update(data)
  medians.update(data, cloud.target)
}

it('are those of each class, coordinate by coordinate', () => {
  const places = [
    [1, 10],
    [0, 0],
    [2, 30],
    [0, 0],
    [9, 20],
    [0, 0],
    [3, 0],
    [0, 4],
    [4, 5],
  ]
  const medians = new Medians()
  take(medians, stageData(places))
  // Class a has points 0, 2, 4, 6, 8.
  expect(Array.from(medians.position.subarray(0, 2))).toEqual([3, 10])
  expect(medians.has(0)).toBe(true)
  expect(medians.has(1)).toBe(true)
})

it('name no class of very few points', () => {
  const medians = new Medians()
  take(
    medians,
    stageData([
      [1, 0],
      [2, 0],
      [3, 0],
    ]),
  )
  expect(medians.has(0)).toBe(false)
})

it('glide to where the points went, and jump when these are others', () => {
  const at = (x: number): number[][] => Array.from({ length: 10 }, () => [x, 0])
  const medians = new Medians()
  take(medians, stageData(at(0)))
  take(medians, stageData(at(1)))
  expect(medians.position[0]).toBe(0)
  while (medians.glide(16, 1));
  expect(medians.position[0]).toBeCloseTo(1, 2)
  take(medians, stageData(at(5), { generation: 2 }))
  expect(medians.position[0]).toBe(5)
})
