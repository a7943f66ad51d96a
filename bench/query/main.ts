import { harm } from '../ingest/audit'
import { percentile, runBench } from '../report'
import type { BenchContext, BenchResult, Figure } from '../report'
import { startedBytes, startServices } from '../services'
import { fillDay, keepArriving, WORLD } from './fill'
import { FillTruth } from './fillTruth'
import type { Answer } from './fillTruth'
import { questionsOf } from './questions'
import type { Question } from './questions'

const ROUNDS = { full: 30, quick: 8 }
/** What the product must take in beside the questions. */
const ARRIVAL_FLOOR = 95_000
const SETTLE_MS = { full: 15_000, quick: 2_000 }

await runBench('query', async (context) => {
  const services = await startServices(context.say)
  try {
    return await measure(context, services)
  } finally {
    await services.stop()
  }
})

async function measure(
  context: BenchContext,
  services: Awaited<ReturnType<typeof startServices>>,
): Promise<BenchResult> {
  const { quick, sabotage, say } = context
  const rows = quick ? 5_000_000 : 100_000_000
  const { seconds } = await fillDay(services.clickhouse, rows, say)
  await new Promise((resolve) => setTimeout(resolve, quick ? SETTLE_MS.quick : SETTLE_MS.full))
  if (sabotage !== undefined) await harm(services, WORLD, sabotage)
  const truth = new FillTruth(services.clickhouse, rows)
  const questions = questionsOf(services, truth)
  const figures: Record<string, Figure> = { storedRows: { value: rows, unit: 'rows', n: 1 } }
  const failures: string[] = []
  say('asking while nothing arrives')
  await askAll(questions, { context, figures, failures, suffix: '' })
  say('asking while 100 000 rows/s arrive')
  const ended = new AbortController()
  const began = performance.now()
  const arriving = keepArriving(services.clickhouse, ended.signal)
  await askAll(questions, { context, figures, failures, suffix: 'UnderInserts' })
  ended.abort()
  const arrived = await arriving
  const rate = (arrived.size * 1000) / (performance.now() - began)
  figures['arrivedRowsPerSecond'] = { value: rate, unit: 'rows/s', n: arrived.size }
  if (!quick && rate < ARRIVAL_FLOOR) failures.push(`${Math.round(rate)} rows/s arrived instead of 100 000.`)
  const [filled, held] = [await truth.filled(), await truth.stored()]
  const sent = { size: filled.size + arrived.size, cents: filled.cents + arrived.cents }
  if (differs(held, sent)) failures.push(`${told(held)} are stored, ${told(sent)} were sent.`)
  figures['fillRowsPerSecond'] = { value: rows / seconds, unit: 'rows/s', n: rows }
  figures['memoryBytes'] = { value: await startedBytes(), unit: 'B', n: 1 }
  return { figures, ratios: {}, failures }
}

function differs(one: Answer, other: Answer): boolean {
  return one.size !== other.size || one.cents !== other.cents
}

function told({ size, cents }: Answer): string {
  return `${size} rows of ${cents / 100} in sum`
}

interface Asking {
  readonly context: BenchContext
  readonly figures: Record<string, Figure>
  readonly failures: string[]
  readonly suffix: string
}

async function askAll(questions: readonly Question[], { context, figures, failures, suffix }: Asking): Promise<void> {
  const rounds = context.quick ? ROUNDS.quick : ROUNDS.full
  for (const question of questions) {
    const took: number[] = []
    for (let round = 0; round < rounds; round++) {
      const began = performance.now()
      const answer = await question.ask(round)
      took.push(performance.now() - began)
      const right = await question.truth(round)
      if (differs(answer, right))
        failures.push(`${question.figure}${suffix}: answered ${told(answer)}, right are ${told(right)}.`)
    }
    for (const [name, share] of [
      ['P50Ms', 0.5],
      ['P95Ms', 0.95],
    ] as const) {
      figures[`${question.figure}${suffix}${name}`] = { value: percentile(took, share), unit: 'ms', n: rounds }
    }
    context.say(`${question.figure}${suffix}: median ${percentile(took, 0.5).toFixed(0)} ms`)
  }
}
