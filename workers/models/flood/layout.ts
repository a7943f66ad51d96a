/** Quanta of depth in a metre: bed, depth and face volumes are whole multiples of 2^-20 m. */
export const QUANTA = 2 ** 20
/** Bed of walls and of everything outside the grid, metres above the grid's datum; no terrain reaches it. */
export const WALL_M = 2000
export const WALL = WALL_M * QUANTA
/** Side of the blocks of cells that share a time step, cells. Fixed, so that no tile setting changes a result. */
export const BLOCK_CELLS = 16
/** Levels of time steps, each twice the one before. */
export const MOST_LEVEL = 5

const PARAMETERS = 1024
const NUMBERS = 2048
const FIRST_BYTE = 16_384
const PAD = 16
const MAX_BYTES = 32_768 * 65_536

/** Sizes of the sweep: rows and columns of an activity tile. They change the speed and nothing else. */
export interface TileSetting {
  readonly rows: 4 | 8 | 16
  readonly columns: 4 | 8 | 16
  /** False sweeps dry tiles too: the setting that proofs compare with. */
  readonly skipDry: boolean
}
export const USUAL_TILES: TileSetting = { rows: 8, columns: 8, skipDry: true }

export interface LayoutNeeds {
  readonly columns: number
  readonly rows: number
  readonly tiles: TileSetting
  readonly threads: number
  readonly exchanges: number
  readonly hydrology: boolean
  readonly record: boolean
}

/** Byte addresses in the kernel's memory. The kernel's own view of it is assembly/memory.ts. */
export interface FloodLayout extends LayoutNeeds {
  readonly width: number
  readonly bands: number
  readonly tilesAcross: number
  readonly blockRows: number
  readonly blockColumns: number
  readonly scratchBytes: number
  readonly bytes: number
  readonly at: Readonly<Record<Region, number>>
}

const REGIONS = [
  'control',
  'cells',
  'hydrology',
  'record',
  'edgeNow',
  'edgeOld',
  'edgeVolume',
  'edgeDone',
  'edgeAny',
  'wet',
  'rim',
  'active',
  'level',
  'bandLevel',
  'tileMax',
  'tileSpeed',
  'rainy',
  'blocks',
  'scratch',
  'exchanges',
] as const
type Region = (typeof REGIONS)[number]

/** Where everything lies; pure arithmetic. */
export function layOut(needs: LayoutNeeds): FloodLayout {
  const { columns, rows, tiles, threads } = needs
  const tilesAcross = Math.ceil(columns / tiles.columns)
  const bands = Math.ceil(rows / tiles.rows)
  const width = 2 * PAD + tilesAcross * tiles.columns
  const blocks = (width / 4) * (bands * tiles.rows + 3)
  const blockRows = Math.ceil((bands * tiles.rows) / BLOCK_CELLS)
  const blockColumns = Math.ceil((tilesAcross * tiles.columns) / BLOCK_CELLS)
  const scratchBytes = width * 8 + tilesAcross * 16 + tiles.rows * 32 + 64
  const faces = width * 4 * (bands + 1)
  const perTile = bands * tilesAcross
  const rimmed = (bands + 2) * (tilesAcross + 2)
  const sizes: Record<Region, number> = {
    control: 4096,
    cells: blocks * 80,
    hydrology: needs.hydrology ? blocks * 80 : 0,
    record: needs.record ? blocks * 64 : 0,
    edgeNow: faces,
    edgeOld: faces,
    edgeVolume: faces,
    edgeDone: perTile + tilesAcross,
    edgeAny: (bands + 1) * 4,
    wet: rimmed,
    rim: rimmed,
    active: perTile,
    level: perTile,
    bandLevel: (bands + 2) * 4,
    tileMax: perTile * 4,
    tileSpeed: perTile * 4,
    rainy: perTile,
    blocks: (blockRows + 2) * (blockColumns + 2) * 8,
    scratch: scratchBytes * threads,
    exchanges: Math.max(1, needs.exchanges) * 64,
  }
  const at = {} as Record<Region, number>
  let next = FIRST_BYTE
  for (const region of REGIONS) {
    at[region] = next
    // Neighbouring regions start on different cache sets.
    next += Math.ceil(sizes[region] / 64) * 64 + 64 * 17
  }
  return { ...needs, width, bands, tilesAcross, blockRows, blockColumns, scratchBytes, bytes: next, at }
}

export const fitsMemory = (layout: FloodLayout): boolean => layout.bytes <= MAX_BYTES

/** Index in 32-bit words of the depth of cell (i, j); bed, qx, qy and g n^2 follow at +4, +8, +12, +16. */
export function wordOfCell(layout: FloodLayout, i: number, j: number): number {
  const x = i + PAD
  return (layout.at.cells >> 2) + ((((j + 1) * layout.width) >> 2) + (x >> 2)) * 20 + (x & 3)
}

/** Index in 32-bit words of the flow through the face below band b at column i. */
export const wordOfFace = (layout: FloodLayout, b: number, i: number): number =>
  (layout.at.edgeNow >> 2) + b * layout.width + i + PAD

/** Index of a tile in the arrays that have a rim (wet, rim). */
export const rimmedTile = (layout: FloodLayout, b: number, t: number): number =>
  (b + 1) * (layout.tilesAcross + 2) + t + 1

/** Index in 32-bit words of integer parameter k, and in 64-bit words of number k. */
export const wordOfParameter = (k: number): number => (PARAMETERS >> 2) + k
export const numberAt = (k: number): number => (NUMBERS >> 3) + k

/** Writes the integer parameters that the kernel reads, by their numbers in assembly/memory.ts. */
export function writeParameters(words: Int32Array, layout: FloodLayout, mostLevel: number): void {
  const { at, tiles, bands } = layout
  const values: readonly (readonly [number, number])[] = [
    [0, layout.width],
    [1, bands],
    [2, tiles.rows],
    [3, tiles.columns],
    [4, layout.tilesAcross],
    [5, bands * tiles.rows],
    [6, at.cells],
    [7, at.edgeNow],
    [8, at.edgeOld],
    [9, at.edgeDone],
    [10, at.edgeAny],
    [11, at.wet],
    [12, at.rim],
    [13, at.active],
    [14, at.level],
    [15, at.bandLevel],
    [16, at.tileMax],
    [17, at.hydrology],
    [18, at.record],
    [19, at.rainy],
    [21, tiles.skipDry ? 1 : 0],
    [22, at.scratch],
    [23, layout.scratchBytes],
    [24, at.edgeVolume],
    [25, BLOCK_CELLS / tiles.rows],
    [26, BLOCK_CELLS / tiles.columns],
    [27, layout.blockRows],
    [28, layout.blockColumns],
    [29, at.blocks],
    [30, mostLevel],
    [31, at.exchanges],
    [32, 0],
    [33, layout.hydrology ? 1 : 0],
    [34, layout.record ? 1 : 0],
    [36, 0],
    [37, at.tileSpeed],
  ]
  for (const [k, value] of values) words[wordOfParameter(k)] = value
}
