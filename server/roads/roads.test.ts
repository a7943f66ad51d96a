import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IsochroneQuestion, MatrixAnswer, MatrixQuestion, RouteAnswer, RouteQuestion } from '@/domain/api/roads'
import type { Place, RoadQuestion } from '@/domain/api/roads'
import type { Road } from '@/domain/city/cityModel'
import { WorldNo } from '@/domain/ids'
import { buildRoadGraph } from '@/domain/roads/buildRoadGraph'
import { encodeGraph } from '@/domain/roads/graphCodec'
import { trialRoad } from '@/domain/roads/trialRoads'
import { epochMillis } from '@/domain/time'
import { World } from '@/domain/world'
import { createLog } from '@/platform/log'
import { Roads } from './roads'
import type { RoadsOptions } from './roads'

const SIDE = 60
const STEP = 0.001
const LONG = 60_000
let folder: string
const opened: Roads[] = []
const lines: string[] = []

const at = (k: number): Place => [118 + (k % SIDE) * STEP, 31 + Math.floor(k / SIDE) * STEP]
const codeOf = (k: number): Road['code'] => String(k).padStart(16, '0') as Road['code']

/** A town of 60 by 60 crossings about 100 m apart, one road between each two neighbours. */
function town(): Road[] {
  const pairs = Array.from({ length: SIDE * SIDE }, (_, k) => [
    ...(k % SIDE < SIDE - 1 ? [[k, k + 1] as const] : []),
    ...(k + SIDE < SIDE * SIDE ? [[k, k + SIDE] as const] : []),
  ]).flat()
  return pairs.map(([from, to], k) => trialRoad([...at(from), ...at(to)], { code: codeOf(k), source: `way/${k}` }))
}

const world = World.parse({
  no: WorldNo.parse(1),
  key: 'trial',
  kind: 'exercise',
  name: { 'zh-CN': '试', en: 'Trial' },
  clock: { anchorWorld: epochMillis(0), anchorReal: epochMillis(0), rate: 1 },
  view: { longitude: 118, latitude: 31, zoom: 12 },
})

function openRoads(limits: RoadsOptions['limits'] = {}): Roads {
  const destination = { write: (line: string) => void lines.push(line) }
  const log = createLog('test', { level: 'warn', destination })
  const roads = new Roads({ log, limits, graphOf: () => join(folder, 'graph.bin') })
  opened.push(roads)
  return roads
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belfry-roads-'))
  await writeFile(join(folder, 'graph.bin'), encodeGraph(buildRoadGraph(town()).graph))
})
afterAll(async () => {
  await Promise.all(opened.map((roads) => roads.stop()))
  await rm(folder, { recursive: true })
})

const matrix = (size: number): RoadQuestion => {
  const places = Array.from({ length: size }, (_, k) => at(Math.floor((k * SIDE * SIDE) / size)))
  return { kind: 'matrix', ...MatrixQuestion.parse({ sources: places, targets: places }) }
}
const route: RoadQuestion = { kind: 'route', ...RouteQuestion.parse({ from: at(0), to: at(SIDE * SIDE - 1) }) }
const isochrone: RoadQuestion = { kind: 'isochrone', ...IsochroneQuestion.parse({ place: at(0), seconds: [60] }) }
const by = (caller: string, signal?: AbortSignal) => (signal === undefined ? { caller } : { caller, signal })

