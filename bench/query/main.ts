import { percentile, runBench } from '../report'
import type { BenchContext, BenchResult, Figure } from '../report'
import { startedBytes, startServices } from '../services'
import { fillDay, keepArriving } from './fill'
import { questionsOf } from './questions'
import type { Question } from './questions'

const ROUNDS = { full: 30, quick: 8 }
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
  const { quick, say } = context
  const rows = quick ? 5_000_000 : 100_000_000
  const { seconds } = await fillDay(services.clickhouse, rows, say)
  await new Promise((resolve) => setTimeout(resolve, quick ? SETTLE_MS.quick : SETTLE_MS.full))
  const questions = questionsOf(services, rows)
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
  const stored = await arriving
  const rate = (stored * 1000) / (performance.now() - began)
  figures['arrivedRowsPerSecond'] = { value: rate, unit: 'rows/s', n: stored }
  figures['fillRowsPerSecond'] = { value: rows / seconds, unit: 'rows/s', n: rows }
  figures['memoryBytes'] = { value: await startedBytes(), unit: 'B', n: 1 }
  return { figures, ratios: {}, failures }
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
      const size = await question.ask(round)
      took.push(performance.now() - began)
      if (!question.expects(size)) failures.push(`${question.figure}${suffix}: an answer of ${size} rows is wrong.`)
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
