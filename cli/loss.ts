/** npm run -s loss -- FILE */
import { main } from './arguments'
import { lossCommand } from './commands/loss'

await main(() => lossCommand(process.argv.slice(2)))
