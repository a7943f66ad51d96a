import { basename } from 'node:path'
import type { CityDraft } from '../cityDraft'
import type { VectorSource } from '../options'
import { SourceRefused } from '../refused'
import { epsgSystem, WGS84_DEGREES } from '../sourceSystem'
import type { SourceSystem } from '../sourceSystem'
import type { FieldMap } from './fieldMap'
import type { RawLayer } from './rawFeature'
import { readGeoJson } from './readGeoJson'
import { readGeoPackage } from './readGeoPackage'
import { readShapefile } from './readShapefile'
import { takeLayer } from './takeLayer'

/** What is declared for all vector layers of one import. */
export interface VectorTerms {
  readonly maps: FieldMap
  /** Stands before what a file says of itself: a declaration is made because the file is wrong or silent. */
  readonly declared: SourceSystem | undefined
  readonly lift: number
}

const READERS: Readonly<Record<VectorSource['format'], (file: string) => Promise<RawLayer>>> = {
  geojson: readGeoJson,
  shp: readShapefile,
  gpkg: readGeoPackage,
}

/** Reads one layer of a vector file into the draft. @throws SourceRefused */
export async function readVector(source: VectorSource, draft: CityDraft, terms: VectorTerms): Promise<void> {
  const raw = await READERS[source.format](source.file)
  const file = basename(source.file)
  const map = terms.maps[source.map ?? source.layer] ?? terms.maps[source.layer] ?? { fields: {} }
  const system = terms.declared ?? systemOf(source, raw.epsg)
  takeLayer({ kind: source.layer, file, map, system, lift: terms.lift }, raw.features, draft)
}

function systemOf({ format, file }: VectorSource, epsg: number | undefined): SourceSystem {
  if (epsg === undefined) {
    if (format === 'geojson') return WGS84_DEGREES
    throw new SourceRefused(file, 'does not say its system of coordinates: say it by --crs.')
  }
  const system = epsgSystem(epsg)
  if (system === undefined)
    throw new SourceRefused(file, `is in EPSG:${epsg}, which Belfry does not know: say it by --crs.`)
  return system
}
