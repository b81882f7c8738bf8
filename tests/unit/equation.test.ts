import katex from 'katex'
import { describe, expect, it } from 'vitest'
import { equationOf, termEquation, type Equation } from '../../src/controls/equation'
import { parseExperiment } from '../../src/engine/config'
import { withPreset } from '../../src/engine/preset-experiment'
import { activeHead } from '../../src/engine/schedule'
import { headSchema } from '../../src/losses/head'
import { marginSymbols } from '../../src/losses/margin-setting'
import { MARGINS } from '../../src/losses/margin-registry'
import { PRESETS } from '../../src/losses/preset-registry'
import { defaultTerm } from '../../src/losses/term-schema'
import { TERMS } from '../../src/losses/term-registry'
import { RENEW } from './fixture'

/** The equation of a preset at a place of its planned run, line by line, as it is read. */
function written(id: string, progress: number): string {
  const experiment = withPreset(parseExperiment({}), id)
  const head = activeHead(experiment, progress, 1000 * progress)
  return lines(equationOf(head, head.symbols, experiment.terms)).join('\n')
}

function lines({ loss, target, other, lines: more, terms }: Equation): string[] {
  const rows = [target, other].map(({ symbols, numbers }, i) => `z_${'yj'[i]!}=${symbols}\n   =${numbers}`)
  // The marks by which symbols light up are not read.
  return [loss, ...rows, ...more, ...terms].map((line) =>
    line.replaceAll(/\\htmlClass\{parameter symbol-[\w-]+\}/g, ''),
  )
}

describe('the equation', () => {
  it('is that of each named loss, at the end of its run', async () => {
    const all = PRESETS.ids.map((id) => `# ${id}\n${written(id, 1)}\n`).join('\n')
    await expect(all, RENEW).toMatchFileSnapshot('snapshots/equations.txt')
  })

  it('has the scale that a margin has set itself, where that is known', () => {
    const { head } = withPreset(parseExperiment({}), 'adacos')
    const numbers = (symbols: Record<string, number>): string => equationOf(head, symbols).target.numbers
    expect(numbers({ scale: 4.57 })).toContain('4.57')
    expect(numbers({})).toContain(String.raw`\tilde s`)
  })

  it('says when the classifier does not pull', () => {
    const { head } = withPreset(parseExperiment({}), 'softmax-triplet')
    const lines = (detach: boolean): string => equationOf({ ...head, detach }, {}).lines.join()
    expect(lines(true)).toContain('by the added terms alone')
    expect(lines(false)).not.toContain('by the added terms alone')
  })

  it('says how far a margin has grown that grows out of the cosine as a whole', () => {
    const experiment = withPreset(parseExperiment({}), 'adaptiveface')
    const margin = { kind: 'custom', text: 'cos(1.5*theta)' }
    const whole = parseExperiment({ ...experiment, head: { ...experiment.head, margin } })
    const at = (progress: number) => {
      const head = activeHead(whole, progress, 0)
      return lines(equationOf(head, head.symbols))[1]!.split('\n')[1]
    }
    expect(at(0.65)).toBe(
      String.raw`   ={20}\,\bigl(0.50\cos\theta_y+0.50\cdot \cos\left(1.5\,\theta_y  \right)\bigr)`,
    )
    expect(at(1)).not.toContain('0.50')
    expect(written('adaptiveface', 0.65)).toContain(String.raw`\bigl(\cos\theta_y -0.50\cdot m_y\bigr)`)
    expect(written('adaptiveface', 0.65)).toMatch(/-0\.50\\cdot \{\d+\}\\,\\tfrac1n\\sum_j m_j/)
  })

  it.each(MARGINS.all)('of the margin $id shows every parameter that it has', ({ id: kind, parameters }) => {
    const head = headSchema.parse({ margin: { kind }, normalizeFeatures: true })
    // Annealing shows its first number early and its last one late.
    const at = (values: Record<string, number>): string =>
      [0, 100, 1e6]
        .map((step) => {
          const margin = { ...head.margin, parameters: { ...head.margin.parameters, ...values } }
          const equation = equationOf({ ...head, margin }, marginSymbols(margin, 1, step, head.scale))
          return lines(equation).join()
        })
        .join()
    // What is written by hand has the parameters that it has.
    const text = { custom: ['k'] }[kind] ?? []
    for (const { id, min, max, default: value } of parameters) {
      if (text.includes(id)) continue
      expect(at({ [id]: value === max ? min : max }), id).not.toBe(at({}))
    }
  })

  it.each(TERMS.all)('of $id shows every parameter that it has', ({ id, parameters }) => {
    const term = defaultTerm(id)
    for (const { id: name, max } of parameters) {
      const changed = { ...term, parameters: { ...term.parameters, [name]: max } }
      expect(termEquation(changed), name).not.toEqual(termEquation(term))
    }
    if (!TERMS.get(id).cosine) {
      expect(termEquation({ ...term, normalized: true }).join()).toContain(String.raw`\hat x=x/`)
    }
  })

  it.each(PRESETS.ids)('of %s can be set', (id) => {
    const experiment = withPreset(parseExperiment({}), id)
    for (const progress of [0, 0.65, 1]) {
      const head = activeHead(experiment, progress, 1000 * progress)
      const { loss, target, other, ...rest } = equationOf(head, head.symbols, experiment.terms)
      const all = [loss, target.symbols, target.numbers, other.symbols, other.numbers, ...rest.lines]
      for (const tex of [...all, ...rest.terms]) {
        expect(tex).not.toMatch(/\\p\{|\\x_|NaN|undefined/)
        const row = String.raw`\begin{aligned}&${tex}\end{aligned}`
        expect(katex.renderToString(row, { throwOnError: true, trust: true, strict: false })).toContain(
          'katex',
        )
      }
    }
  })
})
