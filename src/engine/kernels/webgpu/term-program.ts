import { SHADER_SETTINGS } from '../../../losses/forms/base'
import { MOST_LEARNED, type FeatureTerm } from '../../../losses/forms/features'
import type { Term } from '../../../losses/forms/term'
import { PLAN_WIDTH } from '../names'
import { memo } from '../../../geometry/memo'
import { program, read, write, type Program, type StorageBuffer } from './program'
import { reduction } from './reduction'

const THREADS = 256

/**
 * What every shader of a term has: `settings.NAME` of its parameters and of SHADER_SETTINGS; `labelOf(i)` of sample i
 * of the batch; and `add`, `highest` and `first`, which combine a vec4f of every thread. The first is the one with the
 * largest x and of those the smallest y, as `before(a, b)` says of two.
 */
const COMMON = `
const THREADS = ${THREADS}u;
// The larger value comes first, of equal ones the earlier.
fn before(a: vec4f, b: vec4f) -> bool { return a.x > b.x || (a.x == b.x && a.y < b.y); }
${reduction('add', THREADS, 'a + b')}
${reduction('highest', THREADS, 'max(a, b)')}
${reduction('first', THREADS, 'select(b, a, before(a, b))')}`

const LABELS = `fn labelOf(i: u32) -> u32 { return u32(plan[${PLAN_WIDTH}u * (settings.first + i) + 3u]); }`

/** The entry point, from what gives the value in every thread. */
const main = (value: string): string => `
@compute @workgroup_size(${THREADS})
fn main(@builtin(local_invocation_index) thread: u32) {
  ${value}
  if (thread == 0u) { statistics[2u * settings.slot] += settings.weight * value; }
}`

/** What the programs of the forms have beside the term's own shader. */
interface Form {
  readonly buffers: Readonly<Record<string, StorageBuffer>>
  readonly before: string
  readonly after: string
}

const PAIRS: Form = {
  buffers: { squared: read(), plan: read('i32'), coefficients: write(), statistics: write() },
  before: LABELS,
  after: main(`
  for (var at = thread; at < settings.batch * settings.batch; at += THREADS) { coefficients[at] = 0.0; }
  storageBarrier();
  let value = term(thread);`),
}

const CENTERS: Form = {
  buffers: { seen: read(), plan: read('i32'), parameters: write(), statistics: write(), wanted: write() },
  before: LABELS,
  after: main('let value = term(thread);'),
}

const WEIGHTS: Form = {
  buffers: { parameters: read(), gradients: write(), statistics: write() },
  before: `
fn weightAt(at: u32) -> f32 { return parameters[settings.weights + at]; }
fn rarityOf(j: u32) -> f32 { return parameters[settings.rarity + j]; }
fn push(at: u32, slope: f32) {
  if (settings.fixedWeights == 0u) { gradients[settings.weights + at] += settings.weight * slope; }
}`,
  after: main('let value = term(thread);'),
}

const featuresForm = ({ learned = [] }: FeatureTerm): Form => ({
  buffers: {
    seen: read(),
    plan: read('i32'),
    parameters: read(),
    gradients: write(),
    statistics: write(),
    wanted: write(),
  },
  before: `
${LABELS}
var<private> slopes: array<f32, ${MOST_LEARNED}>;
fn learned(k: u32) -> f32 { return parameters[settings.state + k]; }`,
  after: main(`
  let size = f32(settings.batch);
  var own = 0.0;
  for (var i = thread; i < settings.batch; i += THREADS) {
    own += term(i);
    for (var at = i * settings.dimension; at < (i + 1u) * settings.dimension; at++) { wanted[at] /= size; }
  }
  let sums = add(vec4f(own, slopes[0], slopes[1], slopes[2]), thread) / size;
  let value = sums.x;
  if (thread == 0u) {
    ${learned.map((_, k) => `gradients[settings.state + ${k}u] = settings.weight * sums[${k + 1}];`).join('\n    ')}
  }`),
})

function formOf(term: Term): Form {
  switch (term.form) {
    case 'pairs':
      return PAIRS
    case 'centers':
      return CENTERS
    case 'weights':
      return WEIGHTS
    case 'features':
      return featuresForm(term)
  }
}

const programs = memo((_: Term) => new Map<string | undefined, Program>())

/** The program of a term, which is written once for each way in which it chooses what counts. */
export function termProgram(term: Term, mining?: string): Program {
  const known = programs(term)
  let shader = known.get(mining)
  if (!shader) {
    shader = writeProgram(term, mining)
    known.set(mining, shader)
  }
  return shader
}

/** @throws {Error} when a parameter of the term has a name that shaders use otherwise */
function writeProgram(term: Term, mining: string | undefined): Program {
  const taken = term.parameters.find(({ id }) => id in SHADER_SETTINGS)
  if (taken) throw new Error(`the parameter "${taken.id}" of the term "${term.id}" needs another name`)
  const { buffers, before, after } = formOf(term)
  const shader = term.form === 'pairs' ? term.shader(mining) : term.shader
  return program({
    label: term.name,
    buffers,
    settings: {
      ...Object.fromEntries(term.parameters.map(({ id }) => [id, 'f32' as const])),
      ...SHADER_SETTINGS,
    },
    live: true,
    code: [COMMON, before, shader, after].join('\n'),
  })
}
