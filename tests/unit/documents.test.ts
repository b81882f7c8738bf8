import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const PAGES = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
]

/** Where links to headings of a page may go, as GitHub names them. */
const anchors = (page: string): string[] =>
  [...readFileSync(page, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  )

describe.each(PAGES)('%s', (page) => {
  const text = readFileSync(page, 'utf8')

  it('has links and pictures that lead somewhere', () => {
    for (const [, target] of text.matchAll(/\]\(([^)]+)\)/g)) {
      if (/^https?:/.test(target!)) continue
      const [path, anchor] = target!.split('#')
      const file = path === '' ? page : join(dirname(page), path!)
      expect(existsSync(file), `${page} links to ${target}`).toBe(true)
      if (anchor !== undefined) expect(anchors(file), `${page} links to ${target}`).toContain(anchor)
    }
  })

  it('names commands that there are', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>
    }
    for (const [, name] of text.matchAll(/npm run (?:-s )?([\w:]+)/g))
      expect(Object.keys(scripts)).toContain(name)
  })
})

it('changelog and citation are of the version in package.json', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  expect(readFileSync('CITATION.cff', 'utf8')).toMatch(`\nversion: ${version}\n`)
  expect(readFileSync('CHANGELOG.md', 'utf8')).toContain(`\n## [${version}] - 20`)
})

it('the README is short, and names the paper', () => {
  const text = readFileSync('README.md', 'utf8')
  expect(text.length).toBeLessThan(5000)
  expect(text).toContain('A Comprehension of the Design of Loss Function in Face Recognition')
  expect(text).toContain('Yong-Tao Ge')
  expect(text.match(/!\[/g)).toHaveLength(1)
})
