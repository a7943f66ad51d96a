import { epochMillis, toIso } from '@/domain/time'
import { systemClock } from '@/platform/clock'
import { startBelfry } from '../belfry'
import type { Belfry } from '../belfry'
import { Histogram } from '../histogram'
import { cpuSeconds } from '../processCpu'
import { runBench } from '../report'
import type { BenchContext, BenchResult, Figure } from '../report'
import { startedBytes, startServices } from '../services'
import { nextMessage, startThread } from '../thread'
import { foundTown } from '../town'
import type { Town } from '../town'
import type { FanoutSeen, FanoutSettled } from './screensThread'

/** 51 bytes a reading on the wire: 395 of them are a delta of 20 KB. */
const ROWS = 395
const TICK_MS = 100
const FULL = { screens: 1_000, seconds: 60, warm: 5 }
const QUICK = { screens: 1_000, seconds: 16, warm: 3 }
/** Under the 20 s after which the server lets a screen go that answers no ping. */
const SIP_EVERY_MS = 14_000
const SLOW_EVERY = 10
/** What every screen must hold at the end: values that no tick before has. */
const LAST = Array.from({ length: ROWS }, (_, no) => 60 + (no % 30))

await runBench('fanout', async (context) => {
  const services = await startServices(context.say)
  try {
    const town = await foundTown(services, { things: Array.from({ length: ROWS }, (_, no) => `gauge-${no}`) })
    const belfry = await startBelfry({ services })
    try {
      return await measure(context, belfry, town)
    } finally {
      await belfry.stop()
    }
  } finally {
    await services.stop()
  }
})

async function measure(context: BenchContext, belfry: Belfry, town: Town): Promise<BenchResult> {
  const { say, quick } = context
  const plan = quick ? QUICK : FULL
  const port = Number(new URL(belfry.url).port)
  say(`opening ${plan.screens} screens`)
  const file = new URL('./screensThread.ts', import.meta.url)
  const thread = startThread(file, {
    port,
    cookie: town.cookie,
    world: town.world.key,
    screens: plan.screens,
    streams: ROWS,
    slowEvery: SLOW_EVERY,
    sipEveryMs: SIP_EVERY_MS,
    sabotage: context.sabotage,
  })
  await nextMessage(thread)
  const ended = new AbortController()
  const feeding = feed(belfry, town, ended.signal)
  // A refused feed is told when its end is awaited: until then it must not end the bench before its services.
  feeding.catch(() => undefined)
  await pause(plan.warm * 1000)
  say('measuring')
  thread.postMessage('measure')
  const [cpuBefore, began] = [await cpuSeconds(belfry.child.pid), performance.now()]
  await pause(plan.seconds * 1000)
  const cpu = (await cpuSeconds(belfry.child.pid)) - cpuBefore
  const seconds = (performance.now() - began) / 1000
  const memory = await startedBytes()
  thread.postMessage('settle')
  const seen = (await nextMessage(thread)) as FanoutSeen
  ended.abort()
  await feeding
  say('comparing what each screen holds with what was sent last')
  thread.postMessage({ sent: LAST })
  await nextMessage(thread)
  const [settled] = await Promise.all([nextMessage(thread) as Promise<FanoutSettled>, send(belfry, town, LAST)])
  return resultOf({ seen, settled, cpu, seconds, memory, screens: plan.screens })
}

interface Measured {
  readonly seen: FanoutSeen
  readonly settled: FanoutSettled
  readonly cpu: number
  readonly seconds: number
  readonly memory: number
  readonly screens: number
}

function resultOf({ seen, settled, cpu, seconds, memory, screens }: Measured): BenchResult {
  const delivery = new Histogram(seen.delivery)
  const fast = screens - screens / SLOW_EVERY
  const perSecond = seen.deltas / seconds / fast
  const figures: Record<string, Figure> = {
    deliveryP50Ms: { value: delivery.percentile(0.5), unit: 'ms', n: delivery.total },
    deliveryP99Ms: { value: delivery.percentile(0.99), unit: 'ms', n: delivery.total },
    serverCpuPercent: { value: (100 * cpu) / seconds, unit: '% of one core', n: 1 },
    deltasPerSecondAndScreen: { value: perSecond, unit: '1/s', n: seen.deltas },
    bytesPerDelta: { value: seen.bytes / (seen.deltas + seen.slowDeltas), unit: 'B', n: seen.deltas + seen.slowDeltas },
    slowDeltas: { value: seen.slowDeltas, unit: 'deltas', n: screens / SLOW_EVERY },
    slowMergedDeltas: { value: seen.slowMerged, unit: 'deltas', n: screens / SLOW_EVERY },
    gaps: { value: settled.gaps, unit: 'gaps', n: screens },
    screensEqual: { value: screens - settled.differing, unit: 'screens', n: screens },
    memoryBytes: { value: memory, unit: 'B', n: 1 },
  }
  const failures = []
  if (settled.gaps > 0) failures.push(`${settled.gaps} deltas did not continue what a screen held.`)
  if (settled.differing > 0) failures.push(`${settled.differing} screens do not hold what was sent last.`)
  if (perSecond < 9) failures.push(`A screen got ${perSecond.toFixed(2)} deltas a second instead of 10.`)
  if (seen.slowMerged === 0)
    failures.push('No slow screen got merged deltas: the slow ones were not slow, or got a backlog.')
  return { figures, ratios: {}, failures }
}

/** A reading of every stream each tick, so that each delta has its 20 KB. Sent by the clock, whenever the answer comes. */
async function feed(belfry: Belfry, town: Town, signal: AbortSignal): Promise<void> {
  const pending = new Set<Promise<void>>()
  const refusals: Error[] = []
  let due = performance.now()
  for (let tick = 0; !signal.aborted && refusals.length === 0; tick++) {
    const sending = send(belfry, town, ticked(tick)).finally(() => pending.delete(sending))
    sending.catch((cause: unknown) => refusals.push(cause instanceof Error ? cause : new Error(String(cause))))
    pending.add(sending)
    due = Math.max(due + TICK_MS, performance.now() - 1_000)
    await pause(due - performance.now())
  }
  await Promise.allSettled(pending)
  const [refusal] = refusals
  if (refusal !== undefined) throw refusal
}

function ticked(tick: number): number[] {
  return Array.from({ length: ROWS }, (_, no) => (tick + no) % 50)
}

async function send(belfry: Belfry, town: Town, values: readonly number[]): Promise<void> {
  const url = `${belfry.url}/api/worlds/${town.world.key}/feeds/${town.feed}/records`
  const time = toIso(epochMillis(systemClock.now()))
  const lines = values.map(
    (value, no) => `{"datastream":"gauge-${no}.level","phenomenonTime":"${time}","result":${value}}`,
  )
  const headers = { authorization: `Bearer ${town.key}`, 'content-type': 'application/x-ndjson' }
  const answer = await fetch(url, { method: 'POST', headers, body: lines.join('\n') })
  if (!answer.ok) throw new Error(`The feed of the bench was refused: ${answer.status} ${await answer.text()}`)
  await answer.arrayBuffer()
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)))
}
