import type { TileAddress } from '@/domain/geodesy/webMercator'
import type { DeckMesh } from '../bridges/deckMesh'
import type { LocalSquare } from '../mercatorTile'
import type { GroundTheme } from './groundTheme'

/** Where a package's tiles lie: paths with {z}, {x} and {y}, absolute on this host. */
export interface GroundSource {
  readonly terrain: { readonly path: string; readonly maxZoom: number }
  readonly vector: { readonly path: string; readonly maxZoom: number }
  /** Bridges of the roads that a tile of this zoom knows stand on their own: the ground does not show them. */
  readonly bridgeZoom: number
}

export interface GroundQuestion {
  readonly id: number
  readonly tile: TileAddress
  readonly source: GroundSource
  readonly theme: GroundTheme
}

/** A tile of ground, ready to be put on the graphics card. */
export interface GroundAnswer {
  readonly id: number
  /** (POSTS + 1)² heights from the north-west, rows to the south; metres. */
  readonly heights: Float32Array
  /** Colours, PICTURE_SIZE² px. */
  readonly picture: ImageBitmap
  /** What is written on this ground. */
  readonly names: readonly GroundName[]
  /** Coverage by water, PICTURE_SIZE² bytes from the north-west. */
  readonly water: Uint8Array<ArrayBuffer>
}

/** A name of the city and where it stands; degrees. */
export interface GroundName {
  readonly kind: string
  readonly zh: string
  readonly en: string
  readonly longitude: number
  readonly latitude: number
  /** 1 is the most important. */
  readonly rank: number
}

export interface ShoreQuestion {
  readonly id: number
  readonly shore: TileAddress
  readonly source: GroundSource
}

/** Distance to the nearest bank over a wide tile, for the engraved lines. */
export interface ShoreAnswer {
  readonly id: number
  /** SHORE_SIZE² bytes from the north-west: 128 at the bank, one per `SHORE_STEP` metres, less inside water. */
  readonly distance: Uint8Array<ArrayBuffer>
}

/** All bridges of a city; `tiles` cover it once, at one zoom. */
export interface BridgesQuestion {
  readonly id: number
  readonly bridges: readonly { readonly tile: TileAddress; readonly square: LocalSquare }[]
  readonly base: number
  readonly source: GroundSource
}

export interface BridgesAnswer extends DeckMesh {
  readonly id: number
}

export interface GroundRefusal {
  readonly id: number
  readonly refused: string
}

/** Squares of a tile's mesh along its side. */
export const POSTS = 64
export const PICTURE_SIZE = 512
export const SHORE_SIZE = 1024
/** Metres per step of the shore's distance. */
export const SHORE_STEP = 2
/** Tiles of this zoom measure the distance to the bank for all below them. */
export const SHORE_ZOOM = 12
