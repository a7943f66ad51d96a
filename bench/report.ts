import { writeSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { childEnv, hostFacts } from '@/platform/env'

/** One measured number. `n` is how many samples it rests on. */
export interface Figure {
  readonly value: number
  readonly unit: string
  readonly n: number
}

export interface BenchResult {
  readonly figures: Readonly<Record<string, Figure>>
  readonly ratios: Readonly<Record<string, number>>
  /** Why the bench is red; empty when it is not. */
  readonly failures?: readonly string[]
}

export interface BenchContext {
  /** At most 60 s: samples shrink, the way of measuring stays. */
  readonly quick: boolean
  /** `drop`, `double` or `alter`: the bench harms one record itself and must turn red. */
  readonly sabotage: Sabotage | undefined
  readonly say: (line: string) => void
}

export const SABOTAGES = ['drop', 'double', 'alter'] as const
export type Sabotage = (typeof SABOTAGES)[number]

/** A bench found what must not be. */
class BenchIsRed extends Error {}

/** Runs a bench and prints its last line: one JSON object. Throws after it, so that the exit code is 1, when it is red. */
export async function runBench(name: string, run: (context: BenchContext) => Promise<BenchResult>): Promise<void> {
  const { argv } = hostFacts()
  const said = childEnv({})['BENCH_SABOTAGE']
  const sabotage = SABOTAGES.find((word) => word === said)
  if (said !== undefined && said !== '' && sabotage === undefined)
    throw new BenchIsRed(`BENCH_SABOTAGE takes ${SABOTAGES.join(', ')}.`)
  const json = argv.includes('--json')
  const say = (line: string): void => void writeSync(2, `${line}\n`)
  const machine = describeMachine()
  const { figures, ratios, failures: found = [] } = await run({ quick: argv.includes('--quick'), sabotage, say })
  const failures = [...found]
  // JSON has no NaN: what could not be measured is a failure, and no figure.
  const isMeasured = (key: string, value: number): boolean => {
    if (!Number.isFinite(value)) failures.push(`${key} is ${value}.`)
    return Number.isFinite(value)
  }
  const rounded = Object.fromEntries(
    Object.entries(figures)
      .filter(([key, { value }]) => isMeasured(key, value))
      .map(([key, figure]) => [key, { ...figure, value: round(figure.value) }]),
  )
  const shares = Object.fromEntries(
    Object.entries(ratios)
      .filter(([key, value]) => isMeasured(key, value))
      .map(([key, value]) => [key, round(value)]),
  )
  if (!json)
    for (const [key, { value, unit, n }] of Object.entries(rounded)) say(`${key.padEnd(36)} ${value} ${unit} (n ${n})`)
  for (const failure of failures) say(`RED: ${failure}`)
  writeSync(
    1,
    `${JSON.stringify({ name, machine, figures: rounded, ratios: shares, ...(failures.length > 0 ? { failures } : {}) })}\n`,
  )
  if (failures.length > 0) throw new BenchIsRed(failures.join(' '))
}

/** What the figures were measured on, with the load that other work put on it at the start. */
function describeMachine(): string {
  const { cores, platform, arch } = hostFacts()
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  const memory = Math.round(totalmem() / 1024 ** 3)
  return `${cores} x ${model}, ${memory} GB, ${platform} ${arch}, load ${loadavg()[0]?.toFixed(2) ?? '?'} at start`
}

/** Three significant digits below a thousand, whole numbers above. */
function round(value: number): number {
  return Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3))
}

/** The value below which `share` (0 to 1) of the samples lie; NaN without samples. */
export function percentile(samples: readonly number[] | Float64Array, share: number): number {
  const sorted = Float64Array.from(samples).sort()
  if (sorted.length === 0) return Number.NaN
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
}
