import { epochMillis } from '@/domain/time'
import type { Datastream } from '@/domain/catalogue'
import { StreamNo, WorldNo } from '@/domain/ids'
import type { World } from '@/domain/world'
import { History } from '@/server/history/history'
import { latestReadings } from '@/server/live/queries/latestReadings'
import type { BenchServices } from '../services'
import { DAY_MS, DAY_START, STREAMS, WORLD } from './fill'

/** One question of the product, asked as the product asks it; the answer's size says that it was answered. */
export interface Question {
  readonly figure: string
  readonly ask: (round: number) => Promise<number>
  /** The size of a right answer. */
  readonly expects: (size: number) => boolean
}

const world: World = {
  no: WorldNo.parse(WORLD),
  key: 'bench',
  kind: 'exercise',
  name: { 'zh-CN': '测量', en: 'Bench' },
  timeZone: 'Asia/Shanghai',
  clock: { anchorWorld: epochMillis(DAY_START), anchorReal: epochMillis(0), rate: 1 },
  view: { longitude: 0, latitude: 0, zoom: 10, pitch: 0, bearing: 0 },
}

export function questionsOf({ clickhouse, postgres }: BenchServices, rows: number): Question[] {
  const history = new History(world, { clickhouse, postgres })
  const streams = Array.from({ length: STREAMS }, (_, no) => ({ no: StreamNo.parse(no) }) as Datastream)
  const end = DAY_START + DAY_MS
  const perStream = rows / STREAMS
  const sum = (parts: readonly { stream: readonly number[] }[]): number =>
    parts.reduce((total, part) => total + part.stream.length, 0)
  return [
    {
      figure: 'latest100k',
      ask: async () => (await latestReadings(clickhouse, { world: world.no })).length,
      expects: (size) => size === STREAMS,
    },
    {
      figure: 'streamDay',
      ask: async (round) =>
        (
          await history.series(
            (round * 7_919) % STREAMS,
            { from: DAY_START, to: end - 1, knownTime: end + DAY_MS },
            20_000,
          )
        ).length,
      expects: (size) => Math.abs(size - perStream) <= 1,
    },
    {
      figure: 'minutes1kStreams',
      ask: async (round) => {
        const first = (round * 331) % 4_000
        const asked = Array.from({ length: 1_000 }, (_, i) => first + i)
        const from = DAY_START + ((round * 37) % 20) * 3_600_000
        return (await history.minutes(asked, from, from + 3_600_000)).stream.length
      },
      expects: (size) => size > 0,
    },
    {
      figure: 'asOf',
      ask: async (round) =>
        sum(
          await history.readings(
            epochMillis(DAY_START + ((round * 0.618) % 1) * 0.7 * DAY_MS + 0.25 * DAY_MS),
            streams,
          ),
        ),
      expects: (size) => size >= STREAMS,
    },
  ]
}
