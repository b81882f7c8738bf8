import { ImportError, type SourceFile } from './errors'
import { LIMITS } from './limits'
import { looksLikeNpy, type NpyArray, readNpy } from './npy'
import { listZip, looksLikeZip, readZipEntry } from './zip'

export { looksLikeZip }

/** Reads the arrays of np.savez, by key. @throws {ImportError} */
export async function readNpz(
  file: SourceFile,
): Promise<{ readonly key: string; readonly array: NpyArray }[]> {
  const arrays: { key: string; array: NpyArray }[] = []
  for (const entry of listZip(file)) {
    const key = entry.path.replace(/\.npy$/, '')
    if (key === entry.path) continue
    const bytes = await readZipEntry(file, entry, LIMITS.file)
    const inner = { name: `${key} in ${file.name}`, bytes }
    if (looksLikeNpy(inner)) arrays.push({ key, array: readNpy(inner) })
  }
  if (arrays.length > 0) return arrays
  throw new ImportError(`${file.name} holds no NumPy arrays`, 'choose a file of np.savez')
}
