import { attributeText, type Mark } from './marks'

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => ESCAPES[letter]!)
}

/** Marks as SVG text, one element a line, text with its spans on one. */
export function svgText(marks: readonly Mark[], indent = ''): string {
  return marks.map((mark) => `${indent}${elementText(mark, indent)}\n`).join('')
}

function elementText({ tag, attributes, children, text }: Mark, indent: string): string {
  let open = `<${tag}`
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) open += ` ${name}="${escapeXml(attributeText(value))}"`
  }
  if (text !== null) return `${open}>${escapeXml(text)}</${tag}>`
  if (children.length === 0) return `${open}/>`
  if (tag === 'text') return `${open}>${children.map((child) => elementText(child, '')).join('')}</${tag}>`
  return `${open}>\n${svgText(children, `${indent}  `)}${indent}</${tag}>`
}
