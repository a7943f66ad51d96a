import { meets, numberOf, textOf } from './rule'
import type { DedupeRule, Evaluation, RuleEvent, SustainedRule, ThresholdRule, Turn } from './rule'

/** Opens on the crossing; closes, and can open again, once the value is back by the hysteresis. */
export function evaluateThreshold(rule: ThresholdRule, events: readonly RuleEvent[]): Evaluation {
  const standing = new Set<string>()
  const open: Turn[] = []
  const close: Turn[] = []
  for (const event of events) {
    const value = numberOf(event, rule.field)
    if (Number.isNaN(value)) continue
    const group = textOf(event, 'key')
    if (!standing.has(group) && meets(event, rule)) {
      standing.add(group)
      open.push({ t: event.t, group })
    } else if (standing.has(group) && isBack(value, rule)) {
      standing.delete(group)
      close.push({ t: event.t, group })
    }
  }
  const { dedupeSeconds } = rule
  return dedupeSeconds === undefined ? { open, close } : { ...mergeNear(open, dedupeSeconds), close }
}

function isBack(value: number, { op, value: limit, hysteresis = 0 }: ThresholdRule): boolean {
  if (op === '>' || op === '>=') return hysteresis > 0 || op === '>=' ? value < limit - hysteresis : value <= limit
  if (op === '<' || op === '<=') return hysteresis > 0 || op === '<=' ? value > limit + hysteresis : value >= limit
  return op === '==' ? value !== limit : value === limit
}

/** Every event is an opening of its key. */
export function evaluateDedupe({ dedupeSeconds }: DedupeRule, events: readonly RuleEvent[]): Evaluation {
  const turns = events.map((event) => ({ t: event.t, group: textOf(event, 'key') }))
  return { ...mergeNear(turns, dedupeSeconds), close: [] }
}

/** Openings of one key within the span after its incident began belong to that incident. */
function mergeNear(turns: readonly Turn[], span: number): { open: Turn[]; merged: Turn[] } {
  const began = new Map<string, number>()
  const open: Turn[] = []
  const merged: Turn[] = []
  for (const turn of turns) {
    const first = began.get(turn.group)
    if (first !== undefined && turn.t - first <= span) {
      merged.push(turn)
      continue
    }
    began.set(turn.group, turn.t)
    open.push(turn)
  }
  return { open, merged }
}

/** Fires at the first event that is `forSeconds` after the first of an unbroken run; ends with the run. */
export function evaluateSustained(rule: SustainedRule, events: readonly RuleEvent[]): Evaluation {
  const runs = new Map<string, Run>()
  const open: Turn[] = []
  const close: Turn[] = []
  for (const event of events.filter((one) => !Number.isNaN(numberOf(one, rule.field)))) {
    const group = textOf(event, 'key')
    const { t } = event
    const before = runs.get(group)
    const run = nextRun(rule, before, event)
    const goesOn = run !== undefined && run.start === before?.start
    if (before?.isOpen === true && !goesOn) close.push({ t, group })
    if (run?.isOpen === true && !(goesOn && before.isOpen)) open.push({ t, group })
    if (run === undefined) runs.delete(group)
    else runs.set(group, run)
  }
  return { open, close }
}

/** Events in a row that meet the rule; open once they span its time. */
interface Run {
  readonly start: number
  readonly last: number
  readonly isOpen: boolean
}

function nextRun(rule: SustainedRule, run: Run | undefined, event: RuleEvent): Run | undefined {
  if (!meets(event, rule)) return undefined
  const { t } = event
  const start = run === undefined || t - run.last > rule.maxGapSeconds ? t : run.start
  return { start, last: t, isOpen: t - start >= rule.forSeconds }
}
