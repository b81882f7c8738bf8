/**
 * Seeded random numbers. A stream is named by a seed and by labels, so that drawing more numbers in one
 * place (say, the augmentation) never shifts those of another (say, the initial weights).
 */
export class Random {
  private a: number
  private b: number
  private c: number
  private counter = 1

  constructor(seed: number, ...labels: (string | number)[]) {
    let h = hash(0x9e3779b9, seed >>> 0)
    for (const label of labels) {
      if (typeof label === 'number') h = hash(h, label >>> 0)
      else for (let i = 0; i < label.length; i++) h = hash(h, label.charCodeAt(i))
    }
    this.a = hash(h, 1)
    this.b = hash(h, 2)
    this.c = hash(h, 3)
    for (let i = 0; i < 12; i++) this.uint32()
  }

  /** A whole number in [0, 2³²): the generator sfc32 (Doty-Humphrey, PractRand). */
  uint32(): number {
    const t = (this.a + this.b + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0
    return t >>> 0
  }

  /** A number in [0, 1). */
  uniform(): number {
    return this.uint32() / 4294967296
  }

  /** A whole number in [0, n). */
  below(n: number): number {
    return Math.floor(this.uniform() * n)
  }

  /** A normal deviate with mean 0 and deviation 1 (Box and Muller). */
  normal(): number {
    const r = Math.sqrt(-2 * Math.log(1 - this.uniform()))
    return r * Math.cos(2 * Math.PI * this.uniform())
  }

  /** Shuffles in place (Fisher and Yates) and returns the same array. */
  shuffle<A extends { readonly length: number; [index: number]: A[number] }>(values: A): A {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      const held = values[i]!
      values[i] = values[j]!
      values[j] = held
    }
    return values
  }
}

/** Mixes a word into a hash (the finalizer of MurmurHash3). */
function hash(h: number, word: number): number {
  h = Math.imul(h ^ word, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
