import { expect, it } from 'vitest'
import { Random } from '../../src/geometry/random'
import type { EmbeddingSet } from '../../src/io/import/embeddings'
import { isEmpty, type Panel, type PanelContext } from '../../src/panels/panel'
import { panelsOf } from '../../src/panels/registry'
import { evaluateEmbeddings } from '../../src/session/import/evaluate-embeddings'
import { showEmbeddings, type ShownEmbeddings } from '../../src/session/import/embedding-view'
import { panelContext } from './fixture'

/** Three classes of 40 around a direction each. */
function embeddings(more: Partial<EmbeddingSet> = {}): ShownEmbeddings {
  const random = new Random(3, 'embedding panels')
  const labels = Uint16Array.from({ length: 120 }, (_, i) => i % 3)
  const features = Float32Array.from({ length: 480 }, (_, k) =>
    k % 4 === labels[k >> 2] ? 5 : random.normal(),
  )
  const set: EmbeddingSet = {
    kind: 'embeddings',
    name: 'e',
    dimension: 4,
    features,
    labels,
    classes: ['ann', 'bob', 'cy'],
    weights: null,
    bias: null,
    ...more,
  }
  return showEmbeddings(
    'e.npy',
    evaluateEmbeddings(set, () => undefined),
  )
}

const WITH_HEAD = {
  weights: Float32Array.from({ length: 12 }, (_, k) => (k % 4 === k >> 2 ? 1 + (k >> 2) : 0)),
  bias: Float32Array.of(0.1, -0.2, 0.3),
}

const panelsFor = ({ experiment }: ShownEmbeddings): Panel[] => panelsOf(experiment, false)

function said(shown: ShownEmbeddings, id: string): string {
  const context: PanelContext = panelContext({ run: shown.panels, experiment: shown.experiment })
  const panel = panelsFor(shown).find((each) => each.id === id)!
  const scene = panel.create().draw(context)
  return isEmpty(scene) ? scene.empty : scene.summary
}

it('angles, norms, bias and verification are shown of embeddings, and nothing of a training', () => {
  const shown = embeddings()
  const ids = panelsFor(shown).map(({ id }) => id)
  expect(ids).toEqual(
    expect.arrayContaining(['angles', 'weight-norm', 'bias', 'feature-norm', 'verification']),
  )
  expect(ids).not.toContain('training')
  for (const { id, subtitle, help } of panelsFor(shown)) {
    const text = `${subtitle} ${help} ${said(shown, id)}`
    expect(text, `${id} needs words of its own for embeddings: ofEmbeddings`).not.toMatch(
      /train|Switch it on|network/,
    )
  }
})

it('what came with them is drawn, and what did not is said', () => {
  expect(said(embeddings(WITH_HEAD), 'bias')).toContain('−0.200 (class bob) to 0.300 (class cy)')
  expect(said(embeddings(WITH_HEAD), 'weight-norm')).toContain('Lengths of 3 class vectors')
  expect(said(embeddings(), 'bias')).toContain('came with these embeddings')
  expect(said(embeddings(), 'weight-norm')).toContain('class means stand for them')
})

it('verification is of all rows, by the names of their classes', () => {
  const shown = embeddings()
  const { source, result } = shown.panels.verification!
  expect(source.features).toHaveLength(480)
  expect(source.names).toEqual(['ann', 'bob', 'cy'])
  expect(result!.equalErrorRate).toBeLessThan(0.1)
  expect(said(shown, 'verification')).toMatch(/^3 classes\. A threshold at/)
  const alone = embeddings({ labels: Uint16Array.of(0, 1), features: new Float32Array(8).fill(1) })
  expect(said(alone, 'verification')).toContain('two embeddings of one of them')
})
