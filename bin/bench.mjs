#!/usr/bin/env node
// `npm run bench -- NAME [--quick] [--json]`: one benchmark; it starts its own stores and removes them.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './steps/build.mjs'
import { install } from './steps/install.mjs'
import { buildKernels } from './steps/kernels.mjs'
import { checkNode } from './steps/node.mjs'
import { conclude, root, runHere, Stop } from './steps/terminal.mjs'

const benches = readdirSync(join(root, 'bench')).filter((name) => existsSync(join(root, 'bench', name, 'main.ts')))
const [name, ...args] = process.argv.slice(2)

await conclude(async () => {
  const usage = `npm run bench -- <${benches.join('|')}> [--quick] [--json]`
  if (name === undefined || name === '--help') return console.log(usage)
  if (!benches.includes(name)) throw new Stop(`There is no bench called ${name}: ${usage}`)
  checkNode()
  if (!existsSync(join(root, 'node_modules'))) await install()
  await buildKernels()
  if (name === 'scene') await build()
  process.exitCode = await runHere(process.execPath, ['--import', 'tsx', join('bench', name, 'main.ts'), ...args])
})
