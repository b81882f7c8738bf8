import { attributeText, type Mark } from './marks'

const SVG = 'http://www.w3.org/2000/svg'

/** An element on the page, and the mark that it shows. */
interface DrawnMark {
  readonly element: SVGElement
  mark: Mark
  children: Map<string, DrawnMark>
}

/**
 * Shows marks in an <svg> of the page, changing only what changed since the last drawing: elements are kept
 * by their key (or their place among siblings of their kind), and an attribute is written only when it differs.
 */
export class SvgCanvas {
  private shown = new Map<string, DrawnMark>()

  constructor(private readonly svg: SVGSVGElement) {}

  draw(marks: readonly Mark[]): void {
    this.shown = update(this.svg, this.shown, marks)
  }

  clear(): void {
    this.draw([])
  }
}

function update(
  parent: SVGElement,
  before: ReadonlyMap<string, DrawnMark>,
  marks: readonly Mark[],
): Map<string, DrawnMark> {
  const after = new Map<string, DrawnMark>()
  const places = new Map<string, number>()
  let previous: Element | null = null
  for (const next of marks) {
    let key = next.key
    if (key === null) {
      const place = places.get(next.tag) ?? 0
      places.set(next.tag, place + 1)
      key = `${next.tag} ${place}`
    }
    let shown = before.get(key)
    if (shown?.mark.tag === next.tag) change(shown, next)
    else shown = create(next)
    if (after.has(key)) throw new Error(`two marks have the key "${key}"`)
    after.set(key, shown)
    const place: Element | null = previous ? previous.nextElementSibling : parent.firstElementChild
    if (place !== shown.element) parent.insertBefore(shown.element, place)
    previous = shown.element
  }
  for (const [key, { element }] of before) if (after.get(key)?.element !== element) element.remove()
  return after
}

function create(next: Mark): DrawnMark {
  const element = document.createElementNS(SVG, next.tag)
  for (const name in next.attributes) {
    const value = next.attributes[name]
    if (value !== undefined) element.setAttribute(name, attributeText(value))
  }
  if (next.text !== null) element.textContent = next.text
  return { element, mark: next, children: update(element, new Map(), next.children) }
}

function change(shown: DrawnMark, next: Mark): void {
  const { element, mark: last } = shown
  // A panel that keeps a mark (an axis, say) says with it that nothing in it changed.
  if (last === next) return
  for (const name in next.attributes) {
    const value = next.attributes[name]
    const before = last.attributes[name]
    if (value === before) continue
    if (value === undefined) element.removeAttribute(name)
    else {
      const text = attributeText(value)
      if (before === undefined || attributeText(before) !== text) element.setAttribute(name, text)
    }
  }
  for (const name in last.attributes) {
    if (last.attributes[name] !== undefined && next.attributes[name] === undefined) {
      element.removeAttribute(name)
    }
  }
  if (next.text !== last.text) {
    const { firstChild } = element
    if (firstChild?.nodeType === Node.TEXT_NODE && next.text !== null) firstChild.nodeValue = next.text
    else element.textContent = next.text
    if (last.text === null) shown.children = new Map()
  }
  if (next.children.length > 0 || shown.children.size > 0) {
    shown.children = update(element, shown.children, next.children)
  }
  shown.mark = next
}
