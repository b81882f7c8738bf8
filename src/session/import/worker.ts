import { expose, transfer } from 'comlink'
import { ImportError, type SourceFile } from '../../io/import/errors'
import { fingerprint } from '../../io/import/fingerprint'
import type { ImportedImages } from '../../io/import/image-set'
import { importFiles } from '../../io/import/import-files'
import { throttle } from '../../render/throttle'
import { decodeInBrowser } from './decode-picture'
import { evaluateEmbeddings, type EvaluatedEmbeddings } from './evaluate-embeddings'

/** So that messages do not outnumber the pictures that a screen shows, in milliseconds. */
const PROGRESS_MS = 50

/** What the user's files are, with what tells their contents. */
export type Read =
  | { readonly kind: 'images'; readonly images: ImportedImages; readonly hash: string }
  | { readonly kind: 'embeddings'; readonly evaluated: EvaluatedEmbeddings; readonly hash: string }
  /** A wrong file: a sentence for the user. */
  | { readonly kind: 'refused'; readonly reason: string }

/**
 * Reads what a user chose, in a worker of its own: that may take seconds, and ends with the worker.
 * @param onProgress gets the share done, or null while that is not known
 */
async function readFiles(files: readonly File[], onProgress: (share: number | null) => void): Promise<Read> {
  const report = throttle(onProgress, PROGRESS_MS)
  try {
    const sources: SourceFile[] = []
    for (const file of files) sources.push(await open(file))
    const hash = fingerprint(sources)
    const imported = await importFiles(sources, {
      decode: decodeInBrowser,
      onProgress: report,
    })
    if (imported.kind === 'images') {
      const { labels, pixels } = imported.set
      return send({ kind: 'images', images: imported, hash }, [labels, pixels])
    }
    const evaluated = evaluateEmbeddings(imported, report)
    return send({ kind: 'embeddings', evaluated, hash }, arraysOf(evaluated))
  } catch (error) {
    if (error instanceof ImportError) return { kind: 'refused', reason: error.message }
    throw error
  } finally {
    report.cancel()
  }
}

export type ReadFiles = typeof readFiles

async function open(file: File): Promise<SourceFile> {
  try {
    return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
  } catch (cause) {
    throw new ImportError(
      `${file.name} could not be read`,
      'choose it again, and files rather than folders',
      {
        cause,
      },
    )
  }
}

/** Sends a value whose arrays are given away rather than copied. */
function send(value: Read, arrays: readonly ArrayBufferView[]): Read {
  return transfer(value, [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))])
}

function arraysOf(value: object): ArrayBufferView[] {
  return Object.values(value).flatMap((part: unknown) => {
    if (ArrayBuffer.isView(part)) return [part]
    return part !== null && typeof part === 'object' && !Array.isArray(part) ? arraysOf(part) : []
  })
}

expose(readFiles)
