import { epochMillis } from '@/domain/time'
import type { Datastream } from '@/domain/catalogue'
import { RowState } from '@/domain/fold/columns'
import { StreamNo, WorldNo } from '@/domain/ids'
import type { World } from '@/domain/world'
import { History } from '@/server/history/history'
import { pictureAsOf } from '@/server/history/pictureAsOf'
import { latestReadings } from '@/server/live/queries/latestReadings'
import type { BenchServices } from '../services'
import { DAY_MS, DAY_START, STREAMS, WORLD } from './fill'
import type { Answer, FillTruth } from './fillTruth'

/** One question of the product, asked as the product asks it. */
export interface Question {
  readonly figure: string
  readonly ask: (round: number) => Promise<Answer>
  /** The right answer. */
  readonly truth: (round: number) => Promise<Answer>
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

const END = DAY_START + DAY_MS
const streamOf = (round: number): number => (round * 7_919) % STREAMS
const momentOfRound = (round: number): number => DAY_START + ((round * 0.618) % 1) * 0.7 * DAY_MS + 0.25 * DAY_MS
const hourOf = (round: number) => {
  const from = DAY_START + ((round * 37) % 20) * 3_600_000
  return { first: (round * 331) % 4_000, from, to: from + 3_600_000 }
}

/**
 * `latest100k`: the latest value of every stream. `streamDay`: all readings of one stream's day. `minutes1kStreams`: an
 * hour of minutes of 1 000 streams. `asOf`: the whole picture that Belfry knew at a past moment, as replay asks for it.
 */
export function questionsOf({ clickhouse, postgres }: BenchServices, truth: FillTruth): Question[] {
  const history = new History(world, { clickhouse, postgres })
  const streams = Array.from(
    { length: STREAMS },
    (_, no) => ({ no: StreamNo.parse(no), staleAfterSeconds: 600 }) as Datastream,
  )
  return [
    {
      figure: 'latest100k',
      ask: async () => answerOf((await latestReadings(clickhouse, { world: world.no })).map(({ value }) => value)),
      truth: () => truth.newest(END + DAY_MS),
    },
    {
      figure: 'streamDay',
      ask: async (round) => {
        const day = { from: DAY_START, to: END - 1, knownTime: END + DAY_MS }
        return answerOf((await history.series(streamOf(round), day, 20_000)).map(({ value }) => value))
      },
      truth: (round) => truth.streamDay(streamOf(round)),
    },
    {
      figure: 'minutes1kStreams',
      ask: async (round) => {
        const { first, from, to } = hourOf(round)
        const asked = Array.from({ length: 1_000 }, (_, i) => first + i)
        const { mean, samples } = await history.minutes(asked, from, to)
        return answerOf(mean.map((value, i) => value * samples[i]!))
      },
      truth: (round) => truth.minutes(hourOf(round)),
    },
    {
      figure: 'asOf',
      ask: async (round) => {
        const { readings } = await pictureAsOf(history, epochMillis(momentOfRound(round)), streams)
        const heard = readings.state.subarray(0, readings.length)
        return answerOf(
          Array.from(readings.value.subarray(0, readings.length)).filter((_, no) => heard[no] !== RowState.never),
        )
      },
      truth: (round) => truth.newest(momentOfRound(round)),
    },
  ]
}

function answerOf(values: readonly number[]): Answer {
  return { size: values.length, cents: values.reduce((sum, value) => sum + Math.round(value * 100), 0) }
}
