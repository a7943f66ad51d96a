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
  const gone = () => process.exit(1) // whoever asked for it has died: nobody will read the outcome
  process.once('disconnect', gone)
  process.exitCode = await runCity(process.argv.slice(2))
  process.off('disconnect', gone)
  if (process.connected) process.disconnect()
})
