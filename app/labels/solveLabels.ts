/** A plate that wants a place beside its anchor. CSS px; rank 0 goes first. */
export interface LabelWish {
  readonly key: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly rank: number
  /** Clear distance between anchor and plate. */
  readonly gap: number
}

export type Side = 'right' | 'left' | 'up'

export interface PlacedLabel {
  readonly key: string
  readonly side: Side
  /** Top left corner. */
  readonly left: number
  readonly top: number
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export interface SolvedLabels {
  readonly placed: readonly PlacedLabel[]
  /** Wishes that found no room, by rank: they fold into the list. */
  readonly folded: readonly string[]
}

const SIDES: readonly Side[] = ['right', 'left', 'up']

/** Plates never overlap each other, the obstacles or the edge: right, left, above, then folded by rank. */
export function solveLabels(wishes: readonly LabelWish[], frame: Box, obstacles: readonly Box[]): SolvedLabels {
  const taken: Box[] = [...obstacles]
  const placed: PlacedLabel[] = []
  const folded: string[] = []
  for (const wish of [...wishes].sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : 1))) {
    const side = SIDES.find((candidate) => isFree(boxAt(wish, candidate), frame, taken))
    if (side === undefined) folded.push(wish.key)
    else {
      const box = boxAt(wish, side)
      taken.push(box)
      placed.push({ key: wish.key, side, left: box.left, top: box.top })
    }
  }
  return { placed, folded }
}

function boxAt({ x, y, width, height, gap }: LabelWish, side: Side): Box {
  if (side === 'up') return { left: x - width / 2, top: y - gap - height, width, height }
  return { left: side === 'right' ? x + gap : x - gap - width, top: y - height / 2, width, height }
}

const isFree = (box: Box, frame: Box, taken: readonly Box[]): boolean =>
  box.left >= frame.left &&
  box.top >= frame.top &&
  box.left + box.width <= frame.left + frame.width &&
  box.top + box.height <= frame.top + frame.height &&
  !taken.some((other) => overlaps(box, other))

export const overlaps = (a: Box, b: Box): boolean =>
  a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height
