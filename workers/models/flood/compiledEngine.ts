import type { Accounts, EngineStart, EngineState, Exchange, FloodEngine, Ground } from './engine'
import type { FloodKernel } from './kernel'
import { rimmedTile, WALL, wordOfCell, wordOfFace, wordOfParameter, numberAt, writeParameters } from './layout'
import type { FloodLayout } from './layout'

const BED = 4
const FLOW_X = 8
const FLOW_Y = 12
const FRICTION = 16
const ACCOUNT = { rain: 32, infiltrated: 33, drained: 34, cells: 36, ticks: 37 }
const TIME = 20
const TARGET = 22
const RAIN_SINCE = 23
const EXCHANGE_KINDS = { rate: 0, stage: 1, pair: 2 } as const
const AWAKE = 3
/** Parameter that makes the next interval begin with the speeds of a state that was brought back. */
const MEASURE_FIRST = 36
const ALL_SIDES = 15

interface Views {
  readonly words: Int32Array
  readonly floats: Float32Array
  readonly bytes: Uint8Array
  readonly numbers: Float64Array
  readonly longs: BigInt64Array
}

/** The flood in the memory of the compiled kernel. */
export class CompiledEngine implements FloodEngine {
  readonly #kernel: FloodKernel
  readonly #layout: FloodLayout
  readonly #start: EngineStart
  readonly #views: Views
  #kinds: readonly Exchange['kind'][] = []

