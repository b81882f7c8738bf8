import { describe, expect, it } from 'vitest'
import { classColour, contrast, legible } from '../../src/render/theme'
import { THEME } from './fixture'

describe('class colours', () => {
  it('have enough contrast as type, and change no more than that takes', () => {
    expect(contrast('#ffffff', '#000000')).toBeCloseTo(21, 5)
    for (const ink of THEME.classInks) expect(contrast(ink, THEME.paper)).toBeGreaterThanOrEqual(4.5)
    expect(legible('#bd1f01', '#fbfaf7', '#1c1d21')).toBe('#bd1f01')
  })

  it('are shared by neighbours where there are more than ten classes', () => {
    const colours = Array.from({ length: 26 }, (_, j) => classColour(THEME, j, 26))
    expect(new Set(colours).size).toBe(10)
    expect(colours).toEqual(colours.toSorted((a, b) => THEME.classes.indexOf(a) - THEME.classes.indexOf(b)))
  })
})
