import { gpuInfo, useBackend, type BackendName, type GpuInfo } from '../../../src/engine/backends'
import { evaluateLoss } from '../../../src/engine/loss-case'
import { lossCaseSchema, type LossResult } from '../../../src/engine/loss-case-format'
import { assets } from './assets'

export async function start(backend: BackendName): Promise<GpuInfo | null> {
  await useBackend(backend, assets)
  return gpuInfo()
}

export function evaluate(lossCase: unknown): Promise<LossResult> {
  return evaluateLoss(lossCaseSchema.parse(lossCase))
}
