import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { NotFound } from '../errors'
import { fileBlobStore } from './blobStore'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belfry-blobs-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('bytes come back under the name of their hash', async () => {
  const blobs = fileBlobStore(folder)
  const name = await blobs.put(Buffer.from('abc'))
  expect(name).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect((await blobs.get(name)).toString()).toBe('abc')
  const chunks: Buffer[] = []
  for await (const chunk of await blobs.stream(name)) chunks.push(chunk as Buffer)
  expect(Buffer.concat(chunks).toString()).toBe('abc')
})

test('the same bytes at once are one file, without drafts left', async () => {
  const blobs = fileBlobStore(join(folder, 'once'))
  const names = await Promise.all(Array.from({ length: 8 }, () => blobs.put(Buffer.alloc(100_000, 7))))
  expect(new Set(names).size).toBe(1)
  expect(await readdir(join(folder, 'once', names[0]!.slice(0, 2)))).toEqual([names[0]])
})

test('an unknown name and a path in disguise are not found', async () => {
  const blobs = fileBlobStore(folder)
  expect(await blobs.has('0'.repeat(64))).toBe(false)
  await expect(blobs.get('0'.repeat(64))).rejects.toThrow(NotFound)
  await expect(blobs.get('../../etc/passwd')).rejects.toThrow(NotFound)
})
