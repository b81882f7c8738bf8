/** A value in a sentence: a text in quotes, or the kind of what is no number. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return value.length > 20 ? 'a text' : JSON.stringify(value)
  if (Array.isArray(value)) return 'a list'
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') {
    return String(value)
  }
  return `of type ${typeof value}`
}
