import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EXERCISE_CITY, EXERCISE_SEED, exerciseCityIsDue, noteMade } from './exerciseCity'
import { sha256 } from './package/folderWriter'

let cities: string
const sums = Buffer.from('0  nothing\n')
beforeEach(async () => {
  cities = await mkdtemp(join(tmpdir(), 'belfry-exercise-'))
})
afterEach(() => rm(cities, { recursive: true }))

async function shelve(): Promise<void> {
  await mkdir(join(cities, EXERCISE_CITY))
  await writeFile(join(cities, EXERCISE_CITY, 'SHA256SUMS'), sums)
}

test('a missing city is due, one made by these sources is not', async () => {
  expect(await exerciseCityIsDue(cities)).toBe(true)
  await shelve()
  await noteMade(cities, { digest: sha256(sums), seed: EXERCISE_SEED })
  expect(await exerciseCityIsDue(cities)).toBe(false)
})

test('a city made by other sources is due again', async () => {
  await shelve()
  const made = { digest: sha256(sums), seed: EXERCISE_SEED, makers: 'other sources' }
  await writeFile(join(cities, `.made-${EXERCISE_CITY}.json`), JSON.stringify(made))
  expect(await exerciseCityIsDue(cities)).toBe(true)
})

test("somebody's own package in its place stays", async () => {
  await shelve()
  expect(await exerciseCityIsDue(cities)).toBe(false)
  await noteMade(cities, { digest: 'of another package', seed: EXERCISE_SEED })
  expect(await exerciseCityIsDue(cities)).toBe(false)
})
