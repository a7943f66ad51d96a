import { z } from 'zod'
import type { Rung } from './modelRun'
import { isInFlight } from './runState'
import type { RunState } from './runState'

/** When a model runs by itself: enough of some property within a window, and no run of it under way. */
export const Trigger = z
  .object({
    key: z.string(),
    model: z.string(),
    /** An amount over the minutes before each value, such as rain in five minutes; values may overlap. */
    property: z.string(),
    amountMinutes: z.number().positive(),
    windowMinutes: z.number().positive(),
    /** Amount over the window at one Thing, in the property's unit. */
    atLeast: z.number(),
    /** Things that must reach it. */
    things: z.number().int().min(1),
    /** Minutes of the World between the ends of a run and the next one's begin, at least. */
    everyMinutes: z.number().positive(),
  })
  .readonly()
export type Trigger = z.infer<typeof Trigger>

/** The table of triggers. 5 mm in 15 minutes is where streets of the Reference City begin to stand under water. */
export const TRIGGERS: readonly Trigger[] = [
  {
    key: 'rain-15min',
    model: 'flood',
    property: 'rain-5min',
    amountMinutes: 5,
    windowMinutes: 15,
    atLeast: 5,
    things: 2,
    everyMinutes: 10,
  },
]

/** One value of a Thing; phenomenon time in ms. */
export interface TriggerSample {
  readonly thing: string
  readonly time: number
  readonly value: number
}

export interface TriggerGround {
  readonly now: number
  readonly samples: Iterable<TriggerSample>
  /** Official runs of the model, with when each was issued and what it came to. */
  readonly runs: readonly { readonly state: RunState; readonly issueTime: number; readonly rung?: Rung | undefined }[]
}

/** A run that only a rule could end is tried again this soon, minutes of the World. */
const AFTER_A_RULE_MINUTES = 1

/** Does the trigger fire now? */
export function fires(trigger: Trigger, { now, samples, runs }: TriggerGround): boolean {
  if (runs.some(({ state }) => isInFlight(state))) return false
  const waitOf = (rung?: Rung): number => (rung === 'rule' ? AFTER_A_RULE_MINUTES : trigger.everyMinutes) * 60_000
  if (runs.some(({ state, issueTime, rung }) => state !== 'cancelled' && now - issueTime < waitOf(rung))) return false
  const from = now - trigger.windowMinutes * 60_000
  const seen = new Map<string, { sum: number; n: number }>()
  for (const { thing, time, value } of samples) {
    if (time <= from || time > now) continue
    const held = seen.get(thing) ?? { sum: 0, n: 0 }
    seen.set(thing, { sum: held.sum + value, n: held.n + 1 })
  }
  const amounts = [...seen.values()].map(({ sum, n }) => (sum / n) * (trigger.windowMinutes / trigger.amountMinutes))
  return amounts.filter((amount) => amount >= trigger.atLeast).length >= trigger.things
}
