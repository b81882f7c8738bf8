import { encodePicture, type TableFile } from '../src/io/table-file'

/** A small table: ArcFace is the more accurate one in 2-D, softmax in 3-D. */
export function tableFile(): TableFile {
  const spread = (median: number) => ({ median, least: median, most: 1.01 * median })
  const row = (preset: string, dimension: number, accuracy: number, ratio: number) => ({
    preset,
    dimension,
    steps: 2500,
    testAccuracy: spread(accuracy),
    smallestAngle: spread(30),
    targetAngle: spread(5),
    intraToInter: spread(ratio),
    msPerStep: spread(9),
  })
  const circle = Float32Array.from({ length: 20 }, (_, i) => {
    const angle = (2 * Math.PI * Math.floor(i / 2)) / 10
    return i % 2 === 0 ? Math.cos(angle) : Math.sin(angle)
  })
  const picture = encodePicture(circle, [...Array(10).keys()], circle)
  return {
    version: 1,
    seeds: [1, 2, 3],
    machine: 'a sample',
    rows: [
      row('softmax', 2, 0.97, 0.3),
      row('arcface', 2, 0.98, 0.1),
      row('softmax', 3, 0.99, 0.2),
      row('arcface', 3, 0.985, 0.05),
    ],
    pictures: { softmax: picture, arcface: picture },
  }
}
