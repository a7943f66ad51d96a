import { z } from 'zod'
import { CityKey, Names } from '../ids'
import { HomeView } from '../world'

export const CITY_FORMAT = 'belfry-city/1'

/** Taken from a source, and refused with the reason. */
export const SourceCount = z
  .object({
    source: z.string(),
    kind: z.string(),
    taken: z.number().int().min(0),
    refused: z.record(z.string(), z.number().int().min(0)),
  })
  .readonly()
export type SourceCount = z.infer<typeof SourceCount>

/** Whose city this is, in which system, how fresh and how secret. */
export const CityIdentity = z
  .object({
    key: CityKey,
    name: Names,
    /** Six digits of the administrative division; 000000 where none is known. */
    division: z.string().regex(/^\d{6}$/),
    timeZone: z.string(),
    view: HomeView,
    /** Of the stored positions. */
    crs: z.literal('EPSG:4490'),
    heightDatum: z.string(),
    /** Ellipsoid height − orthometric height at the centre, metres. */
    geoidOffset: z.number(),
    /** Map approval number 审图号; absent is shown as 「未审图 · 内部使用」. */
    mapApproval: z.string().optional(),
    classification: z.string(),
    /** Day of the newest source. */
    dataDate: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
    sources: z.array(z.object({ name: z.string(), licence: z.string(), sha256: z.string().optional() })),
    counts: z.array(SourceCount),
    /** Residuals of control points, metres. */
    controlPoints: z.array(z.object({ key: z.string(), residual: z.number() })).optional(),
  })
  .readonly()
export type CityIdentity = z.infer<typeof CityIdentity>

const Pyramid = z.object({
  /** Path inside the package with {z}, {x} and {y} of the web mercator scheme. */
  path: z.string(),
  minZoom: z.number().int(),
  maxZoom: z.number().int(),
})

/** `manifest.json` of a city package; docs/city-package.md describes every file. */
export const CityManifest = z
  .object({
    format: z.literal(CITY_FORMAT),
    identity: CityIdentity,
    /** West, south, east, north, degrees. */
    bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    terrain: Pyramid.extend({
      encoding: z.literal('terrarium'),
      /** Single-band GeoTIFF of the same heights for models. */
      raster: z.string(),
      /** Ground where the home view looks: a screen's zero. Orthometric metres, as the lowest and the highest. */
      home: z.number(),
      lowest: z.number(),
      highest: z.number(),
    }),
    vector: Pyramid.extend({ layers: z.array(z.string()) }),
    buildings: z.object({ tileset: z.string(), count: z.number().int(), attributes: z.string() }),
    /** `lift`: metres to add to their heights to make them orthometric. */
    tilesets: z.array(z.object({ key: CityKey, tileset: z.string(), lift: z.number() })),
    roads: z.object({ graph: z.string(), nodes: z.number().int(), edges: z.number().int(), metres: z.number() }),
    places: z.object({ facilities: z.string(), divisions: z.string(), lines: z.string() }),
    /** Objects by class: `buildings`, `roads.primary`, `facilities.hospital` … */
    counts: z.record(z.string(), z.number().int()),
  })
  .readonly()
export type CityManifest = z.infer<typeof CityManifest>