async function took(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

describe('a matrix', () => {
  test(
    'lets routes go first, and rests on the roads as they were when it began',
    async () => {
      const roads = openRoads()
      const alone = MatrixAnswer.parse(JSON.parse(await roads.ask(world, matrix(300), by('a'))))
      const done: string[] = []
      const large = roads.ask(world, matrix(300), by('a')).then((text) => {
        done.push('matrix')
        return MatrixAnswer.parse(JSON.parse(text))
      })
      await roads.ask(world, route, by('b'))
      done.push('route')
      await roads.change(world, { kind: 'close', source: 's', reason: 'x', codes: [codeOf(0)], places: [] })
      const detour = RouteAnswer.parse(JSON.parse(await roads.ask(world, route, by('b'))))
      done.push('route')
      expect(await large).toEqual(alone)
      expect(done).toEqual(['route', 'route', 'matrix'])
      expect([alone.version, detour.version]).toEqual([0, 1])
    },
    LONG,
  )

  test(
    'is asked one at a time by a caller, and by few callers at once',
    async () => {
      const roads = openRoads({ large: 2 })
      const first = roads.ask(world, matrix(200), by('a'))
      await expect(roads.ask(world, isochrone, by('a'))).rejects.toMatchObject({ code: 'roads.oneAtATime' })
      const other = roads.ask(world, isochrone, by('b'))
      await expect(roads.ask(world, isochrone, by('c'))).rejects.toMatchObject({ code: 'roads.busy', retry: true })
      await Promise.all([first, other])
      await expect(roads.ask(world, isochrone, by('a'))).resolves.toContain('areas')
    },
    LONG,
  )

  test(
    'is given up at its deadline and when its caller is gone; the thread goes on with the next at once',
    async () => {
      const hasty = openRoads({ largeMs: 50 })
      await hasty.ask(world, route, by('a'))
      await expect(hasty.ask(world, matrix(1000), by('a'))).rejects.toMatchObject({ code: 'roads.tooLong' })
      await expect(hasty.ask(world, route, by('a'))).resolves.toContain('line')
      const roads = openRoads()
      await roads.ask(world, route, by('a'))
      const whole = await took(async () => roads.ask(world, matrix(1000), by('a')))
      const gone = new AbortController()
      const left = roads.ask(world, matrix(1000), by('a', gone.signal))
      const next = roads.ask(world, isochrone, by('b'))
      await roads.ask(world, route, by('a'))
      gone.abort()
      await expect(left).rejects.toMatchObject({ code: 'roads.gone' })
      expect(await took(async () => next)).toBeLessThan(whole / 2)
      await expect(roads.ask(world, route, by('a', gone.signal))).rejects.toMatchObject({ code: 'roads.gone' })
    },
    LONG,
  )
})

test(
  'measured speeds and water are counted with, and said in the answer, until they are taken back',
  async () => {
    const roads = openRoads()
    const asked = async (): Promise<RouteAnswer> =>
      RouteAnswer.parse(JSON.parse(await roads.ask(world, route, by('a'))))
    const free = await asked()
    const line = Array.from({ length: SIDE - 1 }, (_, i) => at(i))
    roads.readings(world, {
      speeds: line.map(([x, y]): { place: Place; kmh: number } => ({ place: [x + STEP / 2, y], kmh: 5 })),
      depths: Array.from({ length: SIDE - 1 }, (_, i) => ({
        place: [at(0)[0] + (i + 0.5) * STEP, 31 + 30 * STEP] as Place,
        metres: 0.5,
      })),
    })
    const slow = await asked()
    expect(slow.counted).toEqual({ closedEdges: 0, measuredEdges: 118, wetStretches: 59, forbiddenTurns: 0 })
    expect(slow.version).toBeGreaterThan(free.version)
    const along = slow.route!.line.filter(([, y]) => Math.abs(y - 31) < 1e-6).length
    expect(along).toBeLessThanOrEqual(2)
    roads.readings(world, { speeds: [], depths: [] })
    const again = await asked()
    expect([again.counted.measuredEdges, again.counted.wetStretches]).toEqual([0, 0])
    expect(again.route!.seconds).toBe(free.route!.seconds)
  },
  LONG,
)

test(
  'a closure tells what is not in this city, to who closed and to the log, and closes the rest',
  async () => {
    const roads = openRoads()
    const change = { kind: 'close', source: 'police', reason: 'works' } as const
    const sea: Place = [119, 31]
    const codes = [codeOf(0), codeOf(1), 'nowhere']
    expect(await roads.change(world, { ...change, codes, places: [at(5), sea] })).toEqual({
      codes: ['nowhere'],
      places: [sea],
    })
    expect(lines.filter((line) => line.includes('nowhere') && line.includes('police'))).toHaveLength(1)
    expect(await roads.change(world, { ...change, codes: [codeOf(0)], places: [] })).toEqual({ codes: [], places: [] })
    expect(await roads.change(world, { kind: 'reopen', source: 'police' })).toEqual({ codes: [], places: [] })
  },
  LONG,
)
