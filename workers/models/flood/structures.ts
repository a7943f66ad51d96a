import type { Exchange, FloodEngine } from './engine'
import type { Breach, Culvert, DrainNode, Inflow, Inlet, Level, Pump, Series, Structure } from './input'
import { QUANTA } from './layout'

const GRAVITY = 9.81
/** Broad-crested weir, m^(1/2)/s, and orifice: coefficients of street inlets and culverts. */
const WEIR = 1.66
const ORIFICE = 0.67
/** Largest share of the level difference that a culvert evens out in one interval, so that it cannot swing. */
const EVENED = 0.25
/** Faster than any cell can be emptied: the exchange gives what is there. */
const ALL = -1e7

export interface Ground {
  readonly cellArea: number
  /** Level of quantum zero, m. */
  readonly datum: number
  readonly interval: number
}

/** What structures remember between intervals; part of a checkpoint. */
export interface StructureState {
  readonly running: Readonly<Record<string, boolean>>
  /** Water in the pipes of each drain node, quanta. */
  readonly stored: Readonly<Record<string, number>>
  /** Water that left the model through drain nodes, quanta. */
  readonly left: bigint
}

/** Value of a series at a moment. */
export function valueAt(series: Series, time: number): number {
  let before = series[0]
  if (before === undefined) return 0
  for (const point of series) {
    if (point[0] > time) {
      const span = point[0] - before[0]
      return span <= 0 ? point[1] : before[1] + ((point[1] - before[1]) * (time - before[0])) / span
    }
    before = point
  }
  return before[1]
}

type Of<Kind extends Structure['kind']> = Extract<Structure, { kind: Kind }>
const of = <Kind extends Structure['kind']>(list: readonly Structure[], kind: Kind): Of<Kind>[] =>
  list.filter((structure): structure is Of<Kind> => structure.kind === kind)

/** Structures of a run: each interval they look at the water, set the exchanges of the next, and move what inlets take. */
export class Structures {
  readonly #ground: Ground
  /** In the order of the list, by what they are: each interval asks for every kind. */
  readonly #exchanging: readonly Structure[]
  readonly #breaches: readonly Breach[]
  readonly #inlets: readonly Inlet[]
  readonly #nodes: readonly DrainNode[]
  /** Quanta that the pipes of each drain node hold. */
  readonly #capacity: ReadonlyMap<string, number>
  readonly #running = new Map<string, boolean>()
  readonly #stored = new Map<string, number>()
  readonly #first: ReadonlyMap<number, number>
  #left = 0n

  constructor(list: readonly Structure[], ground: Ground, engine: FloodEngine) {
    this.#ground = ground
    this.#breaches = of(list, 'breach')
    this.#inlets = of(list, 'inlet')
    this.#nodes = of(list, 'drainNode')
    this.#exchanging = list.filter(({ kind }) => kind !== 'breach' && kind !== 'inlet' && kind !== 'drainNode')
    this.#capacity = new Map(
      this.#nodes.map(({ id, storage_m3 }) => [id, Math.floor((storage_m3 / ground.cellArea) * QUANTA)]),
    )
    for (const { id } of this.#nodes) this.#stored.set(id, 0)
    this.#first = new Map(this.#breaches.flatMap(({ cells }) => cells.map((cell) => [cell, engine.bedOf(cell)])))
  }

