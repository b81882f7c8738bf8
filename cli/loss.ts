/** Evaluates losses of a file in the format of tests/golden/losses.json: npm run -s loss -- FILE */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { useBackend } from '../src/engine/backends'
import { evaluateLoss } from '../src/engine/loss-case'
import { lossCaseSchema } from '../src/engine/loss-case-format'
import { reasonOf } from '../src/io/reason'
import { main, UsageError } from './arguments'
import { nodeAssets } from './node-assets'

await main(async () => {
  const [file, ...more] = process.argv.slice(2)
  if (file === undefined || more.length > 0) throw new UsageError('usage: npm run -s loss -- FILE')
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`the file ${file} can not be read`)
  })
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw new UsageError(`${file} is not JSON`)
  }
  await useBackend('wasm', nodeAssets)
  const results: unknown[] = []
  for (const value of Array.isArray(parsed) ? (parsed as unknown[]) : [parsed])
    results.push(await evaluate(value))
  process.stdout.write(`${JSON.stringify(results)}\n`)
})

async function evaluate(value: unknown): Promise<unknown> {
  const id = z.object({ id: z.string() }).safeParse(value).data?.id ?? null
  try {
    const parsed = lossCaseSchema.safeParse(value)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      return { id, error: `${issue!.path.join('.') || 'case'}: ${issue!.message}` }
    }
    return { id, ...(await evaluateLoss(parsed.data)) }
  } catch (error) {
    return { id, error: reasonOf(error) }
  }
}
