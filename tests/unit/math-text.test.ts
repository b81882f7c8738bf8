import { describe, expect, it } from 'vitest'
import { MARGINS } from '../../src/losses/margin-registry'
import { label } from '../../src/render/marks'
import { parseMath, parseRich, plainText, richWidth, spokenText } from '../../src/render/math-text'
import { svgText } from '../../src/render/svg-string'
import { THEME } from './fixture'

const shape = (tex: string) => parseMath(tex).map(({ text, face, level }) => [text, face, level])

describe('symbols in labels', () => {
  it('are set in the fonts of KaTeX', () => {
    expect(shape(String.raw`\psi(\theta)`)).toEqual([
      ['ψ', 'math', 0],
      ['(', 'roman', 0],
      ['θ', 'math', 0],
      [')', 'roman', 0],
    ])
    expect(shape(String.raw`\lVert W_j\rVert`)).toEqual([
      ['∥', 'roman', 0],
      ['W', 'math', 0],
      ['j', 'math', -1],
      ['∥', 'roman', 0],
    ])
    expect(shape('x^{ab}_i')).toEqual([
      ['x', 'math', 0],
      ['ab', 'math', 1],
      ['i', 'math', -1],
    ])
  })

  it('have space around relations and after operators', () => {
    expect(parseMath(String.raw`\psi = \cos\theta`).map(({ text, gap }) => [text, gap > 0])).toEqual([
      ['ψ', false],
      ['=', true],
      ['cos', true],
      ['θ', true],
    ])
    expect(plainText(String.raw`see $\lVert x\rVert = 1$`)).toBe('see ∥x∥ = 1')
  })

  it('are refused when they are unknown or cut off', () => {
    expect(() => parseMath(String.raw`\frac12`)).toThrow(RangeError)
    expect(() => parseMath('W_')).toThrow(RangeError)
    expect(() => parseMath('{W')).toThrow(RangeError)
    expect(() => parseMath(String.raw`\constructor`)).toThrow(RangeError)
  })

  it('are known for every parameter of every margin', () => {
    for (const { parameters } of MARGINS) {
      for (const { symbol } of parameters) expect(() => parseMath(symbol)).not.toThrow()
    }
  })
})

describe('text with symbols', () => {
  it('is cut at dollar signs', () => {
    expect(parseRich('class $W_j$ now').map(({ text, face }) => `${face}:${text}`)).toEqual([
      'text:class ',
      'math:W',
      'math:j',
      'text: now',
    ])
  })

  it('comes back to the line after a subscript', () => {
    expect(svgText([label(THEME, '$b_j$ = 1', 0, 0)])).toMatchInlineSnapshot(`
      "<text x="0" y="0" fill="#55565c" font-size="12"><tspan font-size="13.56" font-family="KaTeX_Math" font-style="italic" font-weight="normal">b</tspan><tspan dy="2.4" font-size="9.76" font-family="KaTeX_Math" font-style="italic" font-weight="normal">j</tspan><tspan dy="-2.4"> = 1</tspan></text>
      "
    `)
  })

  it('is spoken in words', () => {
    expect(spokenText(String.raw`$\lVert W_j\rVert$ = 1.2`)).toBe('norm of W j = 1.2')
    expect(spokenText(String.raw`$\psi(\theta)$ falls`)).toBe('psi of theta falls')
  })

  it('has about the width that was measured in a browser', () => {
    // Source Sans 3 at 12 px.
    expect(richWidth('own class', 12)).toBeGreaterThan(44)
    expect(richWidth('own class', 12)).toBeLessThan(54)
    expect(richWidth('0123456789', 12)).toBe(60)
  })
})
