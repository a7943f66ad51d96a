import type { Names } from '../ids'
import type { KeptCode } from './componentCode'
import type { CityIdentity } from './manifest'

/**
 * A city as the import reads it or the generator makes it, before it is cut into tiles. Positions are degrees of
 * CGCS2000 (taken as WGS84), flat: longitude, latitude, longitude, …; rings are closed without repeating the first point.
 */
export interface CityModel {
  readonly identity: CityIdentity
  readonly terrain: HeightGrid
  readonly buildings: readonly Building[]
  readonly roads: readonly Road[]
  /** Forbidden turns between them; absent where none are known. */
  readonly turns?: readonly TurnRule[]
  readonly areas: readonly CoverArea[]
  readonly lines: readonly NetworkLine[]
  readonly facilities: readonly Facility[]
  readonly divisions: readonly Division[]
  /** 3D Tiles that are taken as they are (photogrammetry, a landmark). */
  readonly tilesets: readonly ForeignTileset[]
  /** Which code which object of the sources has or had, for the next import; absent where no import made the city. */
  readonly codes?: readonly KeptCode[]
}

/** Flat degrees: longitude, latitude, … */
export type Degrees = Float64Array

/** One outer ring and its holes. */
export interface Polygon {
  readonly outer: Degrees
  readonly holes: readonly Degrees[]
}

/**
 * Heights at the posts of a regular grid of degrees, row 0 in the north. `west` and `north` are the position of the first
 * post itself (the centre of a raster's first cell). Orthometric metres; NaN is a void.
 */
export interface HeightGrid {
  readonly west: number
  readonly north: number
  readonly stepLongitude: number
  readonly stepLatitude: number
  readonly columns: number
  readonly rows: number
  readonly metres: Float32Array
}

/** What every object of a city has. `source` is its key where it came from (`way/123`), stable over imports. */
export interface Component {
  readonly code: ComponentCode
  readonly source: string
  readonly name?: Names
}

/** 16 digits by GB/T 30428.2: 6 division, 2 class, 2 subclass, 6 serial. */
export type ComponentCode = string & { readonly __brand: 'ComponentCode' }

/** How far a height can be trusted; `rule` is the stated rule of the import. */
export type HeightSource = 'surveyed' | 'tag' | 'levels' | 'rule'

export type BuildingUse =
  | 'residential'
  | 'commercial'
  | 'office'
  | 'industrial'
  | 'public'
  | 'school'
  | 'hospital'
  | 'transport'
  | 'agricultural'
  | 'other'

export interface Building extends Component {
  readonly footprint: Polygon
  /** Ground to eaves or flat roof, metres. */
  readonly height: number
  /** Underside above the ground, metres: a bridge between towers, a podium's upper part. */
  readonly base: number
  readonly heightSource: HeightSource
  readonly levels?: number
  readonly use: BuildingUse
  /** Registered residents; absent where nobody counted. */
  readonly residents?: number
  /** Measured surfaces (LoD2): polygons of degrees and orthometric metres, flat triples, outward. */
  readonly surfaces?: readonly BuildingSurface[]
}

export interface BuildingSurface {
  readonly kind: 'wall' | 'roof' | 'ground'
  readonly rings: readonly Float64Array[]
}

export const ROAD_CLASSES = [
  'motorway',
  'trunk',
  'primary',
  'secondary',
  'tertiary',
  'residential',
  'service',
  'track',
  'cycleway',
  'footway',
  'steps',
] as const
export type RoadClass = (typeof ROAD_CLASSES)[number]

export interface Road extends Component {
  readonly line: Degrees
  readonly class: RoadClass
  readonly bridge: boolean
  readonly tunnel: boolean
  /** A road that dips under another road or a railway: the place that floods first. */
  readonly underpass: boolean
  readonly layer: number
  /** 1 along the line, -1 against it, 0 both ways. */
  readonly oneWay: -1 | 0 | 1
  /** Carriageway width, metres. */
  readonly width: number
  readonly lanes?: number
  /** Legal limit, km/h. */
  readonly speedLimit?: number
  /** Who may use it. */
  readonly car: boolean
  readonly foot: boolean
  readonly ref?: string
  readonly roundabout?: boolean
  /** Source node ids of the vertices where known: two roads meet only where they share one. */
  readonly nodes?: Float64Array
}

/** A rule of turning for everything on wheels, where two roads meet at a node. */
export interface TurnRule {
  /** Sources of the roads one comes from; several are each meant alone. */
  readonly from: readonly string[]
  /** Source node id of the place. */
  readonly via: number
  readonly to: readonly string[]
  /** `true`: nowhere but there; `false`: not there. */
  readonly only: boolean
}

/** Land cover and water as areas. */
export interface CoverArea extends Component {
  readonly shape: Polygon
  readonly class:
    | 'water'
    | 'residential'
    | 'commercial'
    | 'industrial'
    | 'park'
    | 'forest'
    | 'farmland'
    | 'grass'
    | 'plaza'
    | 'campus'
    | 'railway'
    | 'airport'
    | 'bare'
    | 'wetland'
  /** Still or mean water surface, orthometric metres. */
  readonly waterLevel?: number
}

/** A line of a network or an obstacle: watercourse, rail, metro, storm drain, feeder, dike. */
export interface NetworkLine extends Component {
  readonly line: Degrees
  readonly class: 'river' | 'stream' | 'canal' | 'rail' | 'metro' | 'tram' | 'drain' | 'power' | 'dike' | 'pipeline'
  readonly bridge: boolean
  readonly tunnel: boolean
  readonly layer: number
  /** Bed, invert, rail or crest above the datum per vertex, metres, where known. */
  readonly metres?: Float32Array
  /** Water or pipe width, metres. */
  readonly width?: number
  /** Discharge of a full pipe, m³/s. */
  readonly capacity?: number
  /** The line this one belongs to: metro line, feeder, drain catchment. */
  readonly network?: string
}

export const FACILITY_KINDS = [
  'hospital',
  'clinic',
  'fireStation',
  'police',
  'school',
  'shelter',
  'fuel',
  'power',
  'substation',
  'pumping',
  'underpass',
  'metroStation',
  'railStation',
  'depot',
  'government',
  'warehouse',
  'pharmacy',
  'chemical',
  'reservoir',
  'camera',
  'gauge',
] as const
export type FacilityKind = (typeof FACILITY_KINDS)[number]

export interface Facility extends Component {
  readonly kind: FacilityKind
  readonly longitude: number
  readonly latitude: number
  /** The building or area it occupies. */
  readonly within?: ComponentCode
  /** Beds, places, pump capacity …: numbers of the kind, named with their unit (`beds`, `capacityCubicMetresPerSecond`). */
  readonly figures?: Readonly<Record<string, number>>
}

/** District, street or grid cell: an area that somebody answers for. */
export interface Division {
  /** 6 digits for a district, 9 for a street, 12 and more below. */
  readonly code: string
  readonly level: 'city' | 'district' | 'street' | 'community' | 'grid'
  readonly parent?: string
  readonly name: Names
  readonly shape: Polygon
  readonly label: readonly [number, number]
  /** Residents by registration, and present by hour of a working day (24 figures), where known. */
  readonly residents?: number
  readonly presentByHour?: readonly number[]
}

export interface ForeignTileset {
  readonly key: string
  /** Folder that holds `tileset.json`. */
  readonly folder: string
  /** What the tileset names, relative to the folder, `/` between folders; nothing else of it is taken. */
  readonly files: readonly string[]
  /** Lift to orthometric heights, metres. */
  readonly lift: number
}
