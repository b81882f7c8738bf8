/**
 * `fn NAME(value: vec4f, thread: u32) -> vec4f`: the values of all threads of the workgroup, combined by
 * `expression` of a and b; every thread calls it and gets the same. `threads` is a power of two.
 */
export function reduction(name: string, threads: number, expression: string): string {
  return `
var<workgroup> ${name}Values: array<vec4f, ${threads}>;
fn ${name}(value: vec4f, thread: u32) -> vec4f {
  // Results of an earlier call may still be being read.
  workgroupBarrier();
  ${name}Values[thread] = value;
  for (var half = ${threads / 2}u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (thread < half) {
      let a = ${name}Values[thread];
      let b = ${name}Values[thread + half];
      ${name}Values[thread] = ${expression};
    }
  }
  workgroupBarrier();
  return ${name}Values[0];
}`
}
