import type { SourceFile } from './errors'

/**
 * What tells the contents of files apart, whatever their names and order: 16 hexadecimal digits. Not a
 * cryptographic hash (a browser has those only on pages with TLS): it finds a wrong file, not a forged one.
 */
export function fingerprint(files: readonly Pick<SourceFile, 'bytes'>[]): string {
  const each = files.map(({ bytes }) => digest(bytes)).sort()
  return each.length === 1 ? each[0]! : digest(new TextEncoder().encode(each.join(' ')))
}

/** Two lanes of MurmurHash3's mixing of 32-bit words, with different seeds. */
function digest(bytes: Uint8Array<ArrayBuffer>): string {
  // Words need their alignment, and the last one all of its bytes.
  const whole = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice()
  const words = new Uint32Array(whole.buffer, whole.byteOffset, whole.length >> 2)
  let a = 0x9e3779b9
  let b = 0x85ebca6b
  for (let i = 0; i < words.length; i++) {
    a = mix(a, words[i]!, 0xcc9e2d51, 0x1b873593)
    b = mix(b, words[i]!, 0x239b961b, 0xab0e9789)
  }
  for (let i = 4 * words.length; i < whole.length; i++) {
    a = mix(a, whole[i]!, 0xcc9e2d51, 0x1b873593)
    b = mix(b, whole[i]!, 0x239b961b, 0xab0e9789)
  }
  return hex(finish(a ^ whole.length)) + hex(finish(b ^ whole.length))
}

function mix(h: number, word: number, first: number, second: number): number {
  const k = Math.imul(word, first)
  h ^= Math.imul((k << 15) | (k >>> 17), second)
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0
}

function finish(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

const hex = (value: number): string => value.toString(16).padStart(8, '0')
