import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ShelvedCity } from './cityShelf'
import { PackedFiles } from './packedFiles'

const bodies = Object.fromEntries(
  Array.from({ length: 20 }, (_, no) => [`${no}.glb`, Buffer.alloc(4000, `tile ${no} of a city, `)]),
)
let shelved: ShelvedCity
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'belfry-packed-'))
  const all = { ...bodies, 'small.json': Buffer.from('{}'), 'x.png': Buffer.alloc(4000) }
  for (const [name, body] of Object.entries(all)) await writeFile(join(folder, name), body)
  const files = new Map(
    Object.entries(all).map(([name, body]) => [name, createHash('sha256').update(body).digest('hex')]),
  )
  shelved = { city: 'x', folder, digest: 'd', files } as unknown as ShelvedCity
})
afterAll(() => rm(shelved.folder, { recursive: true }))

test('a file comes packed as the asker can read it, and whole again', async () => {
  const files = new PackedFiles(1e6)
  const br = await files.open(shelved, '3.glb', 'gzip, br')
  const gz = await files.open(shelved, '3.glb', 'gzip')
  const plain = await files.open(shelved, '3.glb', '')
  expect([br?.packing, gz?.packing, plain?.packing]).toEqual(['br', 'gzip', 'none'])
  expect(brotliDecompressSync(br!.body).equals(bodies['3.glb']!)).toBe(true)
  expect(gunzipSync(gz!.body).equals(bodies['3.glb']!)).toBe(true)
  expect(plain!.body.equals(bodies['3.glb']!)).toBe(true)
})

test('what is small or packed already stays as it is, and what is not listed is not there', async () => {
  const files = new PackedFiles(1e6)
  expect((await files.open(shelved, 'small.json', 'br'))?.packing).toBe('none')
  expect((await files.open(shelved, 'x.png', 'br'))?.packing).toBe('none')
  expect(await files.open(shelved, '../packedFiles.ts', 'br')).toBeUndefined()
})

test('what is kept stays within its bound, the longest unasked goes first', async () => {
  const one = (await new PackedFiles(1e6).open(shelved, '0.glb', 'gzip'))!.body.length
  const files = new PackedFiles(one * 5)
  const first = (await files.open(shelved, '0.glb', 'gzip'))!.body
  for (let no = 1; no < 20; no++) {
    await files.open(shelved, `${no}.glb`, 'gzip')
    expect(files.bytes).toBeLessThanOrEqual(one * 5)
    // Asked for again each time, it is never the oldest.
    expect((await files.open(shelved, '0.glb', 'gzip'))!.body).toBe(first)
  }
  const again = (await files.open(shelved, '1.glb', 'gzip'))!.body
  expect((await files.open(shelved, '1.glb', 'gzip'))!.body).toBe(again)
})
