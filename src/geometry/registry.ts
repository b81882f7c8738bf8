/** What a registry holds, found by its id. */
export interface Named {
  readonly id: string
}

/**
 * What lies in a folder, one declaration a file, by id: adding one is adding a file. Its order is that of the file
 * names, or the one that it is given.
 */
export class Registry<T extends Named> implements Iterable<T> {
  private readonly byId: Map<string, T>

  /**
   * @param what one of them is called in messages
   * @param modules what `import.meta.glob` found, by path: a file, or a folder with one file of the same name in each
   * @param order puts them in the order in which they stand
   * @throws {Error} when an id is not the name of its file or folder, since they are found by it
   */
  constructor(
    private readonly what: string,
    modules: Readonly<Record<string, T>>,
    order: (items: readonly T[]) => readonly T[] = (items) => items,
  ) {
    const items = Object.entries(modules).map(([path, item]) => {
      const name = nameOf(path)
      if (item.id !== name) throw new Error(`${path} declares the id "${item.id}": it must be "${name}"`)
      return item
    })
    this.byId = new Map(order(items).map((item) => [item.id, item]))
  }

  /** @throws {RangeError} when there is none of that id, naming those that there are */
  get(id: string): T {
    const item = this.byId.get(id)
    if (!item) throw new RangeError(this.missing(id))
    return item
  }

  /** That there is none of that id, in a sentence that names those that there are. */
  missing(id: string): string {
    return `there is no ${this.what} "${id}"; there are ${this.ids.join(', ')}`
  }

  /** As `get`, for ids from elsewhere that need not be known here. */
  find(id: string): T | undefined {
    return this.byId.get(id)
  }

  /**
   * Adds one that lies elsewhere, behind the others.
   * @returns takes it away again
   * @throws {RangeError} when there is one of that id
   */
  add(item: T): () => void {
    if (this.byId.has(item.id)) throw new RangeError(`there is a ${this.what} "${item.id}" already`)
    this.byId.set(item.id, item)
    return () => this.byId.delete(item.id)
  }

  has(id: string): boolean {
    return this.byId.has(id)
  }

  get all(): readonly T[] {
    return [...this.byId.values()]
  }

  get ids(): readonly string[] {
    return [...this.byId.keys()]
  }

  [Symbol.iterator](): Iterator<T> {
    return this.byId.values()
  }
}

/** './bias/panel.ts' is "bias", './arcface.ts' is "arcface". */
function nameOf(path: string): string {
  return /([^/]+)(?:\/panel)?\.tsx?$/.exec(path)?.[1] ?? path
}
