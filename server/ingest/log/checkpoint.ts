import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Seq } from '@/domain/seq'

const Checkpoint = z.object({ epoch: z.number().int().nonnegative(), offset: z.number().int().nonnegative() })

const fileOf = (folder: string): string => join(folder, 'checkpoint.json')

/** Up to where (exclusive) ClickHouse holds every record; the beginning when there is no readable checkpoint. */
export async function readCheckpoint(folder: string): Promise<Seq> {
  try {
    return Checkpoint.parse(JSON.parse(await readFile(fileOf(folder), 'utf8')))
  } catch {
    // Too early is safe: rows inserted again are the same rows.
    return { epoch: 0, offset: 0 }
  }
}

/** Replaces the checkpoint in one step. */
export async function writeCheckpoint(folder: string, seq: Seq): Promise<void> {
  const path = `${fileOf(folder)}.next`
  const handle = await open(path, 'w')
  try {
    await handle.writeFile(JSON.stringify(seq))
    await handle.datasync()
  } finally {
    await handle.close()
  }
  await rename(path, fileOf(folder))
}
