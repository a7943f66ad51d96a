import { SourceRefused } from '../refused'
import { unpack } from '../unpack'
import type { HeightRaster, RasterPlane } from './heightRaster'
import { readAsc } from './readAsc'
import { readGeoTiff } from './readGeoTiff'
import { readHgt } from './readHgt'

const ENDINGS = ['.hgt', '.tif', '.tiff', '.asc']

/** Reads one height raster by its ending. `declared` is the system of a raster that names none. */
export async function readRaster(file: string, declared: RasterPlane | undefined): Promise<HeightRaster> {
  const unpacked = await unpack(file, ENDINGS)
  const name = unpacked.name.toLowerCase()
  if (name.endsWith('.hgt')) return readHgt(file, unpacked)
  if (name.endsWith('.asc')) return readAsc(file, unpacked.bytes.toString('latin1'), declared)
  if (name.endsWith('.tif') || name.endsWith('.tiff')) return readGeoTiff(file, unpacked.bytes, declared)
  throw new SourceRefused(file, `is no height raster: ${ENDINGS.join(', ')} are read.`)
}
