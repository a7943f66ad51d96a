import { writeArrayBuffer } from 'geotiff'

/** Bytes of a GeoTIFF of a test: cells of 0.01 degrees, rows from north to south, its corner at 10° E, 50° N. */
export function trialRaster(
  cells: readonly number[],
  { width, height, voidText }: { readonly width: number; readonly height: number; readonly voidText?: string },
): Buffer {
  const bytes = writeArrayBuffer(Float32Array.from(cells), {
    width,
    height,
    ModelPixelScale: [0.01, 0.01, 0],
    ModelTiepoint: [0, 0, 0, 10, 50, 0],
    GTModelTypeGeoKey: 2,
    GTRasterTypeGeoKey: 1,
    GeographicTypeGeoKey: 4326,
    ...(voidText === undefined ? {} : { GDAL_NODATA: voidText }),
  })
  return Buffer.from(bytes)
}
