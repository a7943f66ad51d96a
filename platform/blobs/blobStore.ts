import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { NotFound } from '../errors'

/** Grids, keyframes, tiles and pictures, named by the SHA-256 of their bytes. */
export interface BlobStore {
  /** Stores the bytes durably and returns their name; the same bytes are stored once. */
  put(bytes: Uint8Array): Promise<string>
  /** @throws NotFound */
  get(sha256: string): Promise<Buffer>
  has(sha256: string): Promise<boolean>
  /** A stream for large blobs. @throws NotFound */
  stream(sha256: string): Promise<Readable>
}

/** Blobs as files under `folder`, two letters a level. */
export function fileBlobStore(folder: string): BlobStore {
  const pathOf = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new NotFound('blob.notFound', { sha256 })
    return join(folder, sha256.slice(0, 2), sha256)
  }
  const has = async (sha256: string): Promise<boolean> =>
    stat(pathOf(sha256)).then(
      () => true,
      () => false,
    )
  const existing = async (sha256: string): Promise<string> => {
    if (await has(sha256)) return pathOf(sha256)
    throw new NotFound('blob.notFound', { sha256 })
  }
  return {
    async put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      if (!(await has(sha256))) await writeOnce(join(folder, sha256.slice(0, 2)), sha256, bytes)
      return sha256
    },
    has,
    get: async (sha256) => readFile(await existing(sha256)),
    stream: async (sha256) => createReadStream(await existing(sha256)),
  }
}

/** Writes beside the target, syncs, then renames: a reader sees all of the blob or none. */
async function writeOnce(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true })
  const draft = join(folder, `.${name}.${randomBytes(6).toString('hex')}`)
  const file = await open(draft, 'wx', 0o644)
  try {
    await file.writeFile(bytes)
    await file.datasync()
  } catch (cause) {
    await unlink(draft)
    throw cause
  } finally {
    await file.close()
  }
  await rename(draft, join(folder, name))
}
