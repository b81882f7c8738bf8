import katex from 'katex'

/** Symbols that KaTeX has set; a copy is cheaper than setting them anew. */
const cache = new Map<string, HTMLElement>()

function symbol(tex: string): Node {
  let element = cache.get(tex)
  if (!element) {
    element = document.createElement('span')
    katex.render(tex, element, { throwOnError: false })
    cache.set(tex, element)
  }
  return element.cloneNode(true)
}

/** Replaces the content of `element` by text in which TeX stands between dollar signs. */
export function renderRich(element: Element, rich: string): void {
  const parts = rich.split('$').map((part, i) => (i % 2 === 0 ? part : symbol(part)))
  element.replaceChildren(...parts.filter((part) => part !== ''))
}
