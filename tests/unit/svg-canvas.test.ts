import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { group, label, mark, type Mark } from '../../src/render/marks'
import { SvgCanvas } from '../../src/render/svg-canvas'
import { FakeElement, FakeNode, fakeSvg } from './fake-dom'
import { THEME } from './fixture'

beforeEach(() => {
  vi.stubGlobal('document', { createElementNS: (_: string, tag: string) => new FakeElement(tag) })
  vi.stubGlobal('Node', FakeNode)
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const circle = (key: string, cx: number): Mark => mark('circle', { cx, r: 3 }, [], key)

it('writes only what changed', () => {
  const { root, svg } = fakeSvg()
  const canvas = new SvgCanvas(svg)
  const axis = group('axis', [mark('line', { x1: 0, x2: 9 })])
  canvas.draw([axis, circle('a', 1), circle('b', 2)])
  const before = String(root)
  FakeElement.writes = 0
  canvas.draw([axis, circle('a', 1), circle('b', 2.001)])
  expect(FakeElement.writes).toBe(0)
  expect(String(root)).toBe(before)
  canvas.draw([axis, circle('a', 1), circle('b', 5)])
  expect(FakeElement.writes).toBe(1)
  expect(String(root)).toContain('cx="5"')
})

it('keeps elements by their key, in the order of the marks', () => {
  const { root, svg } = fakeSvg()
  const canvas = new SvgCanvas(svg)
  canvas.draw([circle('a', 1), circle('b', 2), circle('c', 3)])
  const [a, b, c] = root.children
  canvas.draw([circle('c', 3), circle('d', 4), circle('a', 1)])
  expect(root.children[0]).toBe(c)
  expect(root.children[2]).toBe(a)
  expect(root.children).toHaveLength(3)
  expect(root.children).not.toContain(b)
  canvas.clear()
  expect(root.children).toHaveLength(0)
})

it('changes text to text with symbols and back', () => {
  const { root, svg } = fakeSvg()
  const canvas = new SvgCanvas(svg)
  const show = (text: string): string => {
    canvas.draw([label(THEME, text, 0, 0, { key: 'note' })])
    return String(root)
  }
  const plain = show('no r')
  expect(show('$r$ = 1')).toContain('<tspan')
  expect(show('no r')).toBe(plain)
  expect(show('none')).toBe(plain.replace('no r', 'none'))
})

it('leaves out attributes that are undefined, and removes those that become so', () => {
  const { root, svg } = fakeSvg()
  const canvas = new SvgCanvas(svg)
  canvas.draw([mark('line', { x1: 1, opacity: undefined })])
  expect(String(root)).toBe('<svg><line x1="1"></line></svg>')
  canvas.draw([mark('line', { x1: 1, opacity: 0.5 })])
  canvas.draw([mark('line', { x1: undefined, opacity: 0.5 })])
  expect(String(root)).toBe('<svg><line opacity="0.5"></line></svg>')
})

it('refuses two marks with one key', () => {
  const canvas = new SvgCanvas(fakeSvg().svg)
  expect(() => canvas.draw([circle('a', 1), circle('a', 2)])).toThrow('two marks')
})
