/** The command of the package: npx loss-geometry-lab. */
import { main, UsageError } from './arguments'

const HELP = `Loss Geometry Lab: see what a face-recognition loss does to feature space.

loss-geometry-lab [--port N]             serves the page and prints its address
loss-geometry-lab train --config FILE    trains without a page
    [--steps N] [--seed S] [--backend wasm|cpu] [--json]
loss-geometry-lab loss FILE              values and gradients of the losses in a file
loss-geometry-lab table                  trains named losses side by side and writes tables
    [--presets a,b] [--dimensions 2,3] [--seeds 1,2,3] [--steps N] [--jobs N]
    [--shard i/n | --merge] [--out DIR] [--into DIR]
loss-geometry-lab --help | --version

Files are written into the current folder. docs/library.md says more.
`

type Command = (args: readonly string[]) => Promise<void>

const serve: Command = async (args) => {
  const { serveCommand } = await import('./commands/serve')
  await serveCommand(args, new URL(/* @vite-ignore */ '../dist/', import.meta.url))
}

/** Each loads what it needs, so that none waits for what others need. */
const COMMANDS: Readonly<Record<string, Command>> = {
  serve,
  train: async (args) => (await import('./commands/train')).trainCommand(args),
  loss: async (args) => (await import('./commands/loss')).lossCommand(args),
  table: async (args) => (await import('./commands/table')).tableCommand(args),
}

await main(async () => {
  const [first, ...rest] = process.argv.slice(2)
  const wantsHelp = rest.includes('--help') || rest.includes('-h')
  if (wantsHelp || first === '--help' || first === '-h' || first === 'help') process.stdout.write(HELP)
  else if (first === '--version') process.stdout.write(`${VERSION}\n`)
  else if (first === undefined || first.startsWith('-')) await serve(process.argv.slice(2))
  else if (Object.hasOwn(COMMANDS, first)) await COMMANDS[first]!(rest)
  else
    throw new UsageError(
      `there is no command "${first}", only ${Object.keys(COMMANDS).join(', ')}; try --help`,
    )
})
