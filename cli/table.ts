/**
 * Trains every named loss in 2-D and 3-D with three seeds, and writes what came of it into public/table.json and
 * bench/RESULTS.md: npm run table [-- --shard i/n | --merge] [--presets a,b] [--dimensions 2,3]
 * [--seeds 1,2,3] [--jobs N] [--steps N] [--out DIR] [--into DIR]
 *
 * Each finished run is a file in --out. Runs whose file is there are not trained again.
 */
import { main } from './arguments'
import { checkout, runSweep } from './sweeps/sweep'
import { tableSweep } from './table/sweep'

await main(() => runSweep(tableSweep, process.argv.slice(2), checkout('cli/table.ts')))
