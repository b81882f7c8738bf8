import { expose, proxy, transfer, type ProxyMarked, type Remote } from 'comlink'
import { browserAssets } from './browser-assets'
import { Engine } from './engine'
import type { EngineEvents } from './events'
import { transferables } from './frame'

/**
 * The engine behind a message port.
 * @param base the address of the page, which data files are found relative to
 */
function startEngine(base: string, remote: Remote<EngineEvents & ProxyMarked>): Engine & ProxyMarked {
  const engine = new Engine(browserAssets(base), {
    frame: (frame) => remote.frame(transfer(frame, transferables(frame))),
    status: (status) => void remote.status(status),
    data: (data) => void remote.data(data),
    reached: (step, run) => void remote.reached(step, run),
    run: (info) => void remote.run(info),
    backend: (info) => void remote.backend(info),
    unseen: (unseen) => void remote.unseen(transfer(unseen, [unseen.features.buffer as ArrayBuffer])),
    checkpoint: (checkpoint, run) => void remote.checkpoint(checkpoint, run),
    notice: (message) => void remote.notice(message),
  })
  return proxy(engine)
}

export type StartEngine = typeof startEngine

expose(startEngine)
