import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { CatalogueStore } from './catalogue/catalogueStore'
import type { FeedRecord } from './catalogue/feedRecord'

const SimulatorFile = z.object({ url: z.string(), keys: z.record(z.string(), z.string()) })
const OWNER_ONLY = 0o600

/** Writes a file that only our user can read, whole or not at all. */
async function writeSecret(folder: string, name: string, content: unknown): Promise<void> {
  await mkdir(folder, { recursive: true })
  const next = join(folder, `${name}.next`)
  await rm(next, { force: true }) // the mode of an existing file would stay
  await writeFile(next, JSON.stringify(content), { mode: OWNER_ONLY })
  await rename(next, join(folder, name))
}

/** Hands the first administrator's one-time password to the supervisor, which prints it once and deletes the file. */
export const handOverFirstAdmin = (runFolder: string, login: string, password: string): Promise<void> =>
  writeSecret(runFolder, 'first-admin.json', { login, password })

/** Gives the simulator the address and a key for each of its feeds; keys that still hold are kept. */
export async function handOverSimulatorKeys(
  runFolder: string,
  url: string,
  catalogue: CatalogueStore,
  feeds: readonly FeedRecord[],
): Promise<void> {
  const held = await readSimulatorKeys(runFolder)
  const keys: Record<string, string> = {}
  for (const feed of feeds) {
    const key = held[feed.key]
    const holds = key !== undefined && catalogue.feedOfKey(key)?.no === feed.no
    keys[feed.key] = holds ? key : await catalogue.rotateFeedKey(feed.no, 'system:start')
  }
  await writeSecret(runFolder, 'simulator.json', { url, keys })
}

async function readSimulatorKeys(runFolder: string): Promise<Readonly<Record<string, string>>> {
  try {
    return SimulatorFile.parse(JSON.parse(await readFile(join(runFolder, 'simulator.json'), 'utf8'))).keys
  } catch {
    return {} // no file yet, or one cut by a kill: new keys are made
  }
}