  /** Quanta in pipes, and out of the model through them. */
  get held(): bigint {
    return [...this.#stored.values()].reduce((sum, quanta) => sum + BigInt(quanta), this.#left)
  }

  /** Sets what happens from now until the end of the interval. */
  begin(engine: FloodEngine): void {
    for (const breach of this.#breaches) this.#lower(breach, engine)
    for (const inlet of this.#inlets) this.#take(inlet, engine)
    for (const node of this.#nodes) this.#carryOn(node, engine)
    this.announce(engine)
  }

  /** Sets the exchanges alone: what an engine must know before its state is brought back. */
  announce(engine: FloodEngine): void {
    const exchanges = this.#exchanging.flatMap((structure) => this.#exchangesOf(structure, engine))
    if (exchanges.length > 0) engine.setExchanges(exchanges)
  }

  save(): StructureState {
    return {
      running: Object.fromEntries(this.#running),
      stored: Object.fromEntries(this.#stored),
      left: this.#left,
    }
  }

  restore({ running, stored, left }: StructureState): void {
    for (const [id, isRunning] of Object.entries(running)) this.#running.set(id, isRunning)
    for (const [id, quanta] of Object.entries(stored)) this.#stored.set(id, quanta)
    this.#left = left
  }

  #exchangesOf(structure: Structure, engine: FloodEngine): Exchange[] {
    switch (structure.kind) {
      case 'inflow':
        return this.#inflow(structure, engine.time)
      case 'freeOutflow':
        return structure.cells.map((cell) => ({ kind: 'rate', cell, rate: ALL * QUANTA }))
      case 'level':
        return this.#level(structure, engine.time)
      case 'pump':
        return [this.#pump(structure, engine)]
      case 'culvert':
        return [this.#culvert(structure, engine)]
      case 'breach':
      case 'inlet':
      case 'drainNode':
        return []
    }
  }

  /** m3/s as quanta of depth of one cell per second. */
  #rate(flow: number): number {
    return (flow / this.#ground.cellArea) * QUANTA
  }

  #inflow({ cells, flow_m3s }: Inflow, time: number): Exchange[] {
    const middle = valueAt(flow_m3s, time + this.#ground.interval / 2)
    return cells.map((cell) => ({ kind: 'rate', cell, rate: this.#rate(middle) / cells.length }))
  }

  #level({ cells, level_m }: Level, time: number): Exchange[] {
    const { datum, interval } = this.#ground
    const now = (valueAt(level_m, time) - datum) * QUANTA
    const slope = ((valueAt(level_m, time + interval) - datum) * QUANTA - now) / interval
    return cells.map((cell) => ({ kind: 'stage', cell, stage: now - slope * time, slope }))
  }

  #pump({ id, sump, outfall, capacity_m3s, on_m, off_m, failed = [] }: Pump, engine: FloodEngine): Exchange {
    const depth = engine.depthOf(sump) / QUANTA
    const runs = depth >= on_m || (depth > off_m && (this.#running.get(id) ?? false))
    this.#running.set(id, runs)
    const broken = failed.some(([from, until]) => engine.time >= from && engine.time < until)
    const rate = runs && !broken ? this.#rate(capacity_m3s) : 0
    return outfall === 'outside'
      ? { kind: 'rate', cell: sump, rate: -rate }
      : { kind: 'pair', cell: sump, to: outfall, rate }
  }

  #culvert(culvert: Culvert, engine: FloodEngine): Exchange {
    const { from, to, flap, invertFrom_m, invertTo_m } = culvert
    const levelOf = (cell: number): number => (engine.depthOf(cell) + engine.bedOf(cell)) / QUANTA + this.#ground.datum
    const [near, far] = [levelOf(from), levelOf(to)]
    const forward = near >= far
    const height = valueAt(culvert.height_m, engine.time)
    const head = forward ? near - invertFrom_m : far - invertTo_m
    const drop = forward ? near - Math.max(far, invertTo_m) : far - Math.max(near, invertFrom_m)
    const opening = { width: culvert.width_m, height }
    const flow = forward || !flap ? culvertFlow(opening, head, drop) : 0
    const most = (EVENED * Math.max(0, drop) * this.#ground.cellArea) / this.#ground.interval
    const moved = Math.min(flow, most)
    return { kind: 'pair', cell: from, to, rate: this.#rate(forward ? moved : -moved) }
  }

  #lower({ cells, bottom_m, begins, seconds }: Breach, engine: FloodEngine): void {
    const share = Math.min(
      1,
      Math.max(0, seconds > 0 ? (engine.time - begins) / seconds : engine.time >= begins ? 1 : 0),
    )
    if (share === 0) return
    const bottom = Math.round((bottom_m - this.#ground.datum) * QUANTA)
    for (const cell of cells) {
      const crest = this.#first.get(cell) ?? bottom
      engine.setBed(cell, Math.min(crest, Math.round(crest + (bottom - crest) * share)))
    }
  }

  /** What an inlet swallows in an interval: weir or orifice, what is there, and what its pipes can still hold. */
  #take({ cell, node, perimeter_m, area_m2, blocked }: Inlet, engine: FloodEngine): void {
    const held = engine.depthOf(cell)
    if (held <= 0) return
    const depth = held / QUANTA
    const open = 1 - blocked
    const weir = WEIR * perimeter_m * depth * Math.sqrt(depth)
    const orifice = ORIFICE * area_m2 * Math.sqrt(2 * GRAVITY * depth)
    const wanted = Math.floor(this.#rate(open * Math.min(weir, orifice)) * this.#ground.interval)
    const stored = this.#stored.get(node) ?? 0
    const taken = Math.min(wanted, held, Math.max(0, (this.#capacity.get(node) ?? 0) - stored))
    if (taken <= 0) return
    engine.add(cell, -taken)
    this.#stored.set(node, stored + taken)
  }

  #carryOn({ id, pipe_m3s, outfall }: DrainNode, engine: FloodEngine): void {
    const stored = this.#stored.get(id) ?? 0
    const moved = Math.min(stored, Math.floor(this.#rate(pipe_m3s) * this.#ground.interval))
    if (moved <= 0) return
    this.#stored.set(id, stored - moved)
    if (outfall === 'outside') this.#left += BigInt(moved)
    else engine.add(outfall, moved)
  }
}

/** m3/s of a culvert or gate: the smaller of a weir at its mouth and an orifice over the drop. */
export function culvertFlow(opening: { width: number; height: number }, head: number, drop: number): number {
  const { width, height } = opening
  if (!(head > 0 && drop > 0 && height > 0)) return 0
  const full = Math.min(head, height)
  const weir = WEIR * width * full * Math.sqrt(head)
  const orifice = ORIFICE * width * full * Math.sqrt(2 * GRAVITY * drop)
  return Math.min(weir, orifice)
}
