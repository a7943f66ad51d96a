#!/usr/bin/env node
// `npm run vectors -- [folder]`: runs the model kernels on check cases. Exit 1 on a miss, 2 when the cases are unreadable.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { install } from './steps/install.mjs'
import { checkNode } from './steps/node.mjs'
import { conclude, root } from './steps/terminal.mjs'

const [folder = join(root, '..', 'shared', 'design', 'vectors')] = process.argv.slice(2)

await conclude(async () => {
  if (folder === '--help') return console.log('npm run vectors -- [folder with check cases]')
  checkNode()
  if (!existsSync(join(root, 'node_modules'))) await install()
  const { register } = await import('tsx/esm/api')
  register()
  const { runVectors } = await import('../bench/vectors/runVectors.ts')
  const data = resolve(root, process.env.BELFRY_DATA || '../shared/data')
  process.exitCode = runVectors({ folder: resolve(folder), data, print: (line) => console.log(line) })
})
