import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type { PathCommand } from './raster'

/**
 * Families of the npm packages @fontsource/…, all under the SIL Open Font License 1.1, for Latin, Greek and Cyrillic.
 */
export const WESTERN_FAMILIES = [
  'alegreya',
  'alegreya-sans',
  'arimo',
  'comfortaa',
  'commissioner',
  'cousine',
  'eb-garamond',
  'fira-code',
  'fira-mono',
  'fira-sans',
  'ibm-plex-sans',
  'inter',
  'jetbrains-mono',
  'jura',
  'literata',
  'manrope',
  'noto-sans',
  'noto-serif',
  'open-sans',
  'play',
  'roboto',
  'roboto-condensed',
  'roboto-mono',
  'source-code-pro',
  'source-sans-3',
  'source-serif-4',
  'tinos',
]

/** The same for kana. */
export const KANA_FAMILIES = [
  'biz-udpgothic',
  'biz-udpmincho',
  'dela-gothic-one',
  'dotgothic16',
  'hachi-maru-pop',
  'kaisei-decol',
  'kaisei-opti',
  'kaisei-tokumin',
  'kiwi-maru',
  'klee-one',
  'm-plus-1p',
  'm-plus-rounded-1c',
  'murecho',
  'mochiy-pop-one',
  'potta-one',
  'reggae-one',
  'rocknroll-one',
  'sawarabi-gothic',
  'sawarabi-mincho',
  'shippori-mincho',
  'stick',
  'yuji-boku',
  'yuji-syuku',
  'yusei-magic',
  'zen-antique',
  'zen-kurenaido',
  'zen-kaku-gothic-new',
  'zen-maru-gothic',
  'zen-old-mincho',
]

const SUBSETS = ['latin', 'latin-ext', 'greek', 'cyrillic', 'cyrillic-ext', 'japanese']
/** A light, a normal and a bold weight; of some families the nearest that there is. */
const WEIGHTS = [300, 400, 700]

/** The part of opentype.js that is used. */
interface OpentypeFont {
  charToGlyphIndex(character: string): number
  charToGlyph(character: string): {
    getPath(x: number, y: number, size: number): { commands: PathCommand[] }
  }
}

/** A weight of a family, upright or italic. */
export interface Style {
  readonly family: string
  readonly name: string
  /** The outline of a character, y down; null where the font has none. */
  outline(character: string): PathCommand[] | null
}

const require = createRequire(import.meta.url)

/** @throws {Error} unless the packages of package.json beside this file are installed there */
export function stylesOf(family: string): Style[] {
  const folder = `${dirname(require.resolve(`@fontsource/${family}/package.json`))}/files`
  const files = readdirSync(folder)
  const weights = new Set(
    files.flatMap((file) => /-latin-(\d+)-normal\.woff$/.exec(file)?.[1] ?? []).map(Number),
  )
  const chosen = new Set(WEIGHTS.map((wanted) => nearest([...weights], wanted)))
  return [...chosen]
    .sort((a, b) => a - b)
    .flatMap((weight) => [`${weight}-normal`, `${weight}-italic`])
    .filter((name) => files.includes(`${family}-latin-${name}.woff`))
    .map((name) => ({ family, name, outline: outlines(folder, files, family, name) }))
}

function outlines(folder: string, files: readonly string[], family: string, name: string): Style['outline'] {
  const { parse } = require('opentype.js') as { parse: (bytes: ArrayBuffer) => OpentypeFont }
  const fonts = SUBSETS.map((subset) => `${family}-${subset}-${name}.woff`)
    .filter((file) => files.includes(file))
    .map((file) => parse(new Uint8Array(readFileSync(`${folder}/${file}`)).buffer))
  return (character) => {
    const font = fonts.find((each) => each.charToGlyphIndex(character) > 0)
    const commands = font?.charToGlyph(character).getPath(0, 0, 1000).commands ?? []
    return commands.length > 0 ? commands : null
  }
}

function nearest(values: readonly number[], wanted: number): number {
  return values.reduce((a, b) => (Math.abs(b - wanted) < Math.abs(a - wanted) ? b : a))
}
