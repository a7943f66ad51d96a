import { mkdir, mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FolderWriter, sha256 } from './folderWriter'

let parent: string
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'belfry-folder-'))
})
afterEach(() => rm(parent, { recursive: true }))

test('a folder appears whole, in place of the old one, with the sums of its files in order', async () => {
  const old = new FolderWriter(join(parent, 'city'), 'city-1')
  await old.begin()
  await old.write('gone.txt', Buffer.from('gone'))
  await old.finish()
  const writer = new FolderWriter(join(parent, 'city'), 'city-2')
  await writer.begin()
  await writer.write('b/two.txt', Buffer.from('two'))
  await writer.write('a.txt', Buffer.from('one'))
  expect(await readdir(join(parent, 'city'))).toEqual(['SHA256SUMS', 'gone.txt'])
  const digest = await writer.finish()
  const sums = await readFile(join(parent, 'city', 'SHA256SUMS'))
  expect(sums.toString()).toBe(`${sha256(Buffer.from('one'))}  a.txt\n${sha256(Buffer.from('two'))}  b/two.txt\n`)
  expect(digest).toBe(sha256(sums))
  expect(await readdir(parent)).toEqual(['city'])
  expect(await readdir(join(parent, 'city'))).toEqual(['SHA256SUMS', 'a.txt', 'b'])
})

test('what a killed writer left is removed, what another one writes now is not', async () => {
  for (const name of ['.city-7-new', '.city-8-new', '.town-9-new']) await mkdir(join(parent, name))
  await utimes(join(parent, '.city-7-new'), 1_000_000, 1_000_000)
  await writeFile(join(parent, '.made-city.json'), '{}')
  const writer = new FolderWriter(join(parent, 'city'), 'city-10')
  await writer.begin()
  await writer.abandon()
  expect((await readdir(parent)).sort()).toEqual(['.city-8-new', '.made-city.json', '.town-9-new'])
})

test('of a folder only the named files are copied, and summed', async () => {
  const from = join(parent, 'from')
  await mkdir(join(from, 'deep'), { recursive: true })
  for (const name of ['tileset.json', 'deep/a.glb', 'private.key']) await writeFile(join(from, name), name)
  const writer = new FolderWriter(join(parent, 'city'), 'city-1')
  await writer.begin()
  await writer.copy('tilesets/one', { from, files: ['tileset.json', 'deep/a.glb'] })
  expect(writer.files).toBe(2)
  await writer.finish()
  const taken = await readdir(join(parent, 'city', 'tilesets'), { recursive: true })
  expect(taken.sort()).toEqual(['one', 'one/deep', 'one/deep/a.glb', 'one/tileset.json'])
})
