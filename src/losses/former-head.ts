import { HEAD_LOSSES } from './head-loss-registry'
import { lossMadeFor } from './loss-setting'
import { isRecord } from '../io/is-record'

/**
 * A head as it is written now, from one that may be older: links, recordings and configurations had `pulls` for what
 * is now `detach: false`, and the parameters of a loss that is not the softmax among those of its margin function.
 */
export function currentHead(value: unknown): unknown {
  if (!isRecord(value)) return value
  const { pulls, ...head } = value
  // Who says both is told that the former has another name now.
  if (pulls !== undefined && 'detach' in head) head.pulls = pulls
  else if (pulls !== undefined) head.detach = typeof pulls === 'boolean' ? !pulls : pulls
  if (head.loss !== undefined) return head
  const margin = isRecord(head.margin) ? head.margin : {}
  const kind = lossMadeFor(margin.kind)
  const ofLoss = new Set(HEAD_LOSSES.get(kind).parameters.map(({ id }) => id))
  const given = isRecord(margin.parameters) ? Object.entries(margin.parameters) : []
  const split = (loss: boolean): Record<string, unknown> =>
    Object.fromEntries(given.filter(([id]) => ofLoss.has(id) === loss))
  return {
    ...head,
    ...(given.length > 0 ? { margin: { ...margin, parameters: split(false) } } : {}),
    loss: { kind, parameters: split(true) },
  }
}
