import { systemClock } from '@/platform/clock'
import type { Figure } from '../report'
import { percentile } from '../report'
import type { Ledger } from './ledger'
import { Sender, STREAMS, underLoad } from './sender'
import type { Reading } from './sender'
import { pause, PARTS } from './stand'
import type { FaultStand, PartName } from './stand'

export interface FaultRun {
  readonly stand: FaultStand
  readonly ledger: Ledger
  readonly figures: Record<string, Figure>
  readonly failures: string[]
  readonly say: (line: string) => void
}

export const LOAD_EVERY_MS = 50
const HOUR_MS = 3_600_000
const FILL_LIMIT_MS = 90_000
/** Fewer than the intake remembers of a stream: a body that is sent again is recognised without the store. */
const PER_STREAM = 50

/** kill -9 of every part in turn, while readings keep coming. */
export async function killEach(run: FaultRun, kills: number, parts: readonly PartName[] = PARTS): Promise<void> {
  const { stand, figures, say } = run
  const sender = new Sender(stand, run.ledger)
  const ended = new AbortController()
  const loading = underLoad(sender, LOAD_EVERY_MS, ended.signal)
  const back: number[] = []
  for (let i = 0; i < kills; i++) {
    const part = parts[i % parts.length]!
    await pause(700 + ((i * 137) % 900))
    const ms = await stand.kill(part)
    back.push(ms)
    if (!(await stand.ready())) throw new Error(`Belfry did not get ready after its ${part} was killed.`)
    say(`killed ${part} (${i + 1}/${kills}), runs again after ${Math.round(ms)} ms, ${run.ledger.size} acknowledged`)
  }
  await pause(500)
  ended.abort()
  await loading
  figures['kills'] = { value: kills, unit: 'kills', n: kills }
  figures['restartP50Ms'] = { value: percentile(back, 0.5), unit: 'ms', n: kills }
  figures['requestsBroken'] = { value: sender.tally.broken, unit: 'requests', n: kills }
  checkPoison(run, sender)
}

/** The store is away for a while: readings are acknowledged all the same. */
export async function storeAway(run: FaultRun, awayMs: number): Promise<void> {
  const { stand, figures, failures, say } = run
  say(`the store is away for ${awayMs / 1000} s`)
  const sender = new Sender(stand, run.ledger)
  const letBack = await stand.holdStore()
  const ended = new AbortController()
  const loading = underLoad(sender, LOAD_EVERY_MS, ended.signal)
  await pause(awayMs)
  const meanwhile = sender.tally.accepted
  letBack()
  await pause(1_000)
  ended.abort()
  await loading
  figures['acknowledgedWhileStoreAway'] = { value: meanwhile, unit: 'obs', n: 1 }
  if (meanwhile === 0) failures.push('Nothing was acknowledged while the store was away.')
  checkPoison(run, sender)
}

/** The log's disk is filled while the store is away: pushes are refused, nothing that was acknowledged is lost. */
export async function diskFull(run: FaultRun): Promise<void> {
  const { stand, figures, failures, say } = run
  if (!stand.smallDisk) {
    say('disk full: skipped, only root may mount a small disk')
    figures['diskFullSkipped'] = { value: 1, unit: 'phases', n: 1 }
    return
  }
  say('the disk of the log is filled')
  const letBack = await stand.holdStore()
  const sender = new Sender(stand, run.ledger)
  const until = performance.now() + FILL_LIMIT_MS
  const isFull = (): boolean => sender.tally.full > 0
  for (let round = 0; !isFull() && performance.now() < until; round++) {
    // Once it is refused, the sender keeps trying as a producer does, until the store is back.
    const sending = sender.send(sender.readings(round, PER_STREAM))
    while (!isFull() && (await Promise.race([sending, pause(20)])) === undefined) continue
    if (isFull()) letBack()
    await sending
  }
  letBack()
  figures['refusedWhileFull'] = { value: sender.tally.full, unit: 'requests', n: 1 }
  if (!isFull()) failures.push('The full disk was never refused.')
  await sender.send(sender.readings(0))
  checkPoison(run, sender)
}

/** One hour of readings sent three times: taken once. */
export async function sameHourThrice(run: FaultRun): Promise<void> {
  const start = systemClock.now() - 2 * HOUR_MS
  const hour = history(start, 60)
  const sender = new Sender(run.stand, run.ledger)
  for (let again = 0; again < 3; again++) {
    for (const part of hour) await sender.send(part)
  }
  const rows = hour.reduce((sum, part) => sum + part.length, 0)
  const { accepted, duplicates } = sender.tally
  run.figures['duplicatesRecognised'] = { value: duplicates, unit: 'obs', n: rows * 3 }
  if (accepted !== rows || duplicates !== rows * 2) {
    run.failures.push(
      `The same hour three times: ${accepted} taken instead of ${rows}, ${duplicates} recognised instead of ${rows * 2}.`,
    )
  }
  checkPoison(run, sender)
}

/** Readings that arrive six hours late are kept and marked. */
export async function sixHoursLate(run: FaultRun): Promise<void> {
  const sender = new Sender(run.stand, run.ledger)
  const parts = history(systemClock.now() - 6 * HOUR_MS, 10)
  for (const part of parts) await sender.send(part)
  const rows = parts.reduce((sum, part) => sum + part.length, 0)
  run.figures['lateMarked'] = { value: sender.tally.late, unit: 'obs', n: rows }
  if (sender.tally.late !== rows)
    run.failures.push(`${rows} readings were six hours late, ${sender.tally.late} were marked.`)
  checkPoison(run, sender)
}

const history = (start: number, minutes: number): Reading[][] =>
  Array.from({ length: minutes }, (_, minute) =>
    Array.from({ length: STREAMS }, (__, stream) => ({
      stream,
      time: start + minute * 60_000,
      value: (minute * 7 + stream) % 40,
    })),
  )

/** Every bad line of an acknowledged body was refused, and no good one. */
export function checkPoison(run: FaultRun, { tally }: Sender): void {
  const before = run.figures['badLinesRefused']
  run.figures['badLinesRefused'] = {
    value: (before?.value ?? 0) + tally.rejected,
    unit: 'lines',
    n: (before?.n ?? 0) + tally.bad,
  }
  if (tally.rejected !== tally.bad)
    run.failures.push(`${tally.bad} bad lines were sent, ${tally.rejected} were refused.`)
}
