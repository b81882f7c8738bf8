/**
 * Packs the glyphs into public/data/glyphs.bin: characters are the identities, fonts are the pictures. The file is
 * in the repository, as the fonts are some hundreds of megabytes; this makes it anew, the same on every machine:
 *
 *     npm install --prefix tools/glyphs && npm run glyphs
 */
import { Random } from '../../src/geometry/random'
import { writeSet } from '../write-set'
import { KANA, UNSEEN, WESTERN } from './characters'
import { KANA_FAMILIES, stylesOf, WESTERN_FAMILIES, type Style } from './fonts'
import { rasterise } from './raster'

const SIDE = 28
const TRAIN = 48
const TEST = 12
/** Every so many families, one is held out: its styles are never trained on. */
const HELD_OUT = 5
/** Steps of grey; more would only make the file larger. */
const GREYS = 16
/** The longer side of a character, in pixels, and how far it strays from the middle and from upright. */
const SHORTEST = 17
const LONGEST = 22
const MOST_SHIFT = 1.5
const MOST_ROTATION = (10 * Math.PI) / 180

interface Picture {
  readonly character: string
  readonly pixels: Uint8Array
}

/** Families in a fixed random order, those that are held out and the others. */
function split(families: readonly string[]): { readonly train: Style[]; readonly test: Style[] } {
  const order = new Random(1, 'families').shuffle([...families])
  const heldOut = (_: string, k: number): boolean => k % HELD_OUT === 0
  return {
    train: order.filter((family, k) => !heldOut(family, k)).flatMap(stylesOf),
    test: order.filter(heldOut).flatMap(stylesOf),
  }
}

/** Pictures of a character, in as many styles as there are. */
function pictures(character: string, styles: readonly Style[], count: number, name: string): Picture[] {
  const random = new Random(1, name, character.codePointAt(0)!)
  const able = styles.filter((style) => style.outline(character) !== null)
  if (able.length === 0) throw new Error(`no font has ${character}`)
  const within = (most: number): number => most * (2 * random.uniform() - 1)
  let order: Style[] = []
  return Array.from({ length: count }, () => {
    if (order.length === 0) order = random.shuffle([...able])
    const covered = rasterise(order.pop()!.outline(character)!, SIDE, {
      length: SHORTEST + (LONGEST - SHORTEST) * random.uniform(),
      rotation: within(MOST_ROTATION),
      right: within(MOST_SHIFT),
      down: within(MOST_SHIFT),
    })
    const pixels = Uint8Array.from(covered, (part) => (Math.round(part * (GREYS - 1)) * 255) / (GREYS - 1))
    return { character, pixels }
  })
}

const scripts = [
  { characters: [...WESTERN], styles: split(WESTERN_FAMILIES) },
  { characters: [...KANA], styles: split(KANA_FAMILIES) },
]
const all = scripts.flatMap(({ characters }) => characters)
const unseen = new Random(1, 'unseen').shuffle([...all]).slice(0, UNSEEN)
const classes = all.filter((character) => !unseen.includes(character))
const unseenClasses = all.filter((character) => unseen.includes(character))

const draw = (wanted: readonly string[], part: 'train' | 'test', count: number, name: string): Picture[] =>
  scripts.flatMap(({ characters, styles }) =>
    characters
      .filter((character) => wanted.includes(character))
      .flatMap((character) => pictures(character, styles[part], count, name)),
  )
const shuffled = (list: Picture[], name: string): Picture[] => new Random(1, name).shuffle(list)
const train = shuffled(draw(classes, 'train', TRAIN, 'train'), 'order of train')
const test = shuffled(draw(classes, 'test', TEST, 'test'), 'order of test')
// Nothing of these identities is trained on, so all fonts may show them.
const verify = shuffled(
  [...draw(unseenClasses, 'train', TRAIN, 'train'), ...draw(unseenClasses, 'test', TEST, 'test')],
  'order of unseen',
)
const ordered = [...train, ...test, ...verify]
const place = new Map([...classes, ...unseenClasses].map((character, j) => [character, j]))
const pixels = new Uint8Array(ordered.length * SIDE ** 2)
ordered.forEach((picture, i) => pixels.set(picture.pixels, i * SIDE ** 2))
await writeSet('glyphs.bin', {
  name: 'Glyphs',
  width: SIDE,
  height: SIDE,
  classes,
  train: train.length,
  test: test.length,
  unseen: { count: verify.length, classes: unseenClasses },
  labels: Uint8Array.from(ordered, ({ character }) => place.get(character)!),
  pixels,
})
