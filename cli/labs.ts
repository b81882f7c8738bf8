/**
 * Measures what the labs' texts speak of and writes it into bench/RESULTS.md:
 * npm run labs [-- --shard i/n | --merge] [--topics long-tail,bias,quality,many,regions,triplets] [--rows TEXT]
 * [--seeds 1,2,3] [--jobs N] [--steps N] [--out DIR] [--into DIR]
 *
 * Each finished run is a file in --out. Runs whose file is there are not trained again; the tables say how many
 * seeds there are. --rows trains only rows whose name begins with the text. --merge trains nothing, and writes the
 * tables from the files that there are.
 */
import { main } from './arguments'
import { labSweep } from './labs/sweep'
import { checkout, runSweep } from './sweeps/sweep'

await main(() => runSweep(labSweep, process.argv.slice(2), checkout('cli/labs.ts')))
