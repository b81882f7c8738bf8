import { createElement } from 'react'
import { expect, it } from 'vitest'
import { Transport } from '../../src/app/Transport'
import { createSession } from '../../src/session/session'
import { FakeEnvironment } from './fake-environment'
import { rendered } from './rendered'

/** The speeds to choose from, of which the one in brackets is chosen. */
function speeds(change: Parameters<ReturnType<typeof createSession>['store']['set']>[0]): string[] {
  const session = createSession(new FakeEnvironment())
  session.store.set(change)
  const html = rendered(session, createElement(Transport))
  return [...html.matchAll(/<option [^>]*?(selected="")?>([^<]*)</g)].map(([, chosen, label]) =>
    chosen === undefined ? label! : `[${label!}]`,
  )
}

const USUAL = ['60 steps/s', '20 steps/s', '5 steps/s', '1 step/s']

it('a speed is chosen among the usual ones, and one that a link brings stands with them', () => {
  expect(speeds({ speed: null })).toEqual(['[full speed]', ...USUAL])
  expect(speeds({ speed: 7 })).toEqual(['[7 steps/s]', 'full speed', ...USUAL])
  const playback = { name: 'a run', playing: true, ended: false, speed: 3 }
  expect(speeds({ playback })).toContain('[speed 3 ×]')
  expect(speeds({ playback: { ...playback, speed: 2 } })).toContain('[speed 2 ×]')
})
