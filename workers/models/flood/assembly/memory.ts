// Where things lie in the shared memory: written by ../layout.ts, read here. Integers at P, doubles at PF.
const P: usize = 1024
const PF: usize = 2048

@inline export function word(k: i32): i32 { return load<i32>(P + (<usize>k << 2)) }
@inline export function at(k: i32): usize { return <usize>word(k) }
@inline export function number(k: i32): f64 { return load<f64>(PF + (<usize>k << 3)) }
@inline export function setNumber(k: i32, value: f64): void { store<f64>(PF + (<usize>k << 3), value) }
@inline export function addAccount(k: i32, quanta: i64): void { atomic.add<i64>(PF + (<usize>k << 3), quanta) }

// A cell block holds four cells of a row in 80 bytes: h[4] z[4] qx[4] qy[4] gn2[4]. Every load has a constant offset.
export const H: usize = 0
export const Z: usize = 16
export const QX: usize = 32
export const QY: usize = 48
export const GN: usize = 64
export const BLOCK: usize = 80
/** Padding west of a row, cells: the neighbours of the first block are walls and can be read. */
export const PAD: i32 = 16

// Each thread has its own instance, hence its own copy of these.
export let width: usize = 0 // cells of a padded row
export let bands: i32 = 0
export let bandRows: i32 = 0
export let tileCols: i32 = 0
export let tiles: i32 = 0 // tiles of a band
export let rows: i32 = 0
export let cells: usize = 0
export let edgeNow: usize = 0 // unit flow through the face below each band
export let edgeOld: usize = 0
export let edgeVolume: usize = 0 // whole quanta through that face in this tick
export let edgeDone: usize = 0 // u8 by band and tile: computed in this tick
export let edgeAny: usize = 0 // i32 by band
export let wet: usize = 0 // u8 by band and tile with a rim: sweeps left since water above the dry depth
export let rim: usize = 0 // u8: low nibble sides wet now, high nibble at the sweep before (1 W, 2 E, 4 S, 8 N)
export let active: usize = 0 // u8 by band and tile: 0 idle, 1 awake, 2 swept in this tick
export let level: usize = 0 // u8 by band and tile
export let bandLevel: usize = 0 // i32 by band with a rim: finest level
export let tileMax: usize = 0 // i32 by band and tile, quanta
export let hydro: usize = 0
export let record: usize = 0
export let tileSpeed: usize = 0 // f32 by band and tile, m/s at the end of the interval before
export let rainy: usize = 0 // u8 by band and tile
export let skipDry: bool = true
export let rowBytes: usize = 0
export let edgeBytes: usize = 0
export let line: usize = 0 // own scratch: old qy[4] and face volume[4] by block
export let columnMax: usize = 0 // own scratch: maxima by tile
export let side: usize = 0 // own scratch: volume and old flow through the east side of a run, by row
/** First byte of the memory after the parameters; fixed, because a thread waits here before there is a layout. */
export const control: usize = 16384
export let thread: i32 = 0
export let threads: i32 = 1

export function attachMemory(own: i32, all: i32): void {
  thread = own
  threads = all
  width = at(0)
  bands = word(1)
  bandRows = word(2)
  tileCols = word(3)
  tiles = word(4)
  rows = word(5)
  cells = at(6)
  edgeNow = at(7)
  edgeOld = at(8)
  edgeDone = at(9)
  edgeVolume = at(24)
  edgeAny = at(10)
  wet = at(11)
  rim = at(12)
  active = at(13)
  level = at(14)
  bandLevel = at(15)
  tileMax = at(16)
  hydro = at(17)
  record = at(18)
  rainy = at(19)
  tileSpeed = at(37)
  skipDry = word(21) != 0
  rowBytes = (width >> 2) * BLOCK
  edgeBytes = width << 2
  const scratch = at(22) + <usize>own * at(23)
  line = scratch
  columnMax = line + (edgeBytes << 1)
  side = columnMax + (<usize>tiles << 4)
}

@inline export function blockAt(j: i32, x: i32): usize {
  return cells + <usize>(j + 1) * rowBytes + (<usize>(x + PAD) >> 2) * BLOCK
}
@inline export function rimmed(b: i32, t: i32): usize { return <usize>(b + 1) * <usize>(tiles + 2) + <usize>(t + 1) }
@inline export function plain(b: i32, t: i32): usize { return <usize>b * <usize>tiles + <usize>t }
/** Byte offset of the first block of tile t in a row of face flows. */
@inline export function faceAt(t: i32): usize { return <usize>(t * tileCols + PAD) << 2 }
@inline export function maxLane(v: v128): i32 {
  return max(
    max(i32x4.extract_lane(v, 0), i32x4.extract_lane(v, 1)),
    max(i32x4.extract_lane(v, 2), i32x4.extract_lane(v, 3)),
  )
}
/** Water came to a tile from outside of its own sweep: it and its neighbours wake up. */
@inline export function wake(b: i32, t: i32, depth: i32): void {
  const o = rimmed(b, t)
  store<u8>(wet + o, 3)
  store<u8>(rim + o, 15 | (load<u8>(rim + o) & 240))
  const m = tileMax + (plain(b, t) << 2)
  store<i32>(m, max(load<i32>(m), depth))
}
