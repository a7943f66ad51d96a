import { fromArrayBuffer } from 'geotiff'
import type { GeoTIFFImage, ReadRasterResult } from 'geotiff'
import { planeSystem } from '@/domain/geodesy/planeSystem'
import { SourceRefused } from '../refused'
import type { HeightRaster, RasterPlane } from './heightRaster'

const MOST_POSTS = 200_000_000
// GeoKeys that say that a cell's value stands for its area (1) or its post (2), and the systems of coordinates.
const POST = 2
const DEGREE_SYSTEMS = new Set([4326, 4490, 4258, 4269, 4283])

/**
 * The first band of a GeoTIFF, in degrees or in a plane system that it names or that is declared.
 * @throws SourceRefused when it is broken, turned, too large, or in a system that Belfry does not know.
 */
export async function readGeoTiff(
  file: string,
  bytes: Buffer,
  declared: RasterPlane | undefined,
): Promise<HeightRaster> {
  const { image, columns, rows, origin, step, keys } = await openImage(file, bytes)
  if (!(columns * rows <= MOST_POSTS))
    throw new SourceRefused(file, `has ${columns} x ${rows} cells; cut it to the city first.`)
  const [stepX, stepY] = step
  if (!(stepX! > 0 && stepY! < 0)) throw new SourceRefused(file, 'is not laid from north-west to south-east.')
  const half = keys['GTRasterTypeGeoKey'] === POST ? 0 : 0.5
  const plane = planeOf(file, keys, declared)
  return {
    file,
    west: origin[0]! + half * stepX!,
    north: origin[1]! + half * stepY!,
    stepEast: stepX!,
    stepNorth: -stepY!,
    columns,
    rows,
    metres: await readBand(file, image),
    ...(plane === undefined ? {} : { plane }),
  }
}

/** Everything that the library says of a file in one place: it throws plain errors for what is broken. */
async function openImage(file: string, bytes: Buffer) {
  try {
    const own = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer
    const image = await (await fromArrayBuffer(own)).getImage()
    const keys: Record<string, unknown> = image.getGeoKeys() ?? {}
    const [columns, rows] = [image.getWidth(), image.getHeight()]
    return { image, columns, rows, origin: image.getOrigin(), step: image.getResolution(), keys }
  } catch (cause) {
    throw new SourceRefused(file, 'is no GeoTIFF with a place, or a broken one.', { cause })
  }
}

async function readBand(file: string, image: GeoTIFFImage): Promise<Float32Array> {
  let bands: ReadRasterResult
  try {
    bands = await image.readRasters({ samples: [0] })
  } catch (cause) {
    throw new SourceRefused(file, 'is broken: its cells cannot be read.', { cause })
  }
  const band = (Array.isArray(bands) ? bands[0] : bands) as ArrayLike<number>
  const missing = image.getGDALNoData()
  const values = Float32Array.from(band)
  for (let i = 0; i < values.length; i++)
    if (band[i] === missing || !Number.isFinite(values[i]!) || values[i]! < -12_000) values[i] = Number.NaN
  return values
}

function planeOf(
  file: string,
  keys: Readonly<Record<string, unknown>>,
  declared: RasterPlane | undefined,
): RasterPlane | undefined {
  const projected = keys['ProjectedCSTypeGeoKey']
  if (typeof projected === 'number' && projected !== 32_767) {
    const plane = planeSystem(projected)
    if (plane === undefined)
      throw new SourceRefused(file, `is in EPSG:${projected}, which Belfry does not know; declare a local grid.`)
    return plane
  }
  const geographic = keys['GeographicTypeGeoKey']
  if (projected === undefined && typeof geographic === 'number') {
    if (DEGREE_SYSTEMS.has(geographic)) return undefined
    if (declared === undefined) throw new SourceRefused(file, `is in EPSG:${geographic}; declare its system by --crs.`)
  }
  return declared
}
