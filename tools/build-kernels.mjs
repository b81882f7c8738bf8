// Compiles the WebAssembly kernels, with and without fused multiply-add ("relaxed" SIMD).
import asc from 'assemblyscript/asc'

const folder = 'src/engine/kernels/wasm'
for (const relaxed of [false, true]) {
  const { error, stderr } = await asc.main([
    `${folder}/assembly/index.ts`,
    '--outFile',
    `${folder}/build/kernels${relaxed ? '-relaxed' : ''}.wasm`,
    '-O3',
    '--noAssert',
    '--runtime',
    'stub',
    '--importMemory',
    '--enable',
    'simd',
    ...(relaxed ? ['--enable', 'relaxed-simd'] : []),
    '--use',
    `RELAXED=${relaxed ? 1 : 0}`,
  ])
  if (error) {
    console.error(stderr.toString())
    throw error
  }
}
