/**
 * A normal deviate for a sample of a step, the same for the same numbers on any device: two hashes (the
 * finalizer of MurmurHash3) give the uniform deviates of Box and Muller. NOISE_SHADER is the same in WGSL.
 * @param seed what tells the steps apart, a whole number in [0, 2³²)
 */
export function noiseOf(seed: number, row: number): number {
  const first = mix(seed ^ Math.imul(2 * row + 1, 0x9e3779b1))
  const second = mix(first ^ 0x85ebca77)
  return Math.sqrt(-2 * Math.log(uniform(first))) * Math.cos(2 * Math.PI * uniform(second))
}

function mix(h: number): number {
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** 23 bits, in the middle of their interval: exact in float32, never 0 or 1. */
const uniform = (h: number): number => ((h >>> 9) + 0.5) / 2 ** 23

/** `fn noiseOf(seed: u32, row: u32) -> f32`; needs EXACT_FUNCTIONS. */
export const NOISE_SHADER = `
fn mix32(start: u32) -> u32 {
  var h = start;
  h ^= h >> 16u;
  h *= 0x85ebca6bu;
  h ^= h >> 13u;
  h *= 0xc2b2ae35u;
  return h ^ (h >> 16u);
}
fn uniformOf(h: u32) -> f32 { return (f32(h >> 9u) + 0.5) / 8388608.0; }
fn noiseOf(seed: u32, row: u32) -> f32 {
  let first = mix32(seed ^ ((2u * row + 1u) * 0x9e3779b1u));
  let second = mix32(first ^ 0x85ebca77u);
  return sqrt(-2.0 * log(uniformOf(first))) * exactCos(${2 * Math.PI} * uniformOf(second));
}`
