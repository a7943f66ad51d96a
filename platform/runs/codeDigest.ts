import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HOME } from '../embedded/places'

/** sha256 over the sources of some folders of Belfry, tests left out: what a result was computed by. */
export async function codeDigest(folders: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const folder of folders) {
    const names = await readdir(join(HOME, folder), { recursive: true })
    for (const name of names.filter(isSource).sort()) hash.update(name).update(await readFile(join(HOME, folder, name)))
  }
  return hash.digest('hex')
}

const isSource = (name: string): boolean => name.endsWith('.ts') && !name.endsWith('.test.ts')
