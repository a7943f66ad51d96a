import type { Arrangement } from './arrangement'

/** Pieces of the plan between two nodes. `left` is the face that runs from `a` to `b` against the clock; -1 is outside. */
export interface Edge {
  readonly a: number
  readonly b: number
  /** Which line of the plan it belongs to. */
  readonly line: number
  left: number
  right: number
}

/** An area between lines: node numbers against the clock. */
export interface Face {
  readonly id: number
  loop: number[]
}

const keyOf = (a: number, b: number): number => (a < b ? a * 16_777_216 + b : b * 16_777_216 + a)

/**
 * The plan as nodes, edges and faces that know each other. Faces are cut in two by new lines; both neighbours of a cut
 * edge learn the new node, so streets of both sides meet in one place.
 */
export class Planar {
  readonly x: number[]
  readonly y: number[]
  readonly edges = new Map<number, Edge>()
  readonly faces: Face[] = []
  /** Node numbers of each line of the plan, in order, as far as its pieces hang together. */
  readonly lines: number[][] = []

  private constructor(x: number[], y: number[]) {
    this.x = x
    this.y = y
  }

  /** From lines laid over each other; loose ends are pruned, so every piece has a face on both sides. */
  static from(arranged: Arrangement<number>): Planar {
    const plan = new Planar(arranged.x, arranged.y)
    const around = new Map<number, Set<number>>()
    const link = (a: number, b: number): void => {
      const set = around.get(a)
      if (set === undefined) around.set(a, new Set([b]))
      else set.add(b)
    }
    for (const { from, to, tag } of arranged.edges) {
      plan.edges.set(keyOf(from, to), { a: Math.min(from, to), b: Math.max(from, to), line: tag, left: -1, right: -1 })
      link(from, to)
      link(to, from)
    }
    prune(plan, around)
    keepLargest(plan, around)
    traceFaces(plan, around)
    return plan
  }

  edge(a: number, b: number): Edge {
    const edge = this.edges.get(keyOf(a, b))
    if (edge === undefined) throw new RangeError(`No edge between ${a} and ${b}.`)
    return edge
  }

  /** The face on the other side of the edge from `a` to `b` of a loop. */
  across(a: number, b: number): number {
    const edge = this.edge(a, b)
    return edge.a === a ? edge.right : edge.left
  }

  /** Puts a node on the edge between `a` and `b`, in both faces. */
  split(a: number, b: number, x: number, y: number): number {
    const old = this.edge(a, b)
    const node = this.x.push(x) - 1
    this.y.push(y)
    this.edges.delete(keyOf(a, b))
    this.#put(old.a, node, old)
    this.#put(node, old.b, old)
    if (old.left >= 0) insertBetween(this.faces[old.left]!.loop, old.a, old.b, node)
    if (old.right >= 0) insertBetween(this.faces[old.right]!.loop, old.b, old.a, node)
    return node
  }

  #put(from: number, to: number, { line, left, right }: { line: number; left: number; right: number }): void {
    const turned = from > to
    this.edges.set(keyOf(from, to), {
      a: turned ? to : from,
      b: turned ? from : to,
      line,
      left: turned ? right : left,
      right: turned ? left : right,
    })
  }

  node(x: number, y: number): number {
    this.y.push(y)
    return this.x.push(x) - 1
  }

  /** Cuts a face along `path` (nodes; both ends on its loop) and returns the new face; the old one keeps the left side. */
  cut(face: Face, path: readonly number[], line: number): Face {
    const from = face.loop.indexOf(path[0]!)
    const to = face.loop.indexOf(path[path.length - 1]!)
    const walk = (start: number, end: number): number[] => {
      const out: number[] = []
      for (let i = start; i !== end; i = (i + 1) % face.loop.length) out.push(face.loop[i]!)
      return [...out, face.loop[end]!]
    }
    const inner = path.slice(1, -1)
    const left = [...walk(to, from), ...inner]
    const right = [...walk(from, to), ...[...inner].reverse()]
    const made: Face = { id: this.faces.length, loop: right }
    this.faces.push(made)
    for (let i = 0; i + 1 < path.length; i++) this.#put(path[i]!, path[i + 1]!, { line, left: face.id, right: made.id })
    face.loop = left
    for (let i = 0; i < right.length; i++) this.#claim(right[i]!, right[(i + 1) % right.length]!, made.id)
    return made
  }

  #claim(a: number, b: number, face: number): void {
    const edge = this.edge(a, b)
    if (edge.a === a) edge.left = face
    else edge.right = face
  }
}

