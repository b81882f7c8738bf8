import { fixed } from '../../render/format'
import type { Compared } from '../panel'

/** Between what the biases lie. */
export const compared: Compared = {
  columns: ['least', 'most'],
  values: ({ frame }, { bias }) => {
    if (!bias) return ['off', '']
    return [fixed(Math.min(...frame!.bias), 2), fixed(Math.max(...frame!.bias), 2)]
  },
}
