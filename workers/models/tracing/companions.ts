import type { Ping } from './contacts'

export interface Companionship {
  /** Slots in which both were in one cell. */
  readonly sharedSlots: number
  /** Shared slots over all slots of either. */
  readonly jaccard: number
  readonly distinctCells: number
  /** Moved together: four slots, half of all, three cells. */
  readonly isCompanion: boolean
}

/** Whether two people moved together, by slots of `slotSeconds`: sitting in one place together is not enough. */
export function accompany(one: readonly Ping[], other: readonly Ping[], slotSeconds: number): Companionship {
  if (!(slotSeconds > 0)) throw new RangeError(`A slot is longer than 0 s, got ${slotSeconds}.`)
  const slotsOf = (pings: readonly Ping[]): Map<string, string> =>
    new Map(pings.map(([t, cell]) => [`${Math.floor(t / slotSeconds)} ${cell}`, cell]))
  const [own, others] = [slotsOf(one), slotsOf(other)]
  const shared = [...own].filter(([slot]) => others.has(slot))
  const all = own.size + others.size - shared.length
  const jaccard = all === 0 ? 0 : shared.length / all
  const distinctCells = new Set(shared.map(([, cell]) => cell)).size
  return {
    sharedSlots: shared.length,
    jaccard,
    distinctCells,
    isCompanion: shared.length >= 4 && jaccard >= 0.5 && distinctCells >= 3,
  }
}