function insertBetween(loop: number[], a: number, b: number, node: number): void {
  for (let i = 0; i < loop.length; i++) {
    if (loop[i] === a && loop[(i + 1) % loop.length] === b) {
      loop.splice(i + 1, 0, node)
      return
    }
  }
  throw new RangeError(`A face does not hold the edge ${a} to ${b}.`)
}

function drop(plan: Planar, around: Map<number, Set<number>>, a: number, b: number): void {
  plan.edges.delete(keyOf(a, b))
  around.get(a)?.delete(b)
  around.get(b)?.delete(a)
}

function prune(plan: Planar, around: Map<number, Set<number>>): void {
  const loose = [...around.keys()].filter((node) => around.get(node)!.size === 1)
  for (let node = loose.pop(); node !== undefined; node = loose.pop()) {
    const [next] = around.get(node)!
    if (next === undefined) continue
    drop(plan, around, node, next)
    if (around.get(next)!.size === 1) loose.push(next)
  }
}

/** Islands of lines would be holes in faces: only the largest connected part stays. */
function keepLargest(plan: Planar, around: Map<number, Set<number>>): void {
  const part = new Map<number, number>()
  const sizes: number[] = []
  for (const start of around.keys()) {
    if (part.has(start)) continue
    const reached = [start]
    part.set(start, sizes.length)
    for (let i = 0; i < reached.length; i++) {
      const fresh = [...around.get(reached[i]!)!].filter((next) => !part.has(next))
      for (const next of fresh) part.set(next, sizes.length)
      reached.push(...fresh)
    }
    sizes.push(reached.length)
  }
  const largest = sizes.indexOf(Math.max(...sizes))
  for (const { a, b } of [...plan.edges.values()]) if (part.get(a) !== largest) drop(plan, around, a, b)
}

function traceFaces(plan: Planar, around: Map<number, Set<number>>): void {
  const after = new Map<number, number>()
  const half = (a: number, b: number): number => a * 16_777_216 + b
  for (const [node, set] of around) {
    const turn = (next: number): number => Math.atan2(plan.y[next]! - plan.y[node]!, plan.x[next]! - plan.x[node]!)
    const sorted = [...set].sort((p, q) => turn(p) - turn(q))
    // Arriving from `sorted[i]`, the next edge to the right keeps the face on the left.
    sorted.forEach((next, i) => after.set(half(next, node), sorted[(i + sorted.length - 1) % sorted.length]!))
  }
  const done = new Set<number>()
  for (const { a, b } of plan.edges.values()) {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      if (done.has(half(from, to))) continue
      const loop: number[] = []
      let [p, q] = [from, to]
      while (!done.has(half(p, q))) {
        done.add(half(p, q))
        loop.push(p)
        const next = after.get(half(p, q))!
        p = q
        q = next
      }
      addFace(plan, loop)
    }
  }
}

function addFace(plan: Planar, loop: number[]): void {
  let twice = 0
  for (let i = 0; i < loop.length; i++) {
    const [p, q] = [loop[i]!, loop[(i + 1) % loop.length]!]
    twice += plan.x[p]! * plan.y[q]! - plan.x[q]! * plan.y[p]!
  }
  if (twice <= 0) return
  const face: Face = { id: plan.faces.length, loop }
  plan.faces.push(face)
  for (let i = 0; i < loop.length; i++) {
    const [p, q] = [loop[i]!, loop[(i + 1) % loop.length]!]
    const edge = plan.edge(p, q)
    if (edge.a === p) edge.left = face.id
    else edge.right = face.id
  }
}
