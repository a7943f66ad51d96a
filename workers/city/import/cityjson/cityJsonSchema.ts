import { z } from 'zod'

/** Boundaries nest by type: rings of vertex numbers in surfaces, in shells, in solids. */
export const CityGeometry = z.object({
  type: z.string(),
  lod: z.union([z.string(), z.number()]).optional(),
  boundaries: z.unknown(),
  semantics: z.object({ surfaces: z.array(z.object({ type: z.string() }).loose()), values: z.unknown() }).nullish(),
})
export type CityGeometry = z.infer<typeof CityGeometry>

export const CityObject = z.object({
  type: z.string(),
  attributes: z.record(z.string(), z.unknown()).nullish(),
  geometry: z.array(CityGeometry).optional(),
  parents: z.array(z.string()).optional(),
})
export type CityObject = z.infer<typeof CityObject>

export const CityJson = z.object({
  type: z.literal('CityJSON'),
  version: z.string(),
  transform: z.object({
    scale: z.tuple([z.number(), z.number(), z.number()]),
    translate: z.tuple([z.number(), z.number(), z.number()]),
  }),
  vertices: z.array(z.unknown()),
  CityObjects: z.record(z.string(), z.unknown()),
  metadata: z.object({ referenceSystem: z.string().optional(), referenceDate: z.string().optional() }).nullish(),
})
export type CityJson = z.infer<typeof CityJson>
