import { compares, matches, meets, numberOf, rounded, textOf } from './rule'
import type { Evaluation, EventWindow, RuleEvent, Turn, WindowRule } from './rule'

/** Counts and aggregates per group and window. */
export function evaluateWindows(rule: WindowRule, events: readonly RuleEvent[]): Evaluation {
  const { kept, droppedLate } = withoutLate(rule, events)
  const groups = new Map<string, RuleEvent[]>()
  for (const event of [...kept].sort((one, other) => one.t - other.t)) {
    const group = textOf(event, rule.group)
    groups.set(group, [...(groups.get(group) ?? []), event])
  }
  const end = Math.max(0, ...events.map(({ t, arrivedAt = t }) => Math.max(t, arrivedAt)))
  const turns = [...groups].flatMap(([group, own]) =>
    turnsOf(rule, group, { events: own.filter(isCounted(rule)), end }),
  )
  turns.sort((one, other) => one.t - other.t)
  return { open: turns, close: [], droppedLate }
}

const isCounted =
  ({ where, condition }: WindowRule) =>
  (event: RuleEvent): boolean =>
    matches(event, where) && (condition === undefined || meets(event, condition))

/** How far the watermark stays behind the newest event, and how far behind the watermark an event may come; seconds. */
const WATERMARK_LAG = 30
const LATENESS = 30

/** A tumbling window takes events until the watermark passes its end by the allowed lateness, others until their time. */
function withoutLate({ window, allowedLatenessSeconds = LATENESS }: WindowRule, events: readonly RuleEvent[]) {
  const kept: RuleEvent[] = []
  const droppedLate: RuleEvent[] = []
  let watermark = Number.NEGATIVE_INFINITY
  for (const event of events) {
    const seen = event.arrivedAt ?? watermark
    watermark = Math.max(watermark, event.t - WATERMARK_LAG, seen)
    const closes = window.kind === 'tumbling' ? endOf(window.sizeSeconds, event.t) : event.t
    const isLate = seen >= closes + allowedLatenessSeconds && seen > event.t
    ;(isLate ? droppedLate : kept).push(event)
  }
  return { kept, droppedLate }
}

const endOf = (size: number, t: number): number => (Math.floor(t / size) + 1) * size

interface GroupEvents {
  readonly events: readonly RuleEvent[]
  /** Last moment known, seconds. */
  readonly end: number
}

function turnsOf(rule: WindowRule, group: string, own: GroupEvents): Turn[] {
  const { window } = rule
  switch (window.kind) {
    case 'tumbling':
      return closed(rule, group, tumbling(window.sizeSeconds, own, rule.emitEmpty === true))
    case 'session':
      return closed(rule, group, sessions(window, own.events))
    case 'sliding':
      return sliding(rule, group, { size: window.sizeSeconds, events: own.events })
  }
}

interface Closed {
  readonly end: number
  readonly events: readonly RuleEvent[]
}

const closed = (rule: WindowRule, group: string, windows: readonly Closed[]): Turn[] =>
  windows.flatMap(({ end, events }) => {
    const value = valueOf(rule, events)
    return compares(value, rule.op, rule.value) ? [{ t: end, group, value }] : []
  })

function tumbling(size: number, { events, end }: GroupEvents, emitEmpty: boolean): Closed[] {
  const windows = new Map<number, RuleEvent[]>()
  if (emitEmpty) for (let close = size; close <= end; close += size) windows.set(close, [])
  for (const event of events) {
    const close = endOf(size, event.t)
    windows.set(close, [...(windows.get(close) ?? []), event])
  }
  return [...windows].map(([close, own]) => ({ end: close, events: own }))
}

function sessions({ gapSeconds }: Extract<EventWindow, { kind: 'session' }>, events: readonly RuleEvent[]): Closed[] {
  const found: RuleEvent[][] = []
  for (const event of events) {
    const last = found.at(-1)
    if (last !== undefined && event.t - last.at(-1)!.t <= gapSeconds) last.push(event)
    else found.push([event])
  }
  return found.map((own) => ({ end: own.at(-1)!.t + gapSeconds, events: own }))
}

/** Window (t - size, t] at each event; opens when the comparison begins to hold. */
function sliding(
  rule: WindowRule,
  group: string,
  { size, events }: { size: number; events: readonly RuleEvent[] },
): Turn[] {
  let [standing, first] = [false, 0]
  const turns: Turn[] = []
  for (const [i, { t }] of events.entries()) {
    while (events[first]!.t <= t - size) first++
    const value = valueOf(rule, events.slice(first, i + 1))
    const holds = compares(value, rule.op, rule.value)
    if (holds && !standing) turns.push({ t, group, value })
    standing = holds
  }
  return turns
}

function valueOf({ type, field = 'v', fn }: WindowRule, events: readonly RuleEvent[]): number {
  if (type === 'count') return events.length
  if (type === 'count_distinct') return new Set(events.map((event) => textOf(event, field))).size
  const values = events.map((event) => numberOf(event, field)).filter((value) => !Number.isNaN(value))
  return values.length === 0 ? Number.NaN : rounded(aggregate(values, fn ?? 'sum'))
}

function aggregate(values: readonly number[], fn: NonNullable<WindowRule['fn']>): number {
  const sum = values.reduce((total, value) => total + value, 0)
  const mean = sum / values.length
  switch (fn) {
    case 'sum':
      return sum
    case 'avg':
      return mean
    case 'max':
      return Math.max(...values)
    case 'min':
      return Math.min(...values)
    case 'stddev':
      return Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length)
    case 'p95':
      return [...values].sort((one, other) => one - other)[Math.ceil(0.95 * values.length) - 1]!
  }
}
