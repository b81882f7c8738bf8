/**
 * Table 1 of the paper on glyphs: trains losses on 166 characters and verifies 50 others, and writes what came of it
 * into bench/RESULTS.md and public/verification.json: npm run verification [-- --shard i/n | --merge] [--presets a,b]
 * [--seeds 1,2] [--jobs N] [--steps N] [--out DIR] [--into DIR]
 *
 * Each finished run is a file in --out. Runs whose file is there are not trained again.
 */
import { main } from './arguments'
import { checkout, runSweep } from './sweeps/sweep'
import { verificationSweep } from './verification/sweep'

await main(() => runSweep(verificationSweep, process.argv.slice(2), checkout('cli/verification.ts')))
