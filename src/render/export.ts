import sansUrl from '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2?url'
import romanUrl from 'katex/dist/fonts/KaTeX_Main-Regular.woff2?url'
import mathUrl from 'katex/dist/fonts/KaTeX_Math-Italic.woff2?url'
import { label, mark, smallType, type Mark } from './marks'
import { FACE_FAMILY } from './math-text'
import { escapeXml, svgText } from './svg-string'
import type { Theme } from './theme'

/** A drawing that is to stand on its own. */
export interface Picture {
  readonly marks: readonly Mark[]
  /** Pixels. */
  readonly width: number
  readonly height: number
  readonly theme: Theme
  /** What it shows, as text with symbols. */
  readonly title: string
  /** Where it comes from. */
  readonly origin: string
}

/** Pixels of a saved bitmap to one on the screen. */
const BITMAP_SCALE = 2

const FONTS = [
  { family: 'Source Sans 3 Variable', weight: '200 900', style: 'normal', url: sansUrl },
  { family: FACE_FAMILY.roman, weight: 'normal', style: 'normal', url: romanUrl },
  { family: FACE_FAMILY.math, weight: 'normal', style: 'italic', url: mathUrl },
]

/**
 * The picture as a file that needs nothing else: colours as values, fonts inside.
 * @throws {Error} when a font can not be read.
 */
export async function svgFile(picture: Picture): Promise<string> {
  const { theme } = picture
  const margin = 0.75 * theme.rem
  const header = 2 * theme.rem
  const footer = 1.6 * theme.rem
  const width = Math.round(picture.width + 2 * margin)
  const height = Math.round(picture.height + header + footer)
  const size = smallType(theme)
  const body = svgText([
    mark('rect', { width, height, fill: theme.paper }),
    label(theme, picture.title, margin, margin + size, { colour: theme.ink, size: (13 / 12) * size }),
    label(theme, picture.origin, margin, height - margin, { colour: theme.ink3 }),
    mark('g', { transform: `translate(${margin} ${header})` }, picture.marks),
  ])
  const faces = (await Promise.all(FONTS.map(fontFace))).join('')
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}" font-family="${escapeXml(theme.font)}">\n` +
    `<style>${faces}text{font-feature-settings:"tnum"}</style>\n${body}</svg>\n`
  )
}

/** The picture as a PNG, at twice its size. */
export async function pngFile(picture: Picture): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([await svgFile(picture)], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = BITMAP_SCALE * image.naturalWidth
    canvas.height = BITMAP_SCALE * image.naturalHeight
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve, reject) => {
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('the picture is too large'))),
        'image/png',
      )
    })
  } finally {
    URL.revokeObjectURL(url)
  }
}

/** Hands a file to the user. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The browser reads the address after this task.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

const faces = new Map<string, Promise<string>>()

function fontFace(font: (typeof FONTS)[number]): Promise<string> {
  let face = faces.get(font.url)
  if (!face) {
    face = readFace(font)
    // What failed once, offline say, may work the next time.
    face.catch(() => faces.delete(font.url))
    faces.set(font.url, face)
  }
  return face
}

async function readFace({ family, weight, style, url }: (typeof FONTS)[number]): Promise<string> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`the font ${family} could not be read (${response.status})`)
  const bytes = new Uint8Array(await response.arrayBuffer())
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return (
    `@font-face{font-family:"${family}";font-style:${style};font-weight:${weight};` +
    `src:url(data:font/woff2;base64,${btoa(binary)}) format("woff2")}`
  )
}
