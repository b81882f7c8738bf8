/** npm run -s train -- --config FILE [--steps N] [--seed S] [--backend wasm|cpu] [--json] */
import { main } from './arguments'
import { trainCommand } from './commands/train'

await main(() => trainCommand(process.argv.slice(2)))
