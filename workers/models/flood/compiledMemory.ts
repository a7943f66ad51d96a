import type { EngineStart, EngineState } from './engine'
import { rimmedTile, wordOfCell, wordOfFace } from './layout'
import type { FloodLayout } from './layout'

const AWAKE = 3
const ALL_SIDES = 15

interface Views {
  readonly words: Int32Array
  readonly floats: Float32Array
  readonly bytes: Uint8Array
  readonly numbers: Float64Array
  readonly longs: BigInt64Array
}

/** The memory of the compiled kernel by cells: where each value lies, and which tiles are awake. */
export class CompiledMemory {
  readonly views: Views
  readonly #layout: FloodLayout
  readonly #start: EngineStart

  constructor(memory: ArrayBufferLike, layout: FloodLayout, start: EngineStart) {
    this.#layout = layout
    this.#start = start
    this.views = {
      words: new Int32Array(memory),
      floats: new Float32Array(memory),
      bytes: new Uint8Array(memory),
      numbers: new Float64Array(memory),
      longs: new BigInt64Array(memory),
    }
  }

  /** Wakes every tile that holds or moves water; a wet tile starts from its block's deepest water, as it was saved. */
  wakeAll(state: EngineState): void {
    const { at, tiles, tilesAcross, bands, blockColumns } = this.#layout
    const { words, bytes } = this.views
    const { columns } = this.#start
    const dry = Math.trunc(this.#start.scheme.dryDepth * 2 ** 20)
    words.fill(0, at.tileMax >> 2, (at.tileMax >> 2) + bands * tilesAcross)
    bytes.fill(0, at.wet, at.rim)
    bytes.fill(0, at.rim, at.active)
    this.eachCell((cell, i, j) => {
      const depth = state.depth[cell]!
      if (depth > dry || state.flowX[cell] !== 0 || state.flowY[cell] !== 0) {
        const block = Math.floor(j / 16) * blockColumns + Math.floor(i / 16)
        this.wake(cell, state.blockMax[block]!)
        this.wake(cell + (i + 1 < columns ? 1 : 0), 0)
        if (cell + columns < state.depth.length) this.wake(cell + columns, 0)
      } else if (depth > 0) {
        const tile = (at.tileMax >> 2) + Math.floor(j / tiles.rows) * tilesAcross + Math.floor(i / tiles.columns)
        words[tile] = Math.max(words[tile]!, depth)
      }
    })
  }

  blockMaxima(): Int32Array {
    const { at, tiles, tilesAcross, bands, blockRows, blockColumns } = this.#layout
    const { words } = this.views
    const maxima = new Int32Array(blockRows * blockColumns)
    for (let b = 0; b < bands; b++) {
      for (let t = 0; t < tilesAcross; t++) {
        const block = Math.floor((b * tiles.rows) / 16) * blockColumns + Math.floor((t * tiles.columns) / 16)
        maxima[block] = Math.max(maxima[block]!, words[(at.tileMax >> 2) + b * tilesAcross + t]!)
      }
    }
    return maxima
  }

  wake(cell: number, depth: number): void {
    const { words, bytes } = this.views
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

  word(cell: number): number {
    const { columns } = this.#start
    return wordOfCell(this.#layout, cell % columns, Math.floor(cell / columns))
  }

  hydroWord(i: number, j: number): number {
    return wordOfCell(this.#layout, i, j) + ((this.#layout.at.hydrology - this.#layout.at.cells) >> 2)
  }

  recordWord(i: number, j: number): number {
    const x = i + 16
    return (this.#layout.at.record >> 2) + ((((j + 1) * this.#layout.width) >> 2) + (x >> 2)) * 16 + (x & 3)
  }

  /** Band and tile of a cell, as the kernel's two 16-bit numbers. */
  place(cell: number): number {
    const { tiles } = this.#layout
    const { columns } = this.#start
    const b = Math.floor(Math.floor(cell / columns) / tiles.rows)
    return b | (Math.floor((cell % columns) / tiles.columns) << 16)
  }

  eachCell(visit: (cell: number, i: number, j: number) => void): void {
    const { columns, rows } = this.#start
    for (let j = 0, cell = 0; j < rows; j++) for (let i = 0; i < columns; i++, cell++) visit(cell, i, j)
  }

  /** The flow through the northern face of a band's top row lives beside the bands. */
  eachBandTop(visit: (cell: number, word: number) => void): void {
    const { columns, rows } = this.#start
    const { tiles, bands } = this.#layout
    for (let b = 1; b < bands; b++) {
      const j = b * tiles.rows - 1
      if (j >= rows) return
      for (let i = 0; i < columns; i++) visit(j * columns + i, wordOfFace(this.#layout, b, i))
    }
  }

  copyWords(into: Int32Array | Float32Array, from: Int32Array | Float32Array, offset: number): void {
    const { columns, rows } = this.#start
    for (let j = 0, cell = 0; j < rows; j++) {
      const row = wordOfCell(this.#layout, 0, j) + offset
      for (let i = 0; i < columns; i++, cell++) into[cell] = from[row + (i >> 2) * 20 + (i & 3)]!
    }
  }
}
