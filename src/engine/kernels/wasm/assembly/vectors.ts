// Loops over runs of floats, four at a time. Lengths are counted in floats, offsets in bytes.

// @ts-ignore: decorators on functions are AssemblyScript's
@inline
export function copyFloats(to: usize, from: usize, length: i32): void {
  let i: i32 = 0
  for (; i + 4 <= length; i += 4) v128.store(to + (<usize>i << 2), v128.load(from + (<usize>i << 2)))
  for (; i < length; i++) store<f32>(to + (<usize>i << 2), load<f32>(from + (<usize>i << 2)))
}

// @ts-ignore: decorators on functions are AssemblyScript's
@inline
export function addFloats(to: usize, from: usize, length: i32): void {
  let i: i32 = 0
  for (; i + 4 <= length; i += 4) {
    const at = to + (<usize>i << 2)
    v128.store(at, f32x4.add(v128.load(at), v128.load(from + (<usize>i << 2))))
  }
  for (; i < length; i++) {
    const at = to + (<usize>i << 2)
    store<f32>(at, load<f32>(at) + load<f32>(from + (<usize>i << 2)))
  }
}

// @ts-ignore: decorators on functions are AssemblyScript's
@inline
export function zeroFloats(to: usize, length: i32): void {
  memory.fill(to, 0, <usize>length << 2)
}
