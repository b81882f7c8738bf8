/**
 * A registry that nobody edits: turns what `import.meta.glob` found in a folder into a map by id, in the
 * order of the names. The name of a/NAME.ts is NAME, and so is that of NAME/panel.ts.
 * @throws {Error} when a file's id is not its name, since files are found by name.
 */
export function byFileName<T extends { readonly id: string }>(modules: Record<string, T>): Map<string, T> {
  const entries = Object.entries(modules).map(([path, module]): [string, T] => {
    const name = /([^/]*?)(\/panel)?\.tsx?$/.exec(path)![1]
    if (module.id !== name) throw new Error(`${path} declares the id "${module.id}": it must be "${name}"`)
    return [name, module]
  })
  return new Map(entries)
}
