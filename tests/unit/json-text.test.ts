import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJsonText } from '../../cli/json-text'

describe('a JSON text', () => {
  it('is read as JSON.parse reads it', () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value)
        expect(parseJsonText(text)).toEqual(JSON.parse(text))
      }),
    ))

  it.each([
    ['[1, NaN]', 'line 1, column 5: NaN is not a number'],
    ['{"a":\n -Infinity}', 'line 2, column 2: -Infinity is not a number'],
    ['[1, 2,\r\n]', 'line 2, column 1: a value should be here, and not "]"'],
    ['{"a": 1,}', 'line 1, column 9: a key in double quotes'],
    ["{'a': 1}", 'line 1, column 2: a key in double quotes'],
    ['{"a" 1}', 'line 1, column 6: a colon'],
    ['[1 2]', 'line 1, column 4: a comma or a closing bracket'],
    ['[1}', 'line 1, column 3: a comma or a closing bracket'],
    ['[\n[1, 2', 'line 2, column 6: the text ends within the "[" of line 2'],
    ['', 'line 1, column 1: the text ends without a value'],
    ['[1] 2', 'line 1, column 5: "2" comes after the end'],
    ['["a', 'line 1, column 2: a text that does not end'],
    ['[01]', 'line 1, column 2: a value should be here'],
  ])('%j: %s', (text, message) => {
    expect(() => parseJsonText(text)).toThrow(message)
  })

  it('that was cut off or changed somewhere is wrong at some place', () =>
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.nat(),
        fc.constantFrom('', '"', '}', ',', 'x', '\\'),
        (value, at, put) => {
          const text = JSON.stringify([value])
          const place = at % text.length
          const other = text.slice(0, place) + put + (put === '' ? '' : text.slice(place + 1))
          let right = true
          try {
            JSON.parse(other)
          } catch {
            right = false
          }
          if (!right) expect(() => parseJsonText(other)).toThrow(/^line 1, column \d+: /)
        },
      ),
      { numRuns: 1000 },
    ))
})
