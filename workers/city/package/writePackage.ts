import { join } from 'node:path'
import type { CityModel, ForeignTileset, HeightGrid } from '@/domain/city/cityModel'
import { LEDGER_FILE, encodeLedger } from '@/domain/city/codeLedger'
import { CITY_FORMAT, CityManifest } from '@/domain/city/manifest'
import type { Bounds } from '@/domain/geodesy/webMercator'
import { tilesWithin } from '@/domain/geodesy/webMercator'
import { buildRoadGraph } from '@/domain/roads/buildRoadGraph'
import { encodeGraph } from '@/domain/roads/graphCodec'
import { edgeCount, nodeCount } from '@/domain/roads/roadGraph'
import { placeBuilding, planTiles } from './buildings/plan'
import { writeTileset } from './buildings/tileset'
import { countsOf } from './counts'
import { FolderWriter } from './folderWriter'
import { attributeLines, bodyOf, divisionsJson, facilitiesJson, linesJson } from './geoJson'
import { encodeGeoTiff } from './terrain/geoTiff'
import { HeightField } from './terrain/heightField'
import { TERRAIN_MIN_ZOOM, heightTile, terrainMaxZoom } from './terrain/heightTiles'
import { LAYERS } from './vector/feature'
import { featuresOf } from './vector/features'
import { VECTOR_MAX_ZOOM, VECTOR_MIN_ZOOM, vectorTiles } from './vector/vectorTiles'

export type PackageStep = 'terrain' | 'vector' | 'buildings' | 'roads' | 'places' | 'tilesets'

export interface PackageOptions {
  /** Folder of all packages; the city's own gets its key as name. */
  readonly cities: string
  /** Tells this writer from another one of the same city. */
  readonly stamp: string
  /** Called as each step ends, with what it wrote. */
  readonly progress?: (step: PackageStep, note: string) => void
}

export interface WrittenPackage {
  readonly folder: string
  /** sha256 of SHA256SUMS. */
  readonly digest: string
  readonly files: number
  readonly bytes: number
  readonly manifest: CityManifest
}

/**
 * Writes a city as a package; the same model gives the same bytes. The folder appears whole, in place of an older one.
 * @throws RangeError for a model that is no city, or the system's error when the disk refuses
 */
export async function writePackage(model: CityModel, options: PackageOptions): Promise<WrittenPackage> {
  const folder = join(options.cities, model.identity.key)
  const writer = new FolderWriter(folder, options.stamp)
  await writer.begin()
  try {
    const manifest = await writeParts({ model, writer, options, field: new HeightField(model.terrain) })
    await writer.write('manifest.json', Buffer.from(`${JSON.stringify(CityManifest.parse(manifest), null, 2)}\n`))
    const { files, bytes } = writer
    return { folder, digest: await writer.finish(), files, bytes, manifest }
  } catch (cause) {
    await writer.abandon()
    throw cause
  }
}

interface Work {
  readonly model: CityModel
  readonly writer: FolderWriter
  readonly options: PackageOptions
  readonly field: HeightField
}

async function writeParts(work: Work): Promise<CityManifest> {
  const { model, field } = work
  const bounds = boundsOf(model.terrain)
  const terrain = await writeTerrain(work, bounds)
  const vector = await writeVector(work, bounds)
  const { undrawn, ...buildings } = await writeBuildings(work)
  const roads = await writeRoads(work)
  const places = await writePlaces(work)
  const tilesets = await writeTilesets(work)
  if (model.codes !== undefined) await work.writer.write(LEDGER_FILE, Buffer.from(encodeLedger(model.codes)))
  const counts = { ...countsOf(model), 'buildings.undrawn': undrawn, 'terrain.voids': field.voids }
  return {
    format: CITY_FORMAT,
    identity: model.identity,
    bounds,
    terrain,
    vector,
    buildings,
    tilesets,
    roads,
    places,
    counts,
  }
}

/** The city ends where its heights end: half a post beyond the outermost. */
function boundsOf({
  west,
  north,
  stepLongitude,
  stepLatitude,
  columns,
  rows,
}: HeightGrid): [number, number, number, number] {
  return [
    west - stepLongitude / 2,
    north - (rows - 0.5) * stepLatitude,
    west + (columns - 0.5) * stepLongitude,
    north + stepLatitude / 2,
  ]
}

