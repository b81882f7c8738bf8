import { marginSymbols } from '../../src/losses/margin-setting'
import { expect, it } from 'vitest'
import { MarginTable } from '../../src/losses/margin-table'

function update(table: MarginTable, kind: string, parameters: Record<string, number>): boolean {
  const margin = { kind, parameters }
  return table.update({ margin, symbols: marginSymbols(margin, 1, 0) })
}

it('is the cosine, and not active, without margin', () => {
  const table = new MarginTable()
  update(table, 'none', {})
  expect(table.active).toBe(false)
  for (const theta of [0, 0.3, 1, 2, Math.PI]) expect(table.psi(theta)).toBeCloseTo(Math.cos(theta), 5)
})

it('follows ψ between its entries', () => {
  const table = new MarginTable()
  update(table, 'additive-angular', { m: 0.4 })
  expect(table.active).toBe(true)
  expect(table.grows).toBe(false)
  for (let theta = 0; theta + 0.4 < Math.PI; theta += 0.0317) {
    expect(table.psi(theta)).toBeCloseTo(Math.cos(theta + 0.4), 5)
  }
})

it('is rewritten only when the head asks for another ψ', () => {
  const table = new MarginTable()
  expect(update(table, 'additive-cosine', { m: 0.1 })).toBe(true)
  const { version } = table
  expect(update(table, 'additive-cosine', { m: 0.1 })).toBe(false)
  expect(table.version).toBe(version)
  expect(update(table, 'additive-cosine', { m: 0.2 })).toBe(true)
  expect(table.psi(0)).toBeCloseTo(0.8, 6)
})

it('counts a margin of strength 0 as none', () => {
  const table = new MarginTable()
  const margin = { kind: 'additive-angular', parameters: { m: 0.5 } }
  table.update({ margin, symbols: marginSymbols(margin, 0, 0) })
  expect(table.active).toBe(false)
})
