export {}

declare global {
  /** Calls a function of a module; browser.ts uses it, since Vite rewrites `import()` in what tests evaluate. */
  var callModule: (path: string, name: string, args: readonly unknown[]) => Promise<unknown>
}

globalThis.callModule = async (path, name, args) => {
  const functions = (await import(/* @vite-ignore */ path)) as Record<string, (...args: unknown[]) => unknown>
  return functions[name]!(...args)
}
