import type { Accounts, EngineStart, EngineState, Exchange, FloodEngine, Ground } from '../engine'
import { BLOCK_CELLS, QUANTA, WALL } from '../layout'
import { schemeConstants, stepOf, sweepFaces } from './faces'
import type { FaceRow, SchemeConstants, Step, Water } from './faces'
import { exchangeOnce } from './exchange'
import type { ExchangeAccount } from './exchange'
import { rainAndLoss } from './hydrology'
import { recordRow } from './record'

// A kinematic wave runs at 5/3 of the flow: 0.83 of its Courant limit.
const KINEMATIC = 0.5

/**
 * The flood in plain TypeScript, one cell at a time, without tiles or threads: what the compiled kernel must equal bit for
 * bit, and the baseline of its speed.
 */
export class ReferenceEngine implements FloodEngine {
  readonly #start: EngineStart
  readonly #width: number
  readonly #water: Water
  readonly #flowX: Float32Array
  readonly #flowY: Float32Array
  readonly #scheme: SchemeConstants
  readonly #blockColumns: number
  readonly #blockMax: Int32Array
  readonly #rows: { freshX: Float32Array; freshY: Float32Array; volumeX: Int32Array; volumeY: Int32Array }
  readonly #below: Float32Array
  readonly #belowVolume: Int32Array
  #levels: Uint8Array
  /** Fastest flow by block at the end of the interval before, m/s. */
  #speeds: Float32Array
  #time = 0
  #ticks = 0n
  #cells = 0n
  #rain: Float32Array | undefined
  #rainSince = 0
  #ground: Ground
  #infiltrated: Int32Array
  readonly #record: { peak: Int32Array; arrival: Float32Array; duration: Float32Array; speed: Float32Array }
  #accounts = { rain: 0n, infiltrated: 0n, drained: 0n }
  #exchanges: ExchangeAccount[] = []

