/** The little of a page that an SvgCanvas touches, and what was written to it. */
export class FakeElement {
  readonly nodeType = 1
  readonly attributes = new Map<string, string>()
  children: FakeElement[] = []
  parent: FakeElement | null = null
  private text: { readonly nodeType: 3; nodeValue: string | null } | null = null
  /** Counts attributes that were set or removed, and elements that were put somewhere. */
  static writes = 0

  constructor(readonly tag: string) {}

  setAttribute(name: string, value: string): void {
    FakeElement.writes++
    this.attributes.set(name, value)
  }

  removeAttribute(name: string): void {
    FakeElement.writes++
    this.attributes.delete(name)
  }

  get firstElementChild(): FakeElement | null {
    return this.children[0] ?? null
  }

  get nextElementSibling(): FakeElement | null {
    const siblings = this.parent?.children ?? []
    return siblings[siblings.indexOf(this) + 1] ?? null
  }

  get firstChild(): unknown {
    return this.text ?? this.children[0] ?? null
  }

  get textContent(): string {
    return this.text?.nodeValue ?? ''
  }

  set textContent(value: string | null) {
    for (const child of this.children) child.parent = null
    this.children = []
    this.text = value === null ? null : { nodeType: 3, nodeValue: value }
  }

  insertBefore(element: FakeElement, before: FakeElement | null): void {
    FakeElement.writes++
    element.remove()
    const at = before ? this.children.indexOf(before) : this.children.length
    this.children.splice(at, 0, element)
    element.parent = this
  }

  remove(): void {
    if (!this.parent) return
    this.parent.children.splice(this.parent.children.indexOf(this), 1)
    this.parent = null
  }

  toString(): string {
    const attributes = [...this.attributes].map(([name, value]) => ` ${name}="${value}"`).join('')
    return `<${this.tag}${attributes}>${this.textContent}${this.children.join('')}</${this.tag}>`
  }
}

export function fakeSvg(): { readonly root: FakeElement; readonly svg: SVGSVGElement } {
  const root = new FakeElement('svg')
  return { root, svg: root as unknown as SVGSVGElement }
}

export class FakeNode {
  static readonly TEXT_NODE = 3
}
