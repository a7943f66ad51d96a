import type { Names } from '@/domain/ids'

/** What a layer of a shapefile, GeoPackage or GeoJSON becomes. */
export const LAYER_KINDS = ['buildings', 'parts', 'roads', 'areas', 'lines', 'facilities', 'divisions'] as const
export type LayerKind = (typeof LAYER_KINDS)[number]

/**
 * One `--shp`, `--gpkg` or `--geojson` LAYER=FILE. LAYER is a kind, or `kind:name` for a field map of its own (`areas:water`);
 * `FILE#table` names a table of a GeoPackage.
 */
export interface VectorSource {
  readonly format: 'shp' | 'gpkg' | 'geojson'
  readonly layer: LayerKind
  /** Key of its field map; the layer's kind where none is told. */
  readonly map?: string
  readonly file: string
}

/** Everything `npm run city -- import` can be told. Paths are as the person gave them. */
export interface ImportOptions {
  /** Key of the city and name of its package. */
  readonly out: string
  readonly names?: Names
  /** Six digits of the administrative division; 000000 where none is given. */
  readonly division?: string
  /** IANA zone; UTC where none is given. */
  readonly timeZone?: string
  /** YYYY-MM-DD of the newest source; needed where no source says its date. */
  readonly dataDate?: string
  readonly classification?: string
  readonly mapApproval?: string
  /** West, south, east, north, degrees; the sources' own bounds where none are given. */
  readonly bounds?: readonly [number, number, number, number]
  readonly osm?: readonly string[]
  /** Height rasters: .hgt, .tif, .asc, each also as .zip or .gz. */
  readonly dem?: readonly string[]
  /** Orthometric metres of a city without a height raster; 0 where none are given. */
  readonly flatHeight?: number
  readonly vectors?: readonly VectorSource[]
  /** JSON file that says which field of a layer means what; docs/city-import.md. */
  readonly fields?: string
  /** `EPSG:n`, `GCJ02`, `BD09` or a JSON file of a local grid, of the vector layers and of rasters that name none. */
  readonly crs?: string
  /** Metres to add to given heights to reach the package's datum (85 国家高程基准 or EGM96). */
  readonly datum?: number
  /** CityJSON 1.1 or 2.0, also .gz. */
  readonly buildings?: readonly string[]
  /** Folders that hold a tileset.json. */
  readonly tiles3d?: readonly string[]
  /** GeoTIFF of residents per cell. */
  readonly population?: string
  /** Folder of an older package of this city: what it coded keeps its code. */
  readonly keepCodes?: string
  /** CSV key,x,y,longitude,latitude: points known in the source's own system and in CGCS2000. */
  readonly control?: string
  /** CSV of positions of vehicles: is it GCJ-02 that nobody declared? Nothing of it is kept. */
  readonly tracks?: string
  /** OpenStreetMap admin_level of districts and streets; found from the data where none are given. */
  readonly districtLevel?: number
  readonly streetLevel?: number
}

/** Said while the import runs: which step, and how far it is where that is known. */
export interface ImportStep {
  readonly step: string
  /** 0 to 1. */
  readonly share?: number
}
export type ReportStep = (step: ImportStep) => void
