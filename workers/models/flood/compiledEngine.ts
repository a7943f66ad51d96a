import { CompiledMemory } from './compiledMemory'
import type { Accounts, EngineStart, EngineState, Exchange, FloodEngine, Ground } from './engine'
import type { FloodKernel } from './kernel'
import { WALL, wordOfCell, wordOfParameter, numberAt, writeParameters } from './layout'
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
/** Parameter that makes the next interval begin with the speeds of a state that was brought back. */
const MEASURE_FIRST = 36

/** The flood in the memory of the compiled kernel. */
export class CompiledEngine implements FloodEngine {
  readonly #kernel: FloodKernel
  readonly #layout: FloodLayout
  readonly #start: EngineStart
  readonly #memory: CompiledMemory
  #kinds: readonly Exchange['kind'][] = []

  constructor(kernel: FloodKernel, layout: FloodLayout, start: EngineStart) {
    this.#kernel = kernel
    this.#layout = layout
    this.#start = start
    this.#memory = new CompiledMemory(kernel.memory, layout, start)
    this.#fill()
  }

  get time(): number {
    return this.#memory.views.numbers[numberAt(TIME)]!
  }

  get work(): { ticks: bigint; cells: bigint } {
    const { longs } = this.#memory.views
    return { ticks: longs[numberAt(ACCOUNT.ticks)]!, cells: longs[numberAt(ACCOUNT.cells)]! }
  }

  drive(until: number): void {
    this.#memory.views.numbers[numberAt(TARGET)] = until
    this.#kernel.drive()
    this.#memory.views.words[wordOfParameter(MEASURE_FIRST)] = 0
  }

  depthOf(cell: number): number {
    return this.#memory.views.words[this.#memory.word(cell)]!
  }

  bedOf(cell: number): number {
    return this.#memory.views.words[this.#memory.word(cell) + BED]!
  }

  add(cell: number, quanta: number): void {
    const word = this.#memory.word(cell)
    this.#memory.views.words[word]! += quanta
    this.#memory.wake(cell, this.#memory.views.words[word]!)
  }

  setBed(cell: number, quanta: number): void {
    this.#memory.views.words[this.#memory.word(cell) + BED] = quanta
  }

