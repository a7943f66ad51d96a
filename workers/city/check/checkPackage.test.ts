import { appendFile, mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { tinyCity } from '@/workers/city/tinyCity'
import { sha256 } from '../package/folderWriter'
import { writePackage } from '../package/writePackage'
import type { WrittenPackage } from '../package/writePackage'
import { checkPackage } from './checkPackage'

let cities: string
let written: WrittenPackage
beforeEach(async () => {
  cities = await mkdtemp(join(tmpdir(), 'belfry-check-'))
  written = await writePackage(tinyCity(), { cities, stamp: 'test' })
})
afterEach(() => rm(cities, { recursive: true }))

/** Replaces a file and its sum, as somebody would who wants to be believed. */
async function forge(path: string, change: (body: Buffer) => Buffer): Promise<void> {
  const whole = join(written.folder, path)
  const before = await readFile(whole)
  const after = change(Buffer.from(before))
  await writeFile(whole, after)
  const sums = join(written.folder, 'SHA256SUMS')
  await writeFile(sums, (await readFile(sums, 'utf8')).replace(sha256(before), sha256(after)))
}

test('the same model gives the same package, byte for byte, and it is sound', async () => {
  const sound = await checkPackage(written.folder)
  expect(sound.problems).toEqual([])
  expect(sound.digest).toBe(written.digest)
  expect((await writePackage(tinyCity(), { cities, stamp: 'other' })).digest).toBe(written.digest)
})

test('a changed, a missing and a foreign file are named', async () => {
  await appendFile(join(written.folder, 'places', 'lines.geojson'), ' ')
  await unlink(join(written.folder, 'terrain', 'dem.tif'))
  await writeFile(join(written.folder, 'buildings', 'extra.glb'), '')
  expect((await checkPackage(written.folder)).problems).toEqual([
    'places/lines.geojson is not what was written.',
    'terrain/dem.tif is missing.',
    'buildings/extra.glb is not in SHA256SUMS.',
  ])
})

test.each<[string, (body: Buffer) => Buffer, RegExp]>([
  ['buildings/14/13393/6728.glb', (body) => body.fill(0, body.length - 12_000), /buildings, .* of them listed/],
  [
    'buildings/attributes.ndjson',
    (body) => body.subarray(0, body.indexOf('\n') + 1),
    /1 lines and 1 codes for 404 buildings/,
  ],
  ['roads/graph.bin', (body) => body.subarray(0, 100), /graph\.bin/],
  ['buildings/tileset.json', () => Buffer.from('{"asset":{"version":"1.0"}}'), /no tileset/],
  [
    'manifest.json',
    (body) => Buffer.from(body.toString().replace('"count": 404', '"count": 405')),
    /404 codes for 405/,
  ],
])('a believable %s that does not fit the rest is found', async (path, change, problem) => {
  await forge(path, change)
  const { problems } = await checkPackage(written.folder)
  expect(problems.join('\n')).toMatch(problem)
})

test('a model that is no city leaves the old package and nothing else', async () => {
  const model = tinyCity()
  const broken = { ...model, terrain: { ...model.terrain, rows: 3 } }
  await expect(writePackage(broken, { cities, stamp: 'test' })).rejects.toThrow(RangeError)
  expect((await checkPackage(written.folder)).problems).toEqual([])
})
