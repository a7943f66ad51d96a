import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CityManifest } from '@/domain/city/manifest'
import { metresPerDegree } from '@/domain/geodesy/webMercator'
import { readGeoTiff } from '@/workers/city/import/dem/readGeoTiff'
import type { CityGround } from '@/workers/models/flood/city/cityGround'
import { readCover } from './readCover'
import { readNetworks } from './readNetworks'

/** Reads what the flood model needs of a city package; the same package gives the same ground. */
export async function readCityGround(folder: string): Promise<CityGround> {
  const manifest = CityManifest.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')))
  const path = join(folder, manifest.terrain.raster)
  const raster = await readGeoTiff(manifest.terrain.raster, await readFile(path), undefined)
  const { columns, rows, stepEast, stepNorth } = raster
  const place = {
    west: raster.west,
    south: raster.north - (rows - 1) * stepNorth,
    stepLongitude: stepEast,
    stepLatitude: stepNorth,
  }
  const height = new Float32Array(columns * rows)
  for (let row = 0; row < rows; row++)
    height.set(raster.metres.subarray((rows - 1 - row) * columns, (rows - row) * columns), row * columns)
  const canvas = { columns, rows, place }
  const { cover, level_m } = await readCover(folder, manifest, canvas)
  const networks = await readNetworks(folder, manifest, { ...canvas, height_m: height })
  const [, metresNorth] = metresPerDegree(place.south + (rows / 2) * stepNorth)
  return {
    ...canvas,
    cellSize_m: Math.round(metresNorth * stepNorth * 100) / 100,
    height_m: height,
    cover,
    level_m,
    ...networks,
  }
}
