import type { RawFeature, RawPolygon } from './rawFeature'

type Shapes = Omit<RawFeature, 'key' | 'fields'>

/** A geometry that ends early, nests too deep or is of an unknown type. */
export class BrokenGeometry extends Error {}

const DEEPEST = 4

/** Reads well-known binary, also with heights and measures (which are skipped). @throws BrokenGeometry */
export function readWkb(bytes: Uint8Array): Shapes {
  const shapes = { points: [] as Float64Array[], lines: [] as Float64Array[], polygons: [] as RawPolygon[] }
  new WkbReader(bytes).read(shapes, 0)
  return shapes
}

type Gathered = { points: Float64Array[]; lines: Float64Array[]; polygons: RawPolygon[] }

class WkbReader {
  readonly #view: DataView
  #at = 0
  #little = true

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  read(into: Gathered, depth: number): void {
    if (depth > DEEPEST) throw new BrokenGeometry('A geometry nests too deep.')
    this.#need(5)
    this.#little = this.#view.getUint8(this.#at++) === 1
    const code = this.#count()
    const { type, dimensions } = typeOf(code)
    if (type === 1) into.points.push(this.#positions(1, dimensions))
    else if (type === 2) into.lines.push(this.#positions(this.#count(), dimensions))
    else if (type === 3) this.#polygon(into, dimensions)
    else if (type >= 4 && type <= 7) for (let rest = this.#count(); rest > 0; rest--) this.read(into, depth + 1)
    else throw new BrokenGeometry(`A geometry has the unknown type ${type}.`)
  }

  #polygon(into: Gathered, dimensions: number): void {
    const rings: Float64Array[] = []
    for (let rest = this.#count(); rest > 0; rest--) rings.push(this.#positions(this.#count(), dimensions))
    const [outer, ...holes] = rings
    if (outer !== undefined) into.polygons.push({ outer, holes })
  }

  #count(): number {
    this.#need(4)
    const value = this.#view.getUint32(this.#at, this.#little)
    this.#at += 4
    return value
  }

  #positions(size: number, dimensions: number): Float64Array {
    this.#need(size * dimensions * 8)
    const numbers = new Float64Array(size * 2)
    for (let i = 0; i < size; i++) {
      numbers[i * 2] = this.#view.getFloat64(this.#at, this.#little)
      numbers[i * 2 + 1] = this.#view.getFloat64(this.#at + 8, this.#little)
      this.#at += dimensions * 8
    }
    return numbers
  }

  #need(size: number): void {
    if (this.#at + size > this.#view.byteLength) throw new BrokenGeometry('A geometry is cut off.')
  }
}

/** ISO codes add 1000 for heights and 2000 for measures; PostGIS sets bits. */
function typeOf(code: number): { type: number; dimensions: number } {
  const bits = (code & 0x80000000) !== 0 ? 1 : 0
  const measured = (code & 0x40000000) !== 0 ? 1 : 0
  const plain = code & 0x1fffffff
  const thousands = Math.floor(plain / 1000)
  const extra = thousands === 0 ? bits + measured : thousands === 3 ? 2 : 1
  return { type: plain % 1000, dimensions: 2 + extra }
}
