import type { CityDraft } from './cityDraft'

/**
 * Keeps the first of objects with one source key: extracts that overlap hold the same way twice. Sorts by the keys, so that
 * everything after is the same however the sources were ordered inside.
 */
export function dropRepeats(draft: CityDraft): void {
  const { buildings, roads, areas, lines, facilities, divisions } = draft
  for (const [kind, list] of Object.entries({ buildings, roads, areas, lines, facilities, divisions }))
    sortUnique(kind, list, draft)
}

function sortUnique(kind: string, list: { readonly source: string }[], { tally }: CityDraft): void {
  list.sort((one, other) => (one.source < other.source ? -1 : one.source > other.source ? 1 : 0))
  let kept = 0
  for (const item of list) {
    if (kept > 0 && list[kept - 1]!.source === item.source) tally.refused('all', kind, 'has the key of another object')
    else list[kept++] = item
  }
  list.length = kept
}
