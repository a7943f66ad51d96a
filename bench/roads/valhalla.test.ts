import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { hostFacts } from '@/platform/env'
import { Valhalla } from './valhalla'

const PACKAGE = `export const getConfig = async () => ({ mjolnir: {}, service_limits: {} })
export const Actor = { fromConfigFile: async () => ({}) }
`

test('what the tool leaves behind lies in its folder, wherever the bench was started', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'belfry-valhalla-'))
  const home = join(folder, 'package')
  const tools = join(home, 'linux', hostFacts().arch)
  try {
    await mkdir(tools, { recursive: true })
    await writeFile(join(home, 'index.mjs'), PACKAGE)
    await writeFile(join(tools, 'valhalla_build_tiles'), '#!/bin/sh\necho "$3" > duplicateways-trial.txt\n')
    await chmod(join(tools, 'valhalla_build_tiles'), 0o755)
    const pbf = relative('.', join(folder, 'city.pbf'))
    await Valhalla.build(home, pbf, folder)
    expect(existsSync('duplicateways-trial.txt')).toBe(false)
    const told = await readFile(join(folder, 'duplicateways-trial.txt'), 'utf8')
    expect(told.trim()).toBe(resolve(pbf))
  } finally {
    await rm(folder, { recursive: true, force: true })
    await rm('duplicateways-trial.txt', { force: true })
  }
})
