/** A piece of a bridge's middle line: metres of the scene, with the ground under each point. */
export interface DeckPiece {
  /** East and north, point by point. */
  readonly points: readonly (readonly [number, number])[]
  /** Height of the ground at each point, metres. */
  readonly ground: readonly number[]
  readonly width: number
  /** How many decks lie above one another here: 1 is the first. */
  readonly layer: number
}

/** Ends of pieces that lie so near are one place. Metres. */
const JOINED = 2
/** A deck of the first layer stands so high over flat ground; metres, with its own thickness. */
const CLEARANCE = 6.5
/** Ramps rise by this much a metre. */
const SLOPE = 0.055
/** The deck stays above what it crosses. Metres. */
const OVER_GROUND = 0.6

interface Reach {
  readonly abutment: number
  readonly metres: number
}

/**
 * Heights of the decks at each point of each piece: level with the ground where a bridge begins and ends, straight from
 * one end to the other in between, and raised by ramps where the ground is flat. Pieces that meet are one bridge.
 */
export function deckHeights(pieces: readonly DeckPiece[]): Float64Array[] {
  const lengths = pieces.map(({ points }) => along(points))
  const nodes = nodesOf(pieces)
  const reaches = reachesOf(pieces, lengths, nodes)
  return pieces.map((piece, i) => {
    const [from, to] = nodes.of[i]!
    const whole = lengths[i]!.at(-1) ?? 0
    const heights = new Float64Array(piece.points.length)
    for (let k = 0; k < heights.length; k++) {
      const here = lengths[i]![k]!
      const ends = nearest([...shifted(reaches[from]!, here), ...shifted(reaches[to]!, whole - here)])
      heights[k] = heightAt(piece, k, ends, nodes.ground)
    }
    return heights
  })
}

function heightAt(piece: DeckPiece, k: number, ends: readonly Reach[], ground: readonly number[]): number {
  const below = piece.ground[k]!
  const [first, second] = ends
  if (first === undefined) return below + CLEARANCE * piece.layer
  const h1 = ground[first.abutment]!
  const span = first.metres + (second?.metres ?? 0)
  const straight =
    second === undefined || span === 0 ? h1 : (h1 * second.metres + ground[second.abutment]! * first.metres) / span
  const wanted = below + CLEARANCE * Math.max(1, piece.layer)
  const risen = Math.min(Math.max(0, wanted - straight), first.metres * SLOPE)
  return Math.max(straight + risen, below + Math.min(OVER_GROUND, 0.1 + first.metres * 0.02))
}

/** Metres from the first point to each. */
function along(points: DeckPiece['points']): Float64Array {
  const metres = new Float64Array(points.length)
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!]
    metres[i] = metres[i - 1]! + Math.hypot(b[0] - a[0], b[1] - a[1])
  }
  return metres
}

interface Nodes {
  /** First and last node of each piece. */
  readonly of: readonly (readonly [number, number])[]
  readonly ground: readonly number[]
  readonly degree: readonly number[]
}

function nodesOf(pieces: readonly DeckPiece[]): Nodes {
  const ground: number[] = []
  const degree: number[] = []
  const cells = new Map<string, Place[]>()
  const node = (at: readonly [number, number], height: number): number => {
    const [cx, cy] = [Math.floor(at[0] / JOINED), Math.floor(at[1] / JOINED)]
    const around = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].flatMap((dy) => cells.get(`${cx + dx} ${cy + dy}`) ?? []))
    const held = around.find((place) => Math.hypot(place.at[0] - at[0], place.at[1] - at[1]) <= JOINED)
    const no = held?.no ?? ground.push(height) - 1
    degree[no] = (degree[no] ?? 0) + 1
    if (held === undefined) cells.set(`${cx} ${cy}`, [...(cells.get(`${cx} ${cy}`) ?? []), { at, no }])
    return no
  }
  const of = pieces.map(({ points, ground: own }): [number, number] => [
    node(points[0]!, own[0]!),
    node(points.at(-1)!, own.at(-1)!),
  ])
  return { of, ground, degree }
}

interface Place {
  readonly at: readonly [number, number]
  readonly no: number
}

/** For each node the two nearest abutments: ends where no other piece goes on. */
function reachesOf(pieces: readonly DeckPiece[], lengths: readonly Float64Array[], nodes: Nodes): Reach[][] {
  const reaches: Reach[][] = nodes.ground.map((_, no) => (nodes.degree[no] === 1 ? [{ abutment: no, metres: 0 }] : []))
  const ways = nodes.of.flatMap(([from, to], i) => {
    const metres = pieces[i]!.points.length < 2 ? 0 : lengths[i]!.at(-1)!
    return [
      { here: from, there: to, metres },
      { here: to, there: from, metres },
    ]
  })
  const nearer = ({ here, there, metres }: (typeof ways)[number]): boolean => {
    const held = reaches[here]!
    const better = nearest([...held, ...shifted(reaches[there]!, metres)])
    if (sum(better) >= sum(held) && better.length <= held.length) return false
    reaches[here] = better
    return true
  }
  // Bridges have few pieces: going round until nothing gets nearer is soon done.
  for (let round = 0; round < MOST_ROUNDS; round++) if (ways.filter(nearer).length === 0) break
  return reaches
}

/** More pieces in a row than any bridge has. */
const MOST_ROUNDS = 200

const shifted = (reaches: readonly Reach[], metres: number): Reach[] =>
  reaches.map(({ abutment, metres: own }) => ({ abutment, metres: own + metres }))

const sum = (reaches: readonly Reach[]): number => reaches.reduce((total, { metres }) => total + metres, 0)

/** The nearest of two different abutments. */
function nearest(reaches: readonly Reach[]): Reach[] {
  const sorted = reaches.toSorted((a, b) => a.metres - b.metres)
  const first = sorted[0]
  const second = sorted.find(({ abutment }) => abutment !== first?.abutment)
  return [first, second].filter((reach) => reach !== undefined)
}
