import type { SourceCount } from '@/domain/city/manifest'

/** Counts what an import takes from each source and refuses with the reason, one per source object. */
export class Tally {
  readonly #counts = new Map<string, { source: string; kind: string; taken: number; refused: Map<string, number> }>()

  taken(source: string, kind: string, size = 1): void {
    this.#of(source, kind).taken += size
  }

  refused(source: string, kind: string, reason: string, size = 1): void {
    if (size === 0) return
    const { refused } = this.#of(source, kind)
    refused.set(reason, (refused.get(reason) ?? 0) + size)
  }

  /** Sorted by source and kind, so that the same import writes the same bytes. */
  counts(): SourceCount[] {
    return [...this.#counts.entries()]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, { source, kind, taken, refused }]) => ({
        source,
        kind,
        taken,
        refused: Object.fromEntries([...refused].sort(([one], [other]) => (one < other ? -1 : 1))),
      }))
  }

  #of(source: string, kind: string) {
    const key = `${source}\u0000${kind}`
    let count = this.#counts.get(key)
    if (count === undefined) this.#counts.set(key, (count = { source, kind, taken: 0, refused: new Map() }))
    return count
  }
}
