#!/usr/bin/env node
// `npm run city -- import|build|check|list …`: city packages under var/cities; docs/city-package.md.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { install } from './steps/install.mjs'
import { checkNode } from './steps/node.mjs'
import { conclude, root } from './steps/terminal.mjs'

await conclude(async () => {
  checkNode()
  if (!existsSync(join(root, 'node_modules'))) await install()
  const { register } = await import('tsx/esm/api')
  register()
  const { runCity } = await import('../workers/city/main.ts')
  process.exitCode = await runCity(process.argv.slice(2))
})
