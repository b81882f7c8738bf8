import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** Puts `text` between the markers `<!-- NAME:begin -->` and `<!-- NAME:end -->` of a Markdown file. */
export function writeBlock(file: string, name: string, text: string): void {
  const begin = `<!-- ${name}:begin -->`
  const end = `<!-- ${name}:end -->`
  const old = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const block = `${begin}\n\n${text.trim()}\n\n${end}`
  const from = old.indexOf(begin)
  const to = old.indexOf(end)
  const whole =
    from < 0 || to < 0
      ? `${old.trimEnd()}\n\n${block}\n`.trimStart()
      : old.slice(0, from) + block + old.slice(to + end.length)
  writeFileSync(file, whole)
}

/** A table in Markdown, its columns aligned. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, k) => Math.max(title.length, ...rows.map((row) => row[k]!.length)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, k) => cell.padEnd(widths[k]!)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Median and range: "m [a–b]". */
export function spread(values: readonly number[], format: (value: number) => string): string {
  return `${format(median(values))} [${format(Math.min(...values))}–${format(Math.max(...values))}]`
}
