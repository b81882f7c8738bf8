import { gpuInfo, useBackend, type BackendName, type GpuInfo } from '../../../src/engine/backends'
import type { LossResult } from '../../../src/library/losses'
import { evaluateOnBackend } from '../../backend-run'
import { assets } from './assets'

export async function start(backend: BackendName): Promise<GpuInfo | null> {
  await useBackend(backend, assets)
  return gpuInfo()
}

export function evaluate(lossCase: unknown): Promise<LossResult> {
  return evaluateOnBackend(lossCase)
}
