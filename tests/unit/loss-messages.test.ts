import { describe, expect, it } from 'vitest'
import { evaluateLoss, LossCaseError, losses, type LossCase } from '../../src/library/losses'

const CASE = {
  x: [
    [1, 2],
    [2, 1],
  ],
  W: [
    [1, 0],
    [0, 1],
  ],
  y: [0, 1],
}

function errorOf(lossCase: LossCase): LossCaseError {
  try {
    evaluateLoss(lossCase)
  } catch (error) {
    if (error instanceof LossCaseError) return error
    throw error
  }
  throw new Error('it has a result')
}

describe('what a loss says of a case', () => {
  it('in degrees: what it is in radians, for every angle of every loss', () => {
    const angles = losses.flatMap(({ id, parameters }) =>
      parameters.filter(({ unit }) => unit === 'rad').map((parameter) => [id, parameter.id] as const),
    )
    expect(angles.map(([loss]) => loss)).toContain('arcface')
    for (const [loss, id] of angles) {
      const { field, message } = errorOf({ ...CASE, loss, params: { [id]: 28.6 } })
      expect(field).toBe(`params.${id}`)
      expect(message).toMatch(/radians: it is 28\.6; angles are in radians, and 28\.6° are 0\.4992/)
    }
  })

  it('which is no angle: what it is, and no word of degrees', () => {
    const { message } = errorOf({ ...CASE, loss: 'cosface', params: { margin: 28.6 } })
    expect(message).toMatch(/^params\.margin must be a number from .*: it is 28\.6$/)
    expect(errorOf({ ...CASE, loss: 'arcface', params: { margin: 99 } }).message).not.toContain('°')
    expect(errorOf({ ...CASE, loss: 'arcface', params: { margin: NaN } }).message).toContain('it is NaN')
  })

  it('which has no finite result: what of it makes it so', () => {
    const b = [0, 0]
    const { x, W } = CASE
    const bad = (lossCase: Partial<LossCase>): LossCaseError =>
      errorOf({ ...CASE, loss: 'softmax', b, ...lossCase })
    const rows = (...all: number[][]): number[][] => all
    expect(bad({ x: rows([1, 2], [1e308, 1e308]) }).message).toMatch(
      /^x makes .* not finite: x\[1\]\[0\] is 1e\+308$/,
    )
    expect(bad({ W: rows([1, 0], [1e308, 1e308]) }).field).toBe('W')
    // The largest number is not the one that does it.
    const harmless = { b: [0, 1e307], x: rows([1, 2], [1e10, 1]) }
    expect(bad({ ...harmless, W: rows([1, 0], [1e303, 1]) }).field).toBe('W')
    const centers = rows([0, 0], [0, 1e200])
    expect(errorOf({ loss: 'center', x, y: [0, 1], centers }).field).toBe('centers')
    expect(errorOf({ loss: 'adacos', x, W, y: [0, 1], params: { scale: 1e308 } }).field).toBe('params.scale')
  })
})
