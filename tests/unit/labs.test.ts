import { describe, expect, it } from 'vitest'
import katex from 'katex'
import { parseExperiment } from '../../src/engine/config'
import type { Lab } from '../../src/labs/lab'
import { LABS } from '../../src/labs/registry'
import { PRESETS } from '../../src/losses/preset-registry'
import { momentOfLab } from '../../src/labs/open-lab'
import { PANELS } from '../../src/panels/registry'
import { inStepWith } from '../../src/session/differences'
import { labFrom, linkToLab } from '../../src/session/link'
import { MOST_RUNS, parseMoment } from '../../src/session/moment'

const cases = LABS.all.map((lab) => [lab.id, lab] as const)

/** TeX between dollar signs, and what stands outside of it. */
function partsOf(rich: string): { tex: string[]; plain: string } {
  const parts = rich.split('$')
  expect(parts.length % 2, `dollar signs come in pairs: ${rich}`).toBe(1)
  return { tex: parts.filter((_, i) => i % 2 === 1), plain: parts.filter((_, i) => i % 2 === 0).join('') }
}

function texts({ title, claim, see, steps, equations }: Lab): string[] {
  const ofSteps = steps.flatMap(({ text, action }) => [text, action?.label ?? ''])
  return [title, claim, see, ...ofSteps, ...equations.map(({ note }) => note ?? '')]
}

describe('each lab', () => {
  it.each(cases)('%s stands behind the one that it names', (_, lab) => {
    const before = LABS.all.slice(0, LABS.all.indexOf(lab)).map(({ id }) => id)
    if (lab.after !== null) expect(before).toContain(lab.after)
  })

  it('covers every figure, the table and all equations', () => {
    const figures = LABS.all.map(({ figure }) => figure).join('; ')
    for (let k = 1; k <= 10; k++) expect(figures).toMatch(new RegExp(`Fig\\. ${k}\\b`))
    expect(figures).toContain('Table 1')
    const numbers = LABS.get('equations').equations.flatMap(({ number }) => number.split(', '))
    expect(numbers).toEqual(Array.from({ length: 13 }, (_, k) => String(k + 1)))
  })

  it.each(cases)('%s has an experiment that a link can carry, and so have all of its steps', (_, lab) => {
    expect(parseExperiment(JSON.parse(JSON.stringify(lab.experiment)))).toEqual(lab.experiment)
    for (const { action } of lab.steps) {
      if (!action) continue
      expect(action.change ?? action.view ?? action.row, 'a button does something').toBeDefined()
      const next = action.change?.(lab.experiment)
      if (next) expect(parseExperiment(JSON.parse(JSON.stringify(next)))).toEqual(next)
    }
  })

  it.each(cases)('%s shows runs side by side that see the same batches of the same images', (_, lab) => {
    const rows = lab.steps.flatMap(({ action }) => (action?.row ? [action.row.experiments] : []))
    for (const [first, ...others] of [[lab.experiment, ...(lab.beside ?? [])], ...rows]) {
      expect(others.length).toBeLessThan(MOST_RUNS)
      for (const other of others) {
        expect(other).toEqual(inStepWith(first, other))
        expect(other, 'it is another run').not.toEqual(first)
      }
    }
  })

  it.each(cases)('%s has steps that change something, some after another', (_, lab) => {
    const seen = new Set([JSON.stringify(lab.experiment)])
    let now = lab.experiment
    for (const { action } of lab.steps) {
      if (!action?.change) continue
      now = action.change(now)
      seen.add(JSON.stringify(now))
    }
    if (lab.steps.some(({ action }) => action?.change)) expect(seen.size).toBeGreaterThan(1)
  })

  it.each(cases)('%s shows panels and names losses that there are', (_, { panels, equations }) => {
    const known = PANELS.all.map(({ id }) => id)
    for (const id of panels) expect(known).toContain(id)
    expect(panels).not.toHaveLength(0)
    for (const { losses = [] } of equations) for (const id of losses) expect(PRESETS.has(id)).toBe(true)
  })

  it.each(cases)('%s has symbols and equations that typeset', (_, lab) => {
    const options = { throwOnError: true, strict: 'error' as const }
    for (const { tex } of lab.equations) katex.renderToString(tex, { ...options, displayMode: true })
    for (const text of texts(lab)) {
      const { tex, plain } = partsOf(text)
      for (const symbol of tex) katex.renderToString(symbol, options)
      expect(plain).not.toMatch(/[‖θψλ]|TODO|\\/)
    }
    expect(lab.claim.length).toBeGreaterThan(40)
    expect(lab.see.length).toBeGreaterThan(40)
  })

  it.each(cases)('%s is found by its link', (id, lab) => {
    const link = linkToLab(id, 'https://example.org/lab/?x=1#run=old')
    expect(link).toBe(`https://example.org/lab/?x=1#lab=${id}`)
    expect(LABS.find(labFrom(new URL(link).hash)!)).toBe(lab)
  })

  it.each(cases)('%s is a moment that a link can carry', (_, lab) => {
    const moment = momentOfLab(lab)
    expect(parseMoment(JSON.parse(JSON.stringify(moment)))).toEqual(moment)
  })
})

it('links that name no lab are told apart from those of unknown ones', () => {
  expect(labFrom('#run=abc')).toBeNull()
  expect(labFrom('')).toBeNull()
  expect(labFrom('#lab=fig-99')).toBe('fig-99')
  expect(LABS.find('fig-99')).toBeUndefined()
  expect(labFrom('#lab=%')).toBe('%')
})
