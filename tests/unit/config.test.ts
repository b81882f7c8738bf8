import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ConfigError, parseExperiment } from '../../src/engine/config'
import { withPreset } from '../../src/engine/preset-experiment'
import { identifyHead } from '../../src/losses/identify'
import { PRESETS } from '../../src/losses/preset-registry'
import { describeChange } from '../../src/session/describe-change'
import { momentFrom, linkTo } from '../../src/session/link'
import { momentOf } from '../../src/session/moment'

const base = parseExperiment({})

describe('a configuration', () => {
  it.each([
    [{ head: { scale: 'x' } }, 'head.scale'],
    [{ head: { margin: { kind: 'cubic' } } }, 'head.margin.kind'],
    [{ head: { margin: { kind: 'additive-angular', parameters: { m: 7 } } } }, 'head.margin.parameters.m'],
    [{ head: { margin: { kind: 'additive-angular', parameters: { q: 1 } } } }, 'q'],
    [{ network: { dimension: 1 } }, 'network.dimension'],
    [{ network: { kind: 'vgg' } }, 'network.kind'],
    [{ data: { set: 'cifar' } }, 'data.set'],
    [{ optimizer: { rate: { kind: 'constant', value: -1 } } }, 'optimizer.rate.value'],
    [{ extra: 1 }, 'extra'],
    [[], 'object'],
  ])('names the wrong field: %j', (value, field) => {
    expect(() => parseExperiment(value)).toThrow(ConfigError)
    expect(() => parseExperiment(value)).toThrow(field)
  })

  it('survives a link', () => {
    for (const id of PRESETS.ids) {
      const experiment = withPreset({ ...base, seed: 77 }, id)
      const link = linkTo(momentOf(experiment), 'https://example.org/lab/#old')
      expect(link.startsWith('https://example.org/lab/#m=')).toBe(true)
      expect(momentFrom(new URL(link).hash)).toEqual(momentOf(experiment))
    }
  })

  it('of an earlier version is read, from a link too', () => {
    const { terms, ...rest } = withPreset(base, 'softmax-center')
    const before = { ...rest, auxiliaries: terms }
    const link = `#run=${btoa(JSON.stringify(before)).replaceAll('+', '-').replaceAll('/', '_')}`
    expect(terms).toHaveLength(1)
    expect(parseExperiment(before)).toEqual({ ...rest, terms })
    expect(momentFrom(link)!.runs).toEqual([{ experiment: { ...rest, terms } }])
    expect(() => parseExperiment({ ...before, terms })).toThrow('auxiliaries')
  })

  it('refuses damaged links in words, and ignores other hashes', () => {
    expect(momentFrom('#other')).toBeNull()
    expect(momentFrom('')).toBeNull()
    expect(() => momentFrom('#run=%%%')).toThrow('it is damaged')
    expect(() => momentFrom(`#run=${btoa('{"seed":-1}')}`)).toThrow('seed')
    expect(() => momentFrom(`#run=${'A'.repeat(30_000)}`)).toThrow('too long')
  })
})

describe('presets', () => {
  it.each(PRESETS.ids)('%s is what its switches say, in 2-D and in 3-D', (id) => {
    for (const dimension of [2, 3]) {
      const next = withPreset({ ...base, network: { ...base.network, dimension } }, id)
      expect(identifyHead(next.head, next.terms)).toMatchObject({ preset: { id }, differences: [] })
    }
  })

  it('say what differs when one switch is flipped', () => {
    const { head } = withPreset(base, 'arcface')
    const { preset, differences } = identifyHead({ ...head, bias: true })
    expect(preset.id).toBe('arcface')
    expect(differences).toEqual([{ part: 'bias', text: 'with a bias' }])
  })

  it('take a margin of nothing for none', () => {
    const { head } = withPreset(base, 'arcface')
    const margin = { ...head.margin, parameters: { m: 0 } }
    expect(identifyHead({ ...head, margin }).preset.id).toBe('normface')
  })

  it('have a configuration file for each, in 2-D and 3-D, that is up to date', () => {
    const files = PRESETS.ids.flatMap((id) => [`${id}.json`, `${id}-3d.json`])
    expect(readdirSync('cli/configs').sort(), 'run npm run configs').toEqual(files.sort())
    for (const id of PRESETS.ids) {
      for (const [dimension, name] of [
        [2, id],
        [3, `${id}-3d`],
      ] as const) {
        // prettier-ignore
        const stored: unknown = JSON.parse(readFileSync(`cli/configs/${name}.json`, 'utf8'))
        const network = { ...base.network, dimension }
        expect(stored, `${name}.json: run npm run configs`).toEqual(withPreset({ ...base, network }, id))
      }
    }
  })
})

describe('a change', () => {
  const arcface = withPreset(base, 'arcface')

  it('is described in a few words', () => {
    const m = { ...arcface.head.margin, parameters: { m: 0.7 } }
    expect(describeChange(arcface, { ...arcface, head: { ...arcface.head, margin: m } })).toBe('m 0.5 → 0.7')
    expect(describeChange(arcface, { ...arcface, head: { ...arcface.head, bias: true } })).toBe('bias on')
  })

  it('of a term is said with its name, and what it chooses among', () => {
    const triplets = withPreset(base, 'softmax-triplet')
    const [term] = triplets.terms
    const changed = (change: Partial<typeof term>) => ({ ...triplets, terms: [{ ...term!, ...change }] })
    expect(describeChange(triplets, changed({ mining: 'semi-hard' }))).toBe(
      'triplet loss: triplets batch-all → semi-hard',
    )
    expect(describeChange(triplets, changed({ weight: 0.5 }))).toBe('triplet loss: λ 0.1 → 0.5')
  })

  it('of many switches is a change of the loss', () => {
    expect(describeChange(arcface, withPreset(base, 'softmax'))).toBe('ArcFace → Softmax')
  })
})
