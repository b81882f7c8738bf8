import { describe, expect, it } from 'vitest'
import { nextOrder, rangeOf, sortRows } from '../../src/app/table-columns'
import { intraToInterRatio, unitRows } from '../../src/geometry/compactness'
import { decodeTable, encodePicture, TableFileError } from '../../src/io/table-file'
import { tableFile } from '../table-sample'

describe('a table file', () => {
  it('keeps a picture to half a byte step, and what lies outside at its edge', () => {
    const points = Float32Array.from({ length: 200 }, (_, i) => Math.sin(i))
    points[0] = 1000
    const labels = Uint8Array.from({ length: 100 }, (_, i) => i % 2)
    const picture = encodePicture(points, labels, Float32Array.of(0, 3, -1.5, 0))
    const { pictures } = decodeTable(JSON.stringify({ ...tableFile(), pictures: { arcface: picture } }))
    const { points: read, vectors } = pictures.get('arcface')!
    expect(read).toHaveLength(100)
    expect(read.map(({ label }) => label)).toEqual([...labels])
    expect(read[0]!.x).toBe(1)
    const factor = read[10]!.x / points[20]!
    for (let i = 1; i < 100; i++)
      expect(Math.abs(read[i]!.y - factor * points[2 * i + 1]!)).toBeLessThan(0.02)
    expect(vectors[0]!.y).toBe(1)
    expect(vectors[1]!.x).toBeCloseTo(-0.5, 2)
  })

  it.each([
    ['not JSON', 'nonsense', 'not JSON'],
    ['another version', JSON.stringify({ ...tableFile(), version: 2 }), 'version'],
    [
      'a point without class',
      JSON.stringify({ ...tableFile(), pictures: { arcface: { points: 'AAAF', vectors: 'AAAA' } } }),
      'picture of arcface',
    ],
    [
      'half a point',
      JSON.stringify({ ...tableFile(), pictures: { arcface: { points: 'AAA=', vectors: 'AAAA' } } }),
      'picture of arcface',
    ],
  ])('with %s is refused', (_, text, message) => {
    expect(() => decodeTable(text)).toThrow(TableFileError)
    expect(() => decodeTable(text)).toThrow(message)
  })
})

describe('the order of rows', () => {
  const { rows } = decodeTable(JSON.stringify(tableFile()))
  const names = (order: Parameters<typeof sortRows>[1]): string[] =>
    sortRows(rows, order).map(({ preset }) => preset)

  it('has the better end first, and turns round', () => {
    const byRatio = nextOrder({ by: 'testAccuracy', descending: true }, 'intraToInter')
    expect(byRatio.descending).toBe(false)
    expect(nextOrder(byRatio, 'intraToInter').descending).toBe(true)
    const sorted = names({ by: 'testAccuracy', descending: true })
    expect(names({ by: 'testAccuracy', descending: false })).toEqual([...sorted].reverse())
  })

  it('shows a range only where there is one', () => {
    const format = (value: number): string => value.toFixed(1)
    expect(rangeOf({ median: 1, least: 0.99, most: 1.02 }, format)).toBe('')
    expect(rangeOf({ median: 1, least: 0.9, most: 1.1 }, format)).toBe('0.9–1.1')
  })
})

describe('the ratio of intra-class to inter-class distance', () => {
  it('is 1 / 4 for pairs 1 off their means, which are 4 apart', () => {
    const rows = Float32Array.of(-1, 0, 1, 0, -1, 4, 1, 4, 9, 9, 11, 9)
    expect(intraToInterRatio(rows, [0, 0, 1, 1, 2, 2], 2, 3)).toBeCloseTo(0.25, 12)
  })

  it('does not change with the lengths of the features once they are unit', () => {
    expect([...unitRows(Float32Array.of(3, 4, 0, 0, -6, 8), 2)].map((x) => Number(x.toFixed(6)))).toEqual([
      0.6, 0.8, 0, 0, -0.6, 0.8,
    ])
  })
})
