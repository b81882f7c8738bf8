import katex from 'katex'

/**
 * Typesets `tex` into an element. Built node by node, never from a string of HTML, which the page's security
 * policy would strip of its styles. `\htmlClass` is allowed, so that symbols can be found again.
 */
export function renderTex(element: HTMLElement, tex: string, displayMode = false): void {
  katex.render(tex, element, {
    displayMode,
    throwOnError: false,
    output: 'htmlAndMathml',
    strict: (code: string) => (code === 'htmlExtension' ? 'ignore' : 'warn'),
    trust: ({ command }) => command === '\\htmlClass',
  })
}
