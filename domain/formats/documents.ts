import { type Result, err, ok } from '../result'
import type { CellValue, FormatReading } from './reading'
import { refusedWhole, toHex } from './reading'
import { type TextEncodingName, decodeText } from './text'

/** A JSON object whose fields nobody has looked at yet. */
export type JsonObject = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A JSON document of bytes, or a reading that refuses it. */
export function jsonDocument(bytes: Uint8Array, encoding?: TextEncodingName): Result<unknown, FormatReading> {
  const text = decodeText(bytes, encoding)
  if (!text.ok) return err(refusedWhole(text.error.reason, text.error.message, toHex(bytes)))
  try {
    return ok(JSON.parse(text.value) as unknown)
  } catch {
    return err(refusedWhole('notJson', 'The document is not JSON.', text.value))
  }
}

/** A JSON value as a cell; lists and objects are none. */
export function scalarCell(value: unknown): CellValue | undefined {
  if (typeof value === 'string' || typeof value === 'number') return value
  return typeof value === 'boolean' ? String(value) : undefined
}

/** The fields of an object that are cells. */
export const scalarFields = (object: JsonObject): Record<string, CellValue | undefined> =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, scalarCell(value)]))

/** A point of any GeoJSON geometry: its own, or the middle of its bounds. */
export function pointOfGeometry(
  geometry: unknown,
): { longitude: number; latitude: number; depth?: number } | undefined {
  if (!isObject(geometry)) return undefined
  const { type, coordinates } = geometry
  if (type === 'Point' && Array.isArray(coordinates)) {
    const [longitude, latitude, depth] = coordinates as readonly unknown[]
    if (typeof longitude !== 'number' || typeof latitude !== 'number') return undefined
    return typeof depth === 'number' ? { longitude, latitude, depth } : { longitude, latitude }
  }
  const points = pairsOf(coordinates)
  if (points.length === 0) return undefined
  const middle = (axis: 0 | 1): number => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const point of points) {
      low = Math.min(low, point[axis])
      high = Math.max(high, point[axis])
    }
    return (low + high) / 2
  }
  return { longitude: middle(0), latitude: middle(1) }
}

function pairsOf(coordinates: unknown): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = []
  const open: { readonly node: unknown; readonly depth: number }[] = [{ node: coordinates, depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth } = next
    if (!Array.isArray(node) || depth > 4) continue
    const [x, y] = node as readonly unknown[]
    if (typeof x === 'number' && typeof y === 'number') pairs.push([x, y])
    else for (const child of node) open.push({ node: child, depth: depth + 1 })
  }
  return pairs
}