  constructor(start: EngineStart) {
    const { columns, rows, scheme, hydrology, record } = start
    const count = columns * rows
    this.#start = start
    this.#width = columns + 2
    const padded = this.#width * (rows + 2)
    this.#water = {
      depth: new Int32Array(padded),
      bed: new Int32Array(padded).fill(WALL),
      friction: new Float32Array(padded).fill(0.01),
    }
    this.#flowX = new Float32Array(padded)
    this.#flowY = new Float32Array(padded)
    this.#scheme = schemeConstants(scheme.theta, scheme.dryDepth, scheme.froude)
    this.#blockColumns = Math.ceil(columns / BLOCK_CELLS)
    const blocks = this.#blockColumns * Math.ceil(rows / BLOCK_CELLS)
    this.#blockMax = new Int32Array(blocks)
    this.#levels = new Uint8Array(blocks)
    this.#speeds = new Float32Array(blocks)
    this.#rows = {
      freshX: new Float32Array(this.#width),
      freshY: new Float32Array(this.#width),
      volumeX: new Int32Array(this.#width),
      volumeY: new Int32Array(this.#width),
    }
    this.#below = new Float32Array(this.#width)
    this.#belowVolume = new Int32Array(this.#width)
    this.#ground = emptyGround(hydrology ? count : 0)
    this.#infiltrated = new Int32Array(hydrology ? count : 0)
    const kept = record ? count : 0
    this.#record = {
      peak: new Int32Array(kept),
      arrival: new Float32Array(kept),
      duration: new Float32Array(kept),
      speed: new Float32Array(kept),
    }
    for (let cell = 0; cell < count; cell++) {
      const p = this.#padded(cell)
      this.#water.depth[p] = start.depth[cell]!
      this.#water.bed[p] = start.bed[cell]!
      this.#water.friction[p] = start.friction[cell]!
      this.#raise(cell, start.depth[cell]!)
    }
  }

  get time(): number {
    return this.#time
  }

  get work(): { ticks: bigint; cells: bigint } {
    return { ticks: this.#ticks, cells: this.#cells }
  }

  drive(until: number): void {
    const start = this.#time
    let t = start
    while (t < until - 1e-9) {
      const { dt, most } = this.#plan(t, until)
      const steps = Array.from({ length: most + 1 }, (_, level) => stepOf(dt * 2 ** level, this.#start.cellSize))
      for (let tick = 0; tick < 2 ** most; tick++) {
        this.#sweep(steps, tick)
        this.#exchange(t, dt)
        t += dt
      }
      this.#ticks += BigInt(2 ** most)
    }
    this.#time = until
    this.#finish(start, until)
  }

  depthOf(cell: number): number {
    return this.#water.depth[this.#padded(cell)]!
  }

  bedOf(cell: number): number {
    return this.#water.bed[this.#padded(cell)]!
  }

  add(cell: number, quanta: number): void {
    const p = this.#padded(cell)
    this.#water.depth[p]! += quanta
    this.#raise(cell, this.#water.depth[p]!)
  }

  setBed(cell: number, quanta: number): void {
    this.#water.bed[this.#padded(cell)] = quanta
  }

  setRain(rates: Float32Array | undefined): void {
    this.#rain = rates
    this.#rainSince = this.#time
  }

  setGround(ground: Ground): void {
    this.#ground = ground
  }

  setExchanges(list: readonly Exchange[]): void {
    this.#exchanges = list.map((exchange, place) => {
      const before = this.#exchanges[place]
      return before?.exchange.kind === exchange.kind
        ? { exchange, carry: before.carry, total: before.total }
        : { exchange, carry: 0, total: 0n }
    })
  }

  exchanged(place: number): bigint {
    return this.#exchanges[place]?.total ?? 0n
  }

  accounts(): Accounts {
    return { ...this.#accounts }
  }

  copyDepth(into: Int32Array): void {
    for (let cell = 0; cell < into.length; cell++) into[cell] = this.depthOf(cell)
  }

  save(): EngineState {
    const dense = <Kind extends Int32Array | Float32Array>(from: Kind, into: Kind): Kind => {
      for (let cell = 0; cell < into.length; cell++) into[cell] = from[this.#padded(cell)]!
      return into
    }
    const count = this.#start.columns * this.#start.rows
    return {
      time: this.#time,
      rainSince: this.#rainSince,
      depth: dense(this.#water.depth, new Int32Array(count)),
      bed: dense(this.#water.bed, new Int32Array(count)),
      flowX: dense(this.#flowX, new Float32Array(count)),
      flowY: dense(this.#flowY, new Float32Array(count)),
      blockMax: this.#blockMax.slice(),
      infiltrated: this.#infiltrated.slice(),
      peak: this.#record.peak.slice(),
      arrival: this.#record.arrival.slice(),
      duration: this.#record.duration.slice(),
      speed: this.#record.speed.slice(),
      accounts: this.accounts(),
      exchanges: this.#exchanges.map(({ carry, total }) => ({ carry, total })),
    }
  }

  restore(state: EngineState): void {
    this.#time = state.time
    this.#rainSince = state.rainSince
    for (let cell = 0; cell < state.depth.length; cell++) {
      const p = this.#padded(cell)
      this.#water.depth[p] = state.depth[cell]!
      this.#water.bed[p] = state.bed[cell]!
      this.#flowX[p] = state.flowX[cell]!
      this.#flowY[p] = state.flowY[cell]!
    }
    this.#blockMax.set(state.blockMax)
    this.#infiltrated.set(state.infiltrated)
    this.#record.peak.set(state.peak)
    this.#record.arrival.set(state.arrival)
    this.#record.duration.set(state.duration)
    this.#record.speed.set(state.speed)
    this.#accounts = { ...state.accounts }
    this.#exchanges = this.#exchanges.map((account, place) => ({ ...account, ...state.exchanges[place] }))
    this.#measure()
  }

  /** The next group of ticks: its finest step and how often that is doubled; sets the level of every block. */
  #plan(t: number, until: number): { dt: number; most: number } {
    const { scheme, cellSize } = this.#start
    const dry = Math.trunc(scheme.dryDepth * QUANTA)
    const longest = (depth: number, speed: number): number => {
      const critical = Math.sqrt((9.81 * depth) / QUANTA)
      const step = (scheme.alpha * cellSize) / critical
      return speed > 0 ? Math.min(step, (KINEMATIC * cellSize) / Math.min(speed, critical)) : step
    }
    let limit = scheme.dtMax
    for (const [block, depth] of this.#blockMax.entries())
      if (depth > dry) limit = Math.min(limit, longest(depth, this.#speeds[block]!))
    const left = until - t
    let most = scheme.levels
    while (most > 0 && (limit * 2 ** most > scheme.dtMax || limit * 2 ** (most - 1) >= left)) most--
    const dt = left / Math.ceil(left / (limit * 2 ** most) - 1e-9) / 2 ** most
    this.#levels = this.#levels.map((_, block) => {
      const bound = longest(Math.max(dry, this.#around(block, this.#blockMax)), this.#around(block, this.#speeds))
      let level = 0
      while (level < most && dt * 2 ** (level + 1) <= bound) level++
      return level
    })
    return { dt, most }
  }

  /** Largest value of a block and the eight around it. */
  #around(block: number, values: Int32Array | Float32Array): number {
    const across = this.#blockColumns
    const [by, bx] = [Math.floor(block / across), block % across]
    let most = 0
    for (let y = by - 1; y <= by + 1; y++)
      for (let x = Math.max(0, bx - 1); x <= Math.min(across - 1, bx + 1); x++)
        most = Math.max(most, values[y * across + x] ?? 0)
    return most
  }

  #sweep(steps: readonly Step[], tick: number): void {
    const { columns, rows } = this.#start
    const { depth } = this.#water
    const width = this.#width
    const { freshX, freshY, volumeX, volumeY } = this.#rows
    const isDue = (level: number): boolean => (tick & ((1 << level) - 1)) === 0
    const rowMax = new Int32Array(this.#blockColumns)
    this.#below.fill(0)
    this.#belowVolume.fill(0)
    for (let j = 0; j < rows; j++) {
      const first = (j + 1) * width + 1
      const x = { stride: 1, flow: this.#flowX, behind: this.#flowX, fresh: freshX, volume: volumeX }
      for (const run of this.#runs(j, 'x')) {
        const place = { first: first + run.from, count: run.until - run.from, into: run.from }
        this.#sweepRun(
          { ...x, ...place, behindFirst: place.first - 1 },
          isDue(run.level) ? steps[run.level] : undefined,
        )
      }
      const y = { stride: width, flow: this.#flowY, behind: this.#below, fresh: freshY, volume: volumeY }
      for (const run of this.#runs(j, 'y')) {
        const place = { first: first + run.from, count: run.until - run.from, into: run.from }
        this.#sweepRun({ ...y, ...place, behindFirst: run.from }, isDue(run.level) ? steps[run.level] : undefined)
      }
      for (let i = 0, p = first; i < columns; i++, p++) {
        const west = i === 0 ? 0 : volumeX[i - 1]!
        depth[p]! += west - volumeX[i]! + (this.#belowVolume[i]! - volumeY[i]!)
        rowMax[i >> 4] = Math.max(rowMax[i >> 4]!, depth[p]!)
        this.#below[i] = this.#flowY[p]!
        this.#flowX[p] = freshX[i]!
        this.#flowY[p] = freshY[i]!
        this.#belowVolume[i] = volumeY[i]!
      }
      this.#settle(j, rowMax, isDue)
    }
    this.#cells += BigInt(columns * rows)
  }

  #sweepRun(row: FaceRow, step: Step | undefined): void {
    if (step !== undefined) return sweepFaces(row, step, this.#water, this.#scheme)
    for (let k = 0; k < row.count; k++) {
      row.fresh[row.into + k] = row.flow[row.first + k]!
      row.volume[row.into + k] = 0
    }
  }

  /** Runs of faces of one level in row j; the finer of the two blocks of a face decides. */
  #runs(j: number, axis: 'x' | 'y'): { from: number; until: number; level: number }[] {
    const { columns, rows } = this.#start
    const across = this.#blockColumns
    const own = (j >> 4) * across
    const north = axis === 'x' ? own : (Math.min(j + 1, rows - 1) >> 4) * across
    const runs: { from: number; until: number; level: number }[] = []
    const add = (from: number, until: number, level: number): void => {
      const last = runs.at(-1)
      if (last?.level === level) last.until = until
      else if (until > from) runs.push({ from, until, level })
    }
    for (let bx = 0; bx < across; bx++) {
      const [from, until] = [bx * BLOCK_CELLS, Math.min(columns, (bx + 1) * BLOCK_CELLS)]
      const level = Math.min(this.#levels[own + bx]!, this.#levels[north + bx]!)
      const east = axis === 'x' && bx + 1 < across ? Math.min(level, this.#levels[own + bx + 1]!) : level
      add(from, until - 1, level)
      add(until - 1, until, east)
    }
    return runs
  }

  /** After a row: the deepest water of its blocks, anew where the block was swept, raised where it only received. */
  #settle(j: number, rowMax: Int32Array, isDue: (level: number) => boolean): void {
    const isFirst = (j & 15) === 0
    const row = (j >> 4) * this.#blockColumns
    for (let bx = 0; bx < rowMax.length; bx++) {
      const block = row + bx
      const isFresh = isFirst && isDue(this.#levels[block]!)
      this.#blockMax[block] = Math.max(isFresh ? 0 : this.#blockMax[block]!, rowMax[bx]!)
    }
    rowMax.fill(0)
  }

  #exchange(time: number, dt: number): void {
    for (const account of this.#exchanges) {
      exchangeOnce(account, { time, dt }, this)
    }
  }

  #finish(start: number, until: number): void {
    if (this.#start.hydrology) {
      const moment = { start, until, rainSince: this.#rainSince }
      const fields = { rain: this.#rain, ground: this.#ground, infiltrated: this.#infiltrated }
      const taken = rainAndLoss(this, moment, fields)
      this.#accounts.rain += taken.rain
      this.#accounts.infiltrated += taken.infiltrated
      this.#accounts.drained += taken.drained
      this.#blockMax.fill(0)
      const { columns, rows } = this.#start
      for (let cell = 0; cell < columns * rows; cell++) this.#raise(cell, this.depthOf(cell))
    }
    this.#measure()
    if (!this.#start.record) return
    const views = { water: this.#water, flowX: this.#flowX, flowY: this.#flowY, width: this.#width }
    for (let j = 0; j < this.#start.rows; j++)
      recordRow(j, { start: this.#start, views, record: this.#record, since: start, until })
  }

  #measure(): void {
    const { columns, rows } = this.#start
    const { depth } = this.#water
    this.#speeds.fill(0)
    for (let cell = 0; cell < columns * rows; cell++) {
      const p = this.#padded(cell)
      const block = (Math.floor(cell / columns) >> 4) * this.#blockColumns + ((cell % columns) >> 4)
      const east = speedThrough(this.#flowX[p]!, Math.max(depth[p]!, depth[p + 1]!))
      const north = speedThrough(this.#flowY[p]!, Math.max(depth[p]!, depth[p + this.#width]!))
      this.#speeds[block] = Math.max(this.#speeds[block]!, east, north)
    }
  }

  #raise(cell: number, depth: number): void {
    const { columns } = this.#start
    const block = (Math.floor(cell / columns) >> 4) * this.#blockColumns + ((cell % columns) >> 4)
    this.#blockMax[block] = Math.max(this.#blockMax[block]!, depth)
  }

  #padded(cell: number): number {
    const { columns } = this.#start
    return (Math.floor(cell / columns) + 1) * this.#width + (cell % columns) + 1
  }
}

function speedThrough(flow: number, deeper: number): number {
  return Math.fround(Math.fround(Math.abs(flow) * QUANTA) / Math.fround(Math.max(deeper, 1)))
}

function emptyGround(count: number): Ground {
  return { conductivity: new Float32Array(count), suction: new Float32Array(count), drain: new Float32Array(count) }
}
