import type { Degrees } from '@/domain/city/cityModel'

export type Tags = ReadonlyMap<string, string>

/** A node that says something of itself. */
export interface OsmNode {
  readonly id: number
  readonly longitude: number
  readonly latitude: number
  readonly tags: Tags
}

export interface OsmWay {
  readonly id: number
  readonly tags: Tags
  readonly nodes: Float64Array
}

export interface OsmMember {
  readonly type: 'node' | 'way' | 'relation'
  readonly id: number
  readonly role: string
}

export interface OsmRelation {
  readonly id: number
  readonly tags: Tags
  readonly members: readonly OsmMember[]
}

const NO_TAGS: Tags = new Map()
const UNIT = 1e-7

/** Numbers that grow without an array of objects per number. */
class Growing<A extends Float64Array | Int32Array> {
  items: A
  size = 0
  readonly #make: (length: number) => A

  constructor(make: (length: number) => A) {
    this.#make = make
    this.items = make(1 << 16)
  }

  push(value: number): void {
    if (this.size === this.items.length) {
      const larger = this.#make(this.items.length * 2)
      larger.set(this.items)
      this.items = larger
    }
    this.items[this.size++] = value
  }
}

/**
 * One extract in memory: places of all nodes as three flat arrays (16 bytes a node), ways, relations, and the nodes that
 * carry tags. Whole numbers of 1e-7 degrees, as the format keeps them.
 */
export class OsmData {
  readonly nodes: OsmNode[] = []
  readonly ways = new Map<number, OsmWay>()
  readonly relations = new Map<number, OsmRelation>()
  /** Box of the header, degrees: west, south, east, north. */
  box: readonly [number, number, number, number] | undefined
  /** Newest moment that the file says of itself, seconds of UTC. */
  newest = 0
  /** Nodes outside the globe, by reason. */
  readonly broken = new Map<string, number>()
  readonly #ids = new Growing((length) => new Float64Array(length))
  readonly #east = new Growing((length) => new Int32Array(length))
  readonly #north = new Growing((length) => new Int32Array(length))
  #sorted = true

  get nodeCount(): number {
    return this.#ids.size
  }

  /** `east` and `north` in 1e-7 degrees. */
  addNode(id: number, east: number, north: number): void {
    if (!isOnGlobe(east, north)) {
      this.broken.set('position off the globe', (this.broken.get('position off the globe') ?? 0) + 1)
      return
    }
    const size = this.#ids.size
    if (size > 0 && id <= this.#ids.items[size - 1]!) this.#sorted = false
    this.#ids.push(id)
    this.#east.push(east)
    this.#north.push(north)
  }

  addTaggedNode(id: number, place: readonly [number, number], tags: Tags): void {
    const [east, north] = place
    if (!isOnGlobe(east, north)) return
    this.nodes.push({ id, longitude: east * UNIT, latitude: north * UNIT, tags })
  }

  /** Box of all nodes, degrees. */
  extent(): readonly [number, number, number, number] {
    let [west, south, east, north] = [180e7, 90e7, -180e7, -90e7]
    for (let i = 0; i < this.#ids.size; i++) {
      const x = this.#east.items[i]!
      const y = this.#north.items[i]!
      if (x < west) west = x
      if (x > east) east = x
      if (y < south) south = y
      if (y > north) north = y
    }
    return [west * UNIT, south * UNIT, east * UNIT, north * UNIT]
  }

  /** One line of a way's nodes with the ids that were found; a node missing from the extract is left out. */
  line(nodes: Float64Array): { line: Degrees; nodes: Float64Array } {
    const line = new Float64Array(nodes.length * 2)
    const found = new Float64Array(nodes.length)
    let size = 0
    for (const id of nodes) {
      const i = this.#find(id)
      if (i < 0 || (size > 0 && found[size - 1] === id)) continue
      line[size * 2] = this.#east.items[i]! * UNIT
      line[size * 2 + 1] = this.#north.items[i]! * UNIT
      found[size++] = id
    }
    return { line: line.slice(0, size * 2), nodes: found.slice(0, size) }
  }

  /**
   * The lines of a way, cut where the extract lacks nodes: a road that leaves and comes back is no straight chord. A
   * closed way that is cut begins behind a gap. Parts of one node are none.
   */
  lines(nodes: Float64Array): { line: Degrees; nodes: Float64Array }[] {
    const parts: number[][] = [[]]
    for (const id of nodes) {
      const part = parts.at(-1)!
      if (this.#find(id) < 0) {
        if (part.length > 0) parts.push([])
      } else part.push(id)
    }
    if (parts.length > 1 && nodes[0] === nodes.at(-1) && parts.at(-1)!.length > 0) {
      const [first = [], ...rest] = parts
      rest.at(-1)!.push(...first.slice(1))
      parts.splice(0, parts.length, ...rest)
    }
    return parts.map((part) => this.line(Float64Array.from(part))).filter((part) => part.nodes.length > 1)
  }

  /**
   * Takes over what another extract holds and this one lacks. Of two versions of a way or a relation the longer one stays,
   * of equal ones the first: what one extract has cut, the other may have whole.
   * @returns how many objects were in both
   */
  absorb(other: OsmData): { nodes: number; ways: number; relations: number } {
    const tagged = other.nodes.filter(({ id }) => this.#find(id) < 0)
    for (const node of tagged) this.nodes.push(node)
    const nodes = this.#absorbPlaces(other)
    for (const [reason, size] of other.broken) this.broken.set(reason, (this.broken.get(reason) ?? 0) + size)
    return {
      nodes,
      ways: keepLonger(this.ways, other.ways, ({ nodes: list }) => list.length),
      relations: keepLonger(this.relations, other.relations, ({ members }) => members.length),
    }
  }

  #absorbPlaces(other: OsmData): number {
    const fresh: number[] = []
    for (let i = 0; i < other.#ids.size; i++) if (this.#find(other.#ids.items[i]!) < 0) fresh.push(i)
    for (const i of fresh) this.addNode(other.#ids.items[i]!, other.#east.items[i]!, other.#north.items[i]!)
    return other.#ids.size - fresh.length
  }

  /** Index of a node, -1 if the extract lacks it. */
  #find(id: number): number {
    if (!this.#sorted) this.#sort()
    const ids = this.#ids.items
    let low = 0
    let high = this.#ids.size - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const at = ids[middle]!
      if (at === id) return middle
      if (at < id) low = middle + 1
      else high = middle - 1
    }
    return -1
  }

  #sort(): void {
    const order = Uint32Array.from({ length: this.#ids.size }, (_, i) => i)
    const ids = this.#ids.items.slice(0, this.#ids.size)
    order.sort((one, other) => ids[one]! - ids[other]!)
    const east = this.#east.items.slice(0, order.length)
    const north = this.#north.items.slice(0, order.length)
    order.forEach((from, to) => {
      this.#ids.items[to] = ids[from]!
      this.#east.items[to] = east[from]!
      this.#north.items[to] = north[from]!
    })
    this.#sorted = true
  }
}

/** Places in 1e-7 degrees; a node without one has NaN. */
const isOnGlobe = (east: number, north: number): boolean => Math.abs(east) <= 180e7 && Math.abs(north) <= 90e7

function keepLonger<T>(kept: Map<number, T>, others: ReadonlyMap<number, T>, length: (item: T) => number): number {
  let both = 0
  for (const [id, item] of others) {
    const known = kept.get(id)
    if (known !== undefined) both++
    if (known === undefined || length(item) > length(known)) kept.set(id, item)
  }
  return both
}

export const noTags = (): Tags => NO_TAGS