  setRain(rates: Float32Array | undefined): void {
    const { columns, rows } = this.#start
    const { floats, bytes, numbers } = this.#memory.views
    const { at, tilesAcross, tiles, bands } = this.#layout
    bytes.fill(0, at.rainy, at.rainy + bands * tilesAcross)
    numbers[numberAt(RAIN_SINCE)] = this.time
    for (let j = 0, cell = 0; j < rows; j++) {
      const band = at.rainy + Math.floor(j / tiles.rows) * tilesAcross
      for (let i = 0; i < columns; i++, cell++) {
        const rate = rates === undefined ? 0 : rates[cell]!
        floats[this.#memory.hydroWord(i, j)] = rate
        if (rate > 0) bytes[band + Math.floor(i / tiles.columns)] = 1
      }
    }
  }

  setGround({ conductivity, suction, drain }: Ground): void {
    const { columns, rows } = this.#start
    const { floats } = this.#memory.views
    for (let j = 0, cell = 0; j < rows; j++) {
      for (let i = 0; i < columns; i++, cell++) {
        const word = this.#memory.hydroWord(i, j)
        floats[word + 4] = conductivity[cell]!
        floats[word + 8] = suction[cell]!
        floats[word + 16] = drain[cell]!
      }
    }
  }

  setExchanges(list: readonly Exchange[]): void {
    const { words, numbers, longs } = this.#memory.views
    for (const [place, exchange] of list.entries()) {
      const byte = this.#layout.at.exchanges + place * 64
      const word = byte >> 2
      const number = byte >> 3
      words[word] = this.#memory.word(exchange.cell) * 4
      words[word + 1] = exchange.kind === 'pair' ? this.#memory.word(exchange.to) * 4 : 0
      words[word + 2] = this.#memory.place(exchange.cell)
      words[word + 3] = exchange.kind === 'pair' ? this.#memory.place(exchange.to) : 0
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
    return this.#memory.views.longs[(this.#layout.at.exchanges >> 3) + place * 8 + 5]!
  }

  accounts(): Accounts {
    const { longs } = this.#memory.views
    return {
      rain: longs[numberAt(ACCOUNT.rain)]!,
      infiltrated: longs[numberAt(ACCOUNT.infiltrated)]!,
      drained: longs[numberAt(ACCOUNT.drained)]!,
    }
  }

  copyDepth(into: Int32Array): void {
    this.#memory.copyWords(into, this.#memory.views.words, 0)
  }

  save(): EngineState {
    const { columns, rows, hydrology, record } = this.#start
    const { words, floats, numbers } = this.#memory.views
    const count = columns * rows
    const state: EngineState = {
      time: this.time,
      rainSince: numbers[numberAt(RAIN_SINCE)]!,
      depth: new Int32Array(count),
      bed: new Int32Array(count),
      flowX: new Float32Array(count),
      flowY: new Float32Array(count),
      blockMax: this.#memory.blockMaxima(),
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
    this.#memory.copyWords(state.depth, words, 0)
    this.#memory.copyWords(state.bed, words, BED)
    this.#memory.copyWords(state.flowX, floats, FLOW_X)
    this.#memory.copyWords(state.flowY, floats, FLOW_Y)
    this.#memory.eachBandTop((cell, word) => (state.flowY[cell] = floats[word]!))
    if (hydrology)
      this.#memory.eachCell((cell, i, j) => (state.infiltrated[cell] = words[this.#memory.hydroWord(i, j) + 12]!))
    if (record) {
      this.#memory.eachCell((cell, i, j) => {
        const word = this.#memory.recordWord(i, j)
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
    const { words, floats, numbers, longs } = this.#memory.views
    numbers[numberAt(TIME)] = state.time
    numbers[numberAt(RAIN_SINCE)] = state.rainSince
    longs[numberAt(ACCOUNT.rain)] = state.accounts.rain
    longs[numberAt(ACCOUNT.infiltrated)] = state.accounts.infiltrated
    longs[numberAt(ACCOUNT.drained)] = state.accounts.drained
    this.#memory.eachCell((cell, i, j) => {
      const word = wordOfCell(this.#layout, i, j)
      words[word] = state.depth[cell]!
      words[word + BED] = state.bed[cell]!
      floats[word + FLOW_X] = state.flowX[cell]!
      floats[word + FLOW_Y] = state.flowY[cell]!
      if (hydrology) words[this.#memory.hydroWord(i, j) + 12] = state.infiltrated[cell]!
      if (!record) return
      const kept = this.#memory.recordWord(i, j)
      words[kept] = state.peak[cell]!
      floats[kept + 4] = state.arrival[cell]!
      floats[kept + 8] = state.duration[cell]!
      floats[kept + 12] = state.speed[cell]!
    })
    this.#memory.eachBandTop((cell, word) => (floats[word] = state.flowY[cell]!))
    for (const [place, { carry, total }] of state.exchanges.entries()) {
      const number = (this.#layout.at.exchanges >> 3) + place * 8
      if (this.#kinds[place] !== 'stage') numbers[number + 4] = carry
      longs[number + 5] = total
    }
    this.#memory.wakeAll(state)
    words[wordOfParameter(MEASURE_FIRST)] = 1
  }

  #fill(): void {
    const { words, floats, numbers } = this.#memory.views
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
    this.#memory.eachCell((cell, i, j) => {
      const word = wordOfCell(this.#layout, i, j)
      words[word] = depth[cell]!
      words[word + BED] = bed[cell]!
      floats[word + FRICTION] = friction[cell]!
      if (depth[cell]! > 0) this.#memory.wake(cell, depth[cell]!)
    })
    this.#kernel.attach()
  }
}
