import { assets } from './assets'

/** The size of a data file, and what was told of its coming. */
export async function download(file: string): Promise<{ size: number; progress: [number, number | null][] }> {
  const progress: [number, number | null][] = []
  const { length } = await assets.data(file, (loaded, total) => progress.push([loaded, total]))
  return { size: length, progress }
}
