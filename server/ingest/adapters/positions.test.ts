import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Positions } from './positions'

test('a feed with the longest Chinese key keeps its place, apart from one that differs at the end', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'belfry-positions-'))
  try {
    const positions = new Positions(folder)
    const key = '雨'.repeat(119)
    await positions.write('临江'.repeat(30), `${key}甲`, { watermark: '1' })
    await positions.write('临江'.repeat(30), `${key}乙`, { watermark: '2' })
    expect(await positions.read('临江'.repeat(30), `${key}甲`)).toEqual({ watermark: '1' })
    expect(await positions.read('临江'.repeat(30), `${key}乙`)).toEqual({ watermark: '2' })
    expect(await positions.read('live', 'never')).toEqual({})
  } finally {
    await rm(folder, { recursive: true })
  }
})
