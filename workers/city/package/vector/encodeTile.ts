import type { TileAddress } from '@/domain/geodesy/webMercator'
import type { Feature, Layer, Path, Shape, Value } from './feature'
import { LAYERS } from './feature'
import { ProtobufWriter } from './protobuf'

export const EXTENT = 4096
/** Vertices that move a line by less than this many units of the extent are left out below the deepest zoom. */
const TOLERANCE = 6
const GEOMETRY: Record<Shape, number> = { point: 1, line: 2, polygon: 3 }
const [MOVE_TO, LINE_TO, CLOSE] = [1, 2, 7] as const

/** A Mapbox Vector Tile 2 of the features, which are in the tile's box already; empty when none is big enough to see. */
export function encodeTile(features: readonly Feature[], address: TileAddress, deepest: boolean): Buffer {
  const tile = new ProtobufWriter()
  const grid = new Grid(address, deepest)
  for (const layer of LAYERS) {
    const own = features.filter((feature) => feature.layer === layer && feature.minZoom <= address.z)
    const encoded = own.length === 0 ? undefined : encodeLayer(layer, own, grid)
    if (encoded !== undefined) tile.bytesField(3, encoded)
  }
  return tile.finish()
}

function encodeLayer(name: Layer, features: readonly Feature[], grid: Grid): Buffer | undefined {
  const writer = new ProtobufWriter()
  const keys = new Index<string>()
  const values = new Index<Value>()
  let written = 0
  writer.varintField(15, 2)
  writer.stringField(1, name)
  for (const { shape, properties, paths } of features) {
    const geometry = grid.commands(shape, paths)
    if (geometry.length === 0) continue
    const feature = new ProtobufWriter()
    feature.packedField(
      2,
      properties.flatMap(([key, value]) => [keys.of(key), values.of(value)]),
    )
    feature.varintField(3, GEOMETRY[shape])
    feature.packedField(4, geometry)
    writer.bytesField(2, feature.finish())
    written++
  }
  if (written === 0) return undefined
  for (const key of keys.all()) writer.stringField(3, key)
  for (const value of values.all()) writer.bytesField(4, encodeValue(value))
  writer.varintField(5, EXTENT)
  return writer.finish()
}

class Index<Item extends Value> {
  readonly #numbers = new Map<Item, number>()

  of(item: Item): number {
    const held = this.#numbers.get(item)
    if (held !== undefined) return held
    this.#numbers.set(item, this.#numbers.size)
    return this.#numbers.size - 1
  }

  all(): Iterable<Item> {
    return this.#numbers.keys()
  }
}

function encodeValue(value: Value): Buffer {
  const writer = new ProtobufWriter()
  if (typeof value === 'string') writer.stringField(1, value)
  else if (typeof value === 'boolean') writer.varintField(7, value ? 1 : 0)
  else if (Number.isSafeInteger(value)) writer.varintField(6, zigzag(value))
  else writer.doubleField(3, value)
  return writer.finish()
}

const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value)
const command = (id: number, count: number): number => count * 8 + id

/** The whole numbers of one tile: x and y from its north-west corner, 4096 to a side. */
class Grid {
  readonly #scale: number
  readonly #west: number
  readonly #north: number
  readonly #least: number
  #x = 0
  #y = 0

  constructor({ z, x, y }: TileAddress, deepest: boolean) {
    this.#scale = 2 ** z * EXTENT
    this.#west = x * EXTENT
    this.#north = y * EXTENT
    this.#least = deepest ? 0 : (TOLERANCE / this.#scale) ** 2
  }

  commands(shape: Shape, paths: readonly Path[]): number[] {
    this.#x = 0
    this.#y = 0
    const out: number[] = []
    for (const [i, path] of paths.entries()) {
      const points = this.#points(path)
      if (shape === 'polygon') {
        const drawn = this.#ring(out, points, i === 0)
        if (i === 0 && !drawn) return []
      } else if (shape === 'point') this.#move(out, points)
      else if (points.length >= 4) this.#line(out, points)
    }
    return out
  }

  /** Rounded, without vertices that cannot be told apart. */
  #points(path: Path): number[] {
    const points: number[] = []
    for (let i = 0; i < path.length; i += 3) {
      if (path[i + 2]! < this.#least) continue
      const x = Math.round(path[i]! * this.#scale - this.#west)
      const y = Math.round(path[i + 1]! * this.#scale - this.#north)
      if (points.length > 0 && x === points.at(-2) && y === points.at(-1)) continue
      points.push(x, y)
    }
    return points
  }

  #move(out: number[], points: readonly number[]): void {
    out.push(command(MOVE_TO, 1))
    this.#step(out, points[0]!, points[1]!)
  }

  #line(out: number[], points: readonly number[]): void {
    this.#move(out, points)
    out.push(command(LINE_TO, points.length / 2 - 1))
    for (let i = 2; i < points.length; i += 2) this.#step(out, points[i]!, points[i + 1]!)
  }

  /** Outer rings have positive area with y down, holes negative, as version 2 demands. */
  #ring(out: number[], open: readonly number[], outer: boolean): boolean {
    const points = [...open]
    if (points.length > 2 && points[0] === points.at(-2) && points[1] === points.at(-1)) points.length -= 2
    const area = points.length < 6 ? 0 : twiceArea(points)
    // A ring below a unit of tolerance squared is a speck.
    if (Math.abs(area) < (this.#least > 0 ? TOLERANCE ** 2 : 1)) return false
    const turned = area > 0 === outer ? points : reversed(points)
    this.#line(out, turned)
    out.push(command(CLOSE, 1))
    return true
  }

  #step(out: number[], x: number, y: number): void {
    out.push(zigzag(x - this.#x), zigzag(y - this.#y))
    this.#x = x
    this.#y = y
  }
}

function twiceArea(points: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < points.length; i += 2) {
    const next = (i + 2) % points.length
    sum += points[i]! * points[next + 1]! - points[next]! * points[i + 1]!
  }
  return sum
}

function reversed(points: readonly number[]): number[] {
  const out: number[] = []
  for (let i = points.length - 2; i >= 0; i -= 2) out.push(points[i]!, points[i + 1]!)
  return out
}
