import { tilesWithin } from '@/domain/geodesy/webMercator'
import type { Bounds, TileAddress } from '@/domain/geodesy/webMercator'
import { clipFeature } from './clip'
import { EXTENT, encodeTile } from './encodeTile'
import type { Feature } from './feature'

export const VECTOR_MIN_ZOOM = 10
export const VECTOR_MAX_ZOOM = 15
/** Overlap of neighbouring tiles, in units of the extent: half of the widest line a screen draws. */
const BUFFER = 128

export interface EncodedTile {
  readonly address: TileAddress
  readonly body: Buffer
}

/** All tiles that meet the bounds, each cut from its parent's features; a tile may be empty. */
export function* vectorTiles(features: readonly Feature[], bounds: Bounds): Generator<EncodedTile> {
  const wanted = new Set<string>()
  for (let z = VECTOR_MIN_ZOOM; z <= VECTOR_MAX_ZOOM; z++)
    for (const address of tilesWithin(bounds, z)) wanted.add(nameOf(address))
  for (const address of tilesWithin(bounds, VECTOR_MIN_ZOOM)) yield* tilesBelow(features, address, wanted)
}

const nameOf = ({ z, x, y }: TileAddress): string => `${z}/${x}/${y}`

function* tilesBelow(
  features: readonly Feature[],
  address: TileAddress,
  wanted: ReadonlySet<string>,
): Generator<EncodedTile> {
  const { z, x, y } = address
  const size = 2 ** -z
  const buffer = (size * BUFFER) / EXTENT
  const box = [x * size - buffer, y * size - buffer, (x + 1) * size + buffer, (y + 1) * size + buffer] as const
  const own = features.flatMap((feature) => clipFeature(feature, box) ?? [])
  yield { address, body: encodeTile(own, address, z === VECTOR_MAX_ZOOM) }
  if (z === VECTOR_MAX_ZOOM) return
  for (const [dx, dy] of [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ] as const) {
    const child = { z: z + 1, x: 2 * x + dx, y: 2 * y + dy }
    if (wanted.has(nameOf(child))) yield* tilesBelow(own, child, wanted)
  }
}
