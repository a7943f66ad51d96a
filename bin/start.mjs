#!/usr/bin/env node
// `npm start`: from a clone to a living Belfry on a machine with nothing but Node. Uses no package before it is there.
const HELP = `npm start [-- options]

Starts Belfry on this machine: stores, server, workers and a simulated city. Ctrl-C ends all of it.

  --port N         port of the pages and the interface (default 3000, or PORT)
  --no-exercise    without the simulated city: only what your own feeds send
  --help           this page

Environment (docs/operations.md has all of it)
  CLICKHOUSE_URL, DATABASE_URL, REDIS_URL   real servers instead of the embedded ones
  HOST                                      address to listen on (default 127.0.0.1; wider needs accounts)
  BELFRY_VAR                                folder of all data (default var)
  BELFRY_DATA                               folder of real data sets for replays (default ../shared/data)

npm run reset      removes all data, after asking
npm test           everything that is proved, on this machine
`

if (process.argv.includes('--help') || process.argv.includes('-h')) {
  console.log(HELP)
  process.exit(0)
}

const { conclude, Stop } = await import('./steps/terminal.mjs')
const { checkNode } = await import('./steps/node.mjs')

/** Value of --port before anything can parse arguments properly. */
function wantedPort() {
  const at = process.argv.findIndex((word) => word === '--port' || word.startsWith('--port='))
  const word = at === -1 ? process.env.PORT || '3000' : (process.argv[at].split('=')[1] ?? process.argv[at + 1])
  const port = Number(word)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Stop(`The port must be a number from 1 to 65535; got ${word}.`)
}

await conclude(async () => {
  checkNode()
  const { checkDisk, checkPermission, checkPort } = await import('./steps/machine.mjs')
  checkPermission()
  await checkDisk()
  await checkPort(process.env.HOST || '127.0.0.1', wantedPort())
  const { install } = await import('./steps/install.mjs')
  await install()
  const { buildKernels } = await import('./steps/kernels.mjs')
  await buildKernels()
  const { build } = await import('./steps/build.mjs')
  await build()
  const { register } = await import('tsx/esm/api')
  register()
  await import('../platform/supervisor/main.ts')
})
