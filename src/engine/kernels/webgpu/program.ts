/** So many programs of a kind are kept whose text depends on settings; a run needs one or two. */
export const MOST_PROGRAMS = 64

/** A storage buffer of a program; `write` may also be read. */
export interface StorageBuffer {
  readonly access: 'read' | 'write'
  readonly element: 'f32' | 'vec4f' | 'i32' | 'u32'
}

export const read = (element: StorageBuffer['element'] = 'f32'): StorageBuffer => ({
  access: 'read',
  element,
})
export const write = (element: StorageBuffer['element'] = 'f32'): StorageBuffer => ({
  access: 'write',
  element,
})

/** A compute shader whose entry point is `main`. */
export interface Program<Buffers extends string = string, Settings extends string = string> {
  readonly label: string
  readonly buffers: Readonly<Record<Buffers, StorageBuffer>>
  /** Numbers that a dispatch is given, in `settings` in the shader. */
  readonly settings: Readonly<Record<Settings, 'u32' | 'f32'>>
  /** The settings differ from step to step; those of other programs take a few values, whose buffers are kept. */
  readonly live: boolean
  readonly source: string
}

/** A program from its body: declares the buffers by their names, and the settings. */
export function program<Buffers extends string, Settings extends string>({
  label,
  buffers,
  settings,
  live = false,
  code,
}: Omit<Program<Buffers, Settings>, 'source' | 'live'> & { live?: boolean; code: string }): Program<
  Buffers,
  Settings
> {
  const names = Object.keys(buffers) as Buffers[]
  const storage = names.map((name, i) => {
    const { access, element } = buffers[name]
    const mode = access === 'read' ? 'read' : 'read_write'
    return `@group(0) @binding(${i}) var<storage, ${mode}> ${name}: array<${element}>;`
  })
  const fields = Object.entries(settings).map(([name, type]) => `${name}: ${type as string},`)
  const uniform = [
    `struct Settings { ${fields.join(' ')} };`,
    `@group(0) @binding(${names.length}) var<uniform> settings: Settings;`,
  ]
  return { label, buffers, settings, live, source: [...storage, ...uniform, code].join('\n') }
}

/** The most workgroups in one dimension of a dispatch. */
const MOST_GROUPS = 65535

export const ELEMENTWISE_THREADS = 64

/** Workgroups for a program that treats each of `count` elements in a thread. */
export function elementwise(count: number): [x: number, y: number] {
  const groups = Math.ceil(count / ELEMENTWISE_THREADS)
  const y = Math.ceil(groups / MOST_GROUPS)
  return [Math.ceil(groups / y), y]
}

/**
 * The entry point of an elementwise program; `body` uses the element's number `i`, below `count`. All threads of
 * a workgroup go through `together` first, which may have barriers.
 */
export const elementwiseMain = (count: string, body: string, together = ''): string => `
@compute @workgroup_size(${ELEMENTWISE_THREADS})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  ${together}
  let i = (group.y * groups.x + group.x) * ${ELEMENTWISE_THREADS}u + thread;
  if (i >= ${count}) { return; }
  ${body}
}`