async function writeTerrain({ model, writer, options, field }: Work, bounds: Bounds): Promise<CityManifest['terrain']> {
  const maxZoom = terrainMaxZoom(field)
  let tiles = 0
  for (let z = TERRAIN_MIN_ZOOM; z <= maxZoom; z++)
    for (const address of tilesWithin(bounds, z)) {
      await writer.write(`terrain/${z}/${address.x}/${address.y}.png`, heightTile(field, address))
      tiles++
    }
  await writer.write('terrain/dem.tif', encodeGeoTiff(field))
  const [lowest, highest] = field.range()
  const { longitude, latitude } = model.identity.view
  const home = Math.round(field.heightAt(longitude, latitude) * 10) / 10
  options.progress?.('terrain', `${tiles} tiles to zoom ${maxZoom}, ${Math.round(lowest)} to ${Math.round(highest)} m`)
  const pyramid = { path: 'terrain/{z}/{x}/{y}.png', minZoom: TERRAIN_MIN_ZOOM, maxZoom }
  return { ...pyramid, encoding: 'terrarium', raster: 'terrain/dem.tif', lowest, highest, home }
}

async function writeVector({ model, writer, options }: Work, bounds: Bounds): Promise<CityManifest['vector']> {
  const features = featuresOf(model)
  let tiles = 0
  for (const { address, body } of vectorTiles(features, bounds)) {
    await writer.write(`vector/${address.z}/${address.x}/${address.y}.mvt`, body)
    tiles++
  }
  options.progress?.('vector', `${features.length} features in ${tiles} tiles`)
  const pyramid = { path: 'vector/{z}/{x}/{y}.mvt', minZoom: VECTOR_MIN_ZOOM, maxZoom: VECTOR_MAX_ZOOM }
  return { ...pyramid, layers: [...LAYERS] }
}

async function writeBuildings({ model, writer, options, field }: Work) {
  const placed = model.buildings.map((one) => placeBuilding(one, (lon, lat) => field.heightAt(lon, lat)))
  const { tileset, tiles, buildings, refused } = await writeTileset(planTiles(placed), {
    write: (path, body) => writer.write(`buildings/${path}`, body),
    geoidOffset: model.identity.geoidOffset,
  })
  await writer.write('buildings/tileset.json', tileset)
  await writer.write('buildings/attributes.ndjson', bodyOf(attributeLines(placed)))
  options.progress?.('buildings', `${buildings} buildings in ${tiles} tiles, ${refused} without an area`)
  const paths = { tileset: 'buildings/tileset.json', attributes: 'buildings/attributes.ndjson' }
  return { ...paths, count: model.buildings.length, undrawn: refused }
}

async function writeRoads({ model, writer, options }: Work): Promise<CityManifest['roads']> {
  const { graph, counts } = buildRoadGraph(model.roads, model.turns)
  await writer.write('roads/graph.bin', encodeGraph(graph))
  const kilometres = graph.metres.reduce((sum, metres) => sum + metres, 0) / 1000
  const [nodes, edges] = [nodeCount(graph), edgeCount(graph)]
  const { taken, idle, unmatched } = counts.turns
  const turns = `rules of turning: ${taken} taken, ${idle} idle, ${unmatched} where no roads meet`
  options.progress?.('roads', `${nodes} nodes, ${edges} edges, ${Math.round(kilometres)} km; ${turns}`)
  return { graph: 'roads/graph.bin', nodes, edges, metres: Math.round(kilometres * 1000) }
}

async function writePlaces({ model, writer, options }: Work): Promise<CityManifest['places']> {
  await writer.write('places/facilities.geojson', bodyOf(facilitiesJson(model.facilities)))
  await writer.write('places/divisions.geojson', bodyOf(divisionsJson(model.divisions)))
  await writer.write('places/lines.geojson', bodyOf(linesJson(model.lines)))
  const { facilities, divisions, lines } = model
  options.progress?.('places', `${facilities.length} facilities, ${divisions.length} divisions, ${lines.length} lines`)
  return {
    facilities: 'places/facilities.geojson',
    divisions: 'places/divisions.geojson',
    lines: 'places/lines.geojson',
  }
}

async function writeTilesets({ model, writer, options }: Work): Promise<CityManifest['tilesets']> {
  for (const { key, folder, files } of model.tilesets) await writer.copy(`tilesets/${key}`, { from: folder, files })
  if (model.tilesets.length > 0) options.progress?.('tilesets', `${model.tilesets.length} taken as they are`)
  return model.tilesets.map(({ key, lift }: ForeignTileset) => ({ key, tileset: `tilesets/${key}/tileset.json`, lift }))
}