  constructor(kernel: FloodKernel, layout: FloodLayout, start: EngineStart) {
    this.#kernel = kernel
    this.#layout = layout
    this.#start = start
    const { memory } = kernel
    this.#views = {
      words: new Int32Array(memory),
      floats: new Float32Array(memory),
      bytes: new Uint8Array(memory),
      numbers: new Float64Array(memory),
      longs: new BigInt64Array(memory),
    }
    this.#fill()
  }

  get time(): number {
    return this.#views.numbers[numberAt(TIME)]!
  }

  get work(): { ticks: bigint; cells: bigint } {
    const { longs } = this.#views
    return { ticks: longs[numberAt(ACCOUNT.ticks)]!, cells: longs[numberAt(ACCOUNT.cells)]! }
  }

  drive(until: number): void {
    this.#views.numbers[numberAt(TARGET)] = until
    this.#kernel.drive()
    this.#views.words[wordOfParameter(MEASURE_FIRST)] = 0
  }

  depthOf(cell: number): number {
    return this.#views.words[this.#word(cell)]!
  }

  bedOf(cell: number): number {
    return this.#views.words[this.#word(cell) + BED]!
  }

  add(cell: number, quanta: number): void {
    const word = this.#word(cell)
    this.#views.words[word]! += quanta
    this.#wake(cell, this.#views.words[word]!)
  }

  setBed(cell: number, quanta: number): void {
    this.#views.words[this.#word(cell) + BED] = quanta
  }

  setRain(rates: Float32Array | undefined): void {
    const { columns, rows } = this.#start
    const { floats, bytes, numbers } = this.#views
    const { at, tilesAcross, tiles, bands } = this.#layout
    bytes.fill(0, at.rainy, at.rainy + bands * tilesAcross)
    numbers[numberAt(RAIN_SINCE)] = this.time
    for (let j = 0, cell = 0; j < rows; j++) {
      const band = at.rainy + Math.floor(j / tiles.rows) * tilesAcross
      for (let i = 0; i < columns; i++, cell++) {
        const rate = rates === undefined ? 0 : rates[cell]!
        floats[this.#hydroWord(i, j)] = rate
        if (rate > 0) bytes[band + Math.floor(i / tiles.columns)] = 1
      }
    }
  }

  setGround({ conductivity, suction, drain }: Ground): void {
    const { columns, rows } = this.#start
    const { floats } = this.#views
    for (let j = 0, cell = 0; j < rows; j++) {
      for (let i = 0; i < columns; i++, cell++) {
        const word = this.#hydroWord(i, j)
        floats[word + 4] = conductivity[cell]!
        floats[word + 8] = suction[cell]!
        floats[word + 16] = drain[cell]!
      }
    }
  }

  setExchanges(list: readonly Exchange[]): void {
    const { words, numbers, longs } = this.#views
    for (const [place, exchange] of list.entries()) {
      const byte = this.#layout.at.exchanges + place * 64
      const word = byte >> 2
      const number = byte >> 3
      words[word] = this.#word(exchange.cell) * 4
      words[word + 1] = exchange.kind === 'pair' ? this.#word(exchange.to) * 4 : 0
      words[word + 2] = this.#place(exchange.cell)
      words[word + 3] = exchange.kind === 'pair' ? this.#place(exchange.to) : 0
      words[word + 4] = EXCHANGE_KINDS[exchange.kind]
      numbers[number + 3] = exchange.kind === 'stage' ? exchange.stage : exchange.rate
      if (this.#kinds[place] !== exchange.kind) {
        numbers[number + 4] = 0
        longs[number + 5] = 0n
      }
      if (exchange.kind === 'stage') numbers[number + 4] = exchange.slope
    }
    this.#kinds = list.map(({ kind }) => kind)
    words[wordOfParameter(32)] = list.length
  }

  exchanged(place: number): bigint {
    return this.#views.longs[(this.#layout.at.exchanges >> 3) + place * 8 + 5]!
  }

  accounts(): Accounts {
    const { longs } = this.#views
    return {
      rain: longs[numberAt(ACCOUNT.rain)]!,
      infiltrated: longs[numberAt(ACCOUNT.infiltrated)]!,
      drained: longs[numberAt(ACCOUNT.drained)]!,
    }
  }

  copyDepth(into: Int32Array): void {
    this.#copyWords(into, this.#views.words, 0)
  }

  save(): EngineState {
    const { columns, rows, hydrology, record } = this.#start
    const { words, floats, numbers } = this.#views
    const count = columns * rows
    const state: EngineState = {
      time: this.time,
      rainSince: numbers[numberAt(RAIN_SINCE)]!,
      depth: new Int32Array(count),
      bed: new Int32Array(count),
      flowX: new Float32Array(count),
      flowY: new Float32Array(count),
      blockMax: this.#blockMaxima(),
      infiltrated: new Int32Array(hydrology ? count : 0),
      peak: new Int32Array(record ? count : 0),
      arrival: new Float32Array(record ? count : 0),
      duration: new Float32Array(record ? count : 0),
      speed: new Float32Array(record ? count : 0),
      accounts: this.accounts(),
      exchanges: this.#kinds.map((kind, place) => ({
        carry: kind === 'stage' ? 0 : numbers[(this.#layout.at.exchanges >> 3) + place * 8 + 4]!,
        total: this.exchanged(place),
      })),
    }
    this.#copyWords(state.depth, words, 0)
    this.#copyWords(state.bed, words, BED)
    this.#copyWords(state.flowX, floats, FLOW_X)
    this.#copyWords(state.flowY, floats, FLOW_Y)
    this.#eachBandTop((cell, word) => (state.flowY[cell] = floats[word]!))
    if (hydrology) this.#eachCell((cell, i, j) => (state.infiltrated[cell] = words[this.#hydroWord(i, j) + 12]!))
    if (record) {
      this.#eachCell((cell, i, j) => {
        const word = this.#recordWord(i, j)
        state.peak[cell] = words[word]!
        state.arrival[cell] = floats[word + 4]!
        state.duration[cell] = floats[word + 8]!
        state.speed[cell] = floats[word + 12]!
      })
    }
    return state
  }

  restore(state: EngineState): void {
    const { hydrology, record } = this.#start
    const { words, floats, numbers, longs } = this.#views
    numbers[numberAt(TIME)] = state.time
    numbers[numberAt(RAIN_SINCE)] = state.rainSince
    longs[numberAt(ACCOUNT.rain)] = state.accounts.rain
    longs[numberAt(ACCOUNT.infiltrated)] = state.accounts.infiltrated
    longs[numberAt(ACCOUNT.drained)] = state.accounts.drained
    this.#eachCell((cell, i, j) => {
      const word = wordOfCell(this.#layout, i, j)
      words[word] = state.depth[cell]!
      words[word + BED] = state.bed[cell]!
      floats[word + FLOW_X] = state.flowX[cell]!
      floats[word + FLOW_Y] = state.flowY[cell]!
      if (hydrology) words[this.#hydroWord(i, j) + 12] = state.infiltrated[cell]!
      if (!record) return
      const kept = this.#recordWord(i, j)
      words[kept] = state.peak[cell]!
      floats[kept + 4] = state.arrival[cell]!
      floats[kept + 8] = state.duration[cell]!
      floats[kept + 12] = state.speed[cell]!
    })
    this.#eachBandTop((cell, word) => (floats[word] = state.flowY[cell]!))
    for (const [place, { carry, total }] of state.exchanges.entries()) {
      const number = (this.#layout.at.exchanges >> 3) + place * 8
      if (this.#kinds[place] !== 'stage') numbers[number + 4] = carry
      longs[number + 5] = total
    }
    this.#wakeAll(state)
    words[wordOfParameter(MEASURE_FIRST)] = 1
  }

  #fill(): void {
    const { words, floats, numbers } = this.#views
    const { scheme, bed, depth, friction, cellSize, recordLine } = this.#start
    const { at, width, bands, tiles, bytes } = this.#layout
    words.fill(0, 256, bytes >> 2)
    const blocks = (width / 4) * (bands * tiles.rows + 3)
    for (let k = 0, word = at.cells >> 2; k < blocks; k++, word += 20) {
      words.fill(WALL, word + BED, word + BED + 4)
      floats.fill(0.01, word + FRICTION, word + FRICTION + 4)
    }
    writeParameters(words, this.#layout, scheme.levels)
    words[wordOfParameter(35)] = recordLine
    const values = [cellSize, scheme.alpha, scheme.dtMax, scheme.theta, scheme.dryDepth, scheme.froude]
    values.forEach((value, k) => (numbers[numberAt(k)] = value))
    this.#eachCell((cell, i, j) => {
      const word = wordOfCell(this.#layout, i, j)
      words[word] = depth[cell]!
      words[word + BED] = bed[cell]!
      floats[word + FRICTION] = friction[cell]!
      if (depth[cell]! > 0) this.#wake(cell, depth[cell]!)
    })
    this.#kernel.attach()
  }

  /** Wakes every tile that holds or moves water; a wet tile starts from its block's deepest water, as it was saved. */
  #wakeAll(state: EngineState): void {
    const { at, tiles, tilesAcross, bands, blockColumns } = this.#layout
    const { words, bytes } = this.#views
    const { columns } = this.#start
    const dry = Math.trunc(this.#start.scheme.dryDepth * 2 ** 20)
    words.fill(0, at.tileMax >> 2, (at.tileMax >> 2) + bands * tilesAcross)
    bytes.fill(0, at.wet, at.rim)
    bytes.fill(0, at.rim, at.active)
    this.#eachCell((cell, i, j) => {
      const depth = state.depth[cell]!
      if (depth > dry || state.flowX[cell] !== 0 || state.flowY[cell] !== 0) {
        const block = Math.floor(j / 16) * blockColumns + Math.floor(i / 16)
        this.#wake(cell, state.blockMax[block]!)
        this.#wake(cell + (i + 1 < columns ? 1 : 0), 0)
        if (cell + columns < state.depth.length) this.#wake(cell + columns, 0)
      } else if (depth > 0) {
        const tile = (at.tileMax >> 2) + Math.floor(j / tiles.rows) * tilesAcross + Math.floor(i / tiles.columns)
        words[tile] = Math.max(words[tile]!, depth)
      }
    })
  }

  #blockMaxima(): Int32Array {
    const { at, tiles, tilesAcross, bands, blockRows, blockColumns } = this.#layout
    const { words } = this.#views
    const maxima = new Int32Array(blockRows * blockColumns)
    for (let b = 0; b < bands; b++) {
      for (let t = 0; t < tilesAcross; t++) {
        const block = Math.floor((b * tiles.rows) / 16) * blockColumns + Math.floor((t * tiles.columns) / 16)
        maxima[block] = Math.max(maxima[block]!, words[(at.tileMax >> 2) + b * tilesAcross + t]!)
      }
    }
    return maxima
  }

  #wake(cell: number, depth: number): void {
    const { words, bytes } = this.#views
    const { at, tiles, tilesAcross } = this.#layout
    const { columns } = this.#start
    const b = Math.floor(Math.floor(cell / columns) / tiles.rows)
    const t = Math.floor((cell % columns) / tiles.columns)
    const o = rimmedTile(this.#layout, b, t)
    bytes[at.wet + o] = AWAKE
    bytes[at.rim + o]! |= ALL_SIDES
    const tile = (at.tileMax >> 2) + b * tilesAcross + t
    words[tile] = Math.max(words[tile]!, depth)
  }

  #word(cell: number): number {
    const { columns } = this.#start
    return wordOfCell(this.#layout, cell % columns, Math.floor(cell / columns))
  }

  #hydroWord(i: number, j: number): number {
    return wordOfCell(this.#layout, i, j) + ((this.#layout.at.hydrology - this.#layout.at.cells) >> 2)
  }

  #recordWord(i: number, j: number): number {
    const x = i + 16
    return (this.#layout.at.record >> 2) + ((((j + 1) * this.#layout.width) >> 2) + (x >> 2)) * 16 + (x & 3)
  }

  /** Band and tile of a cell, as the kernel's two 16-bit numbers. */
  #place(cell: number): number {
    const { tiles } = this.#layout
    const { columns } = this.#start
    const b = Math.floor(Math.floor(cell / columns) / tiles.rows)
    return b | (Math.floor((cell % columns) / tiles.columns) << 16)
  }

  #eachCell(visit: (cell: number, i: number, j: number) => void): void {
    const { columns, rows } = this.#start
    for (let j = 0, cell = 0; j < rows; j++) for (let i = 0; i < columns; i++, cell++) visit(cell, i, j)
  }

  /** The flow through the northern face of a band's top row lives beside the bands. */
  #eachBandTop(visit: (cell: number, word: number) => void): void {
    const { columns, rows } = this.#start
    const { tiles, bands } = this.#layout
    for (let b = 1; b < bands; b++) {
      const j = b * tiles.rows - 1
      if (j >= rows) return
      for (let i = 0; i < columns; i++) visit(j * columns + i, wordOfFace(this.#layout, b, i))
    }
  }

  #copyWords(into: Int32Array | Float32Array, from: Int32Array | Float32Array, offset: number): void {
    const { columns, rows } = this.#start
    for (let j = 0, cell = 0; j < rows; j++) {
      const row = wordOfCell(this.#layout, 0, j) + offset
      for (let i = 0; i < columns; i++, cell++) into[cell] = from[row + (i >> 2) * 20 + (i & 3)]!
    }
  }
}
