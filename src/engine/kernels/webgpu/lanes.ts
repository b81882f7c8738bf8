const XYZW = ['x', 'y', 'z', 'w'] as const

/** How WGSL writes one number, or four at once. */
export interface Lanes {
  readonly int: string
  readonly uint: string
  readonly float: string
  /** Expressions for the single numbers in a value. */
  readonly parts: (value: string) => readonly string[]
}

export const ONE: Lanes = { int: 'i32', uint: 'u32', float: 'f32', parts: (value) => [value] }
export const FOUR: Lanes = {
  int: 'vec4i',
  uint: 'vec4u',
  float: 'vec4f',
  parts: (value) => XYZW.map((lane) => `${value}.${lane}`),
}

/**
 * Statements for each of four neighbouring columns, `column` the first, that leave out those beyond the last.
 * @param statement given the lane's number and its name in a vector
 */
export function eachColumn(columns: number, statement: (lane: number, name: string) => string): string {
  const statements = XYZW.map((name, lane) => statement(lane, name))
  if (columns % 4 === 0) return `if (column < ${columns}u) { ${statements.join(' ')} }`
  return statements.map((text, lane) => `if (column + ${lane}u < ${columns}u) { ${text} }`).join('\n  ')
}
