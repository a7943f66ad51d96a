import type { Channel } from '@/domain/fold/delta'

/** How one channel gives way. Sizes in bytes, delays in milliseconds. */
export interface Shedding {
  readonly channel: Channel
  /** A screen with more than this unsent gets the channel later, as one merged delta. */
  readonly waitsAboveBytes: number
  /** Ticks from one delta to the next when the server itself is late. */
  readonly ticksWhenLate: number
}

/** The first is held back last: alarms and commands, then words, then readings, then movers. */
export const sheddingOrder: readonly Shedding[] = [
  { channel: 'alarms', waitsAboveBytes: 4_000_000, ticksWhenLate: 1 },
  { channel: 'incidents', waitsAboveBytes: 4_000_000, ticksWhenLate: 1 },
  { channel: 'tasks', waitsAboveBytes: 4_000_000, ticksWhenLate: 1 },
  { channel: 'activations', waitsAboveBytes: 4_000_000, ticksWhenLate: 1 },
  { channel: 'decisions', waitsAboveBytes: 4_000_000, ticksWhenLate: 1 },
  { channel: 'reports', waitsAboveBytes: 2_000_000, ticksWhenLate: 1 },
  { channel: 'readings', waitsAboveBytes: 1_000_000, ticksWhenLate: 3 },
  { channel: 'feeds', waitsAboveBytes: 1_000_000, ticksWhenLate: 5 },
  { channel: 'movers', waitsAboveBytes: 500_000, ticksWhenLate: 10 },
]

/** A tick later than this means that the server has more to do than it can. */
export const LATE_TICK = 100

/** May the channel have its delta in tick number `tick`, when that tick came `lateBy` ms after its time? */
export const mayTick = (shedding: Shedding, tick: number, lateBy: number): boolean =>
  lateBy <= LATE_TICK || tick % shedding.ticksWhenLate === 0
