/** A feature as a file holds it, before its fields mean anything. Positions are flat x, y in the file's own system. */
export interface RawFeature {
  /** What the file itself calls it; its number in the file where it has no key. */
  readonly key: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly points: readonly Float64Array[]
  readonly lines: readonly Float64Array[]
  readonly polygons: readonly RawPolygon[]
}

export interface RawPolygon {
  readonly outer: Float64Array
  readonly holes: readonly Float64Array[]
}

/** Features of one file, and the system that the file itself declares. */
export interface RawLayer {
  readonly features: Iterable<RawFeature>
  readonly epsg?: number
}
