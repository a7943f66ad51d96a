import { z } from 'zod'
import { isInFlight } from './runState'
import type { RunState } from './runState'

/** When a model runs by itself: enough of some property within a window, and no run of it under way. */
export const Trigger = z
  .object({
    key: z.string(),
    model: z.string(),
    property: z.string(),
    windowMinutes: z.number().positive(),
    /** Sum of the property over the window at one Thing, in its unit. */
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
  /** Official runs of the model, with when each was issued. */
  readonly runs: readonly { readonly state: RunState; readonly issueTime: number }[]
}

/** Does the trigger fire now? */
export function fires(trigger: Trigger, { now, samples, runs }: TriggerGround): boolean {
  if (runs.some(({ state }) => isInFlight(state))) return false
  const soon = trigger.everyMinutes * 60_000
  if (runs.some(({ issueTime }) => now - issueTime < soon)) return false
  const from = now - trigger.windowMinutes * 60_000
  const sums = new Map<string, number>()
  for (const { thing, time, value } of samples)
    if (time > from && time <= now) sums.set(thing, (sums.get(thing) ?? 0) + value)
  return [...sums.values()].filter((sum) => sum >= trigger.atLeast).length >= trigger.things
}
