import katex from 'katex'
import { recent } from '../geometry/recent'

/** Symbols that KaTeX has set; a copy is cheaper than setting them anew. */
const symbols = recent<HTMLElement>(256)

function symbol(tex: string): Node {
  const element = symbols(tex, () => {
    const made = document.createElement('span')
    katex.render(tex, made, { throwOnError: false })
    return made
  })
  return element.cloneNode(true)
}

/** Replaces the content of `element` by text in which TeX stands between dollar signs. */
export function renderRich(element: Element, rich: string): void {
  const parts = rich.split('$').map((part, i) => (i % 2 === 0 ? part : symbol(part)))
  element.replaceChildren(...parts.filter((part) => part !== ''))
}
