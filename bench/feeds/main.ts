import { seeded } from '@/domain/numeric/seeded'
import { createLog } from '@/platform/log'
import { openIntake } from '@/tests/support/ingestBench'
import { type BenchResult, type Figure, runBench } from '../report'
import { startServices } from '../services'
import { fuzz } from './mutate'
import { SEEDS } from './seeds'
import { capAlerts, jt808Frames, mqttMessages, sqlRows } from './streams'

const FULL = { seconds: 20, fuzz: 10_000 }
const QUICK = { seconds: 4, fuzz: 1_000 }
/** Formats of which a heading alone, or an empty list, is a whole document that says nothing. */
const MAY_SAY_NOTHING = new Set(['csv', 'json', 'geojson', 'gtfsRt'])

/** What the adapters take in each second, to durable; and whether any format loses or stumbles over a mutated payload. */
await runBench('feeds', async ({ quick, say }): Promise<BenchResult> => {
  const { seconds, fuzz: payloads } = quick ? QUICK : FULL
  const figures: Record<string, Figure> = {}
  const failures: string[] = []
  for (const { name, format, bytes } of SEEDS) {
    const count = fuzz(format, bytes, payloads, seeded(20_260_720))
    figures[`${name}FuzzRefused`] = { value: count.refused, unit: 'payloads', n: payloads }
    figures[`${name}FuzzSlowest`] = { value: count.slowestMs, unit: 'ms', n: payloads }
    if (count.lost > 0 && !MAY_SAY_NOTHING.has(name)) failures.push(`${name} lost ${count.lost} payloads.`)
  }
  const services = await startServices(say)
  const intake = await openIntake({ ...services, log: createLog('bench', { level: 'silent' }) })
  const stand = { services, intake, seconds }
  try {
    for (const [name, unit, run] of [
      ['mqttQos1MsgPerSecond', 'msg/s', () => mqttMessages(stand, 1)],
      ['mqttBatchedObsPerSecond', 'obs/s', () => mqttMessages(stand, 100)],
      ['jt808FramesPerSecond', 'frames/s', () => jt808Frames(stand)],
      ['capPerSecond', 'alerts/s', () => capAlerts(stand)],
      ['sqlPollRowsPerSecond', 'rows/s', () => sqlRows(stand)],
    ] as const) {
      say(name)
      const { taken, missing, seconds: spent } = await run()
      figures[name] = { value: taken / spent, unit, n: taken }
      if (missing !== 0) failures.push(`${name}: ${missing} of ${taken} are not durable.`)
    }
  } finally {
    await intake.close()
    await services.stop()
  }
  return { figures, ratios: {}, failures }
})
