'use client'

import { z } from 'zod'
import type { CityView } from '@/domain/api/city'
import { Names } from '@/domain/ids'
import { getJson } from '@/app/fetch/getJson'
import { useAsked } from '@/app/fetch/useAsked'

type Place = readonly [number, number]
const Position = z.array(z.number()).transform((place): Place => [place[0] ?? 0, place[1] ?? 0])

const Divisions = z.object({
  features: z.array(
    z.object({
      properties: z.object({ code: z.string(), level: z.string(), name: Names.optional() }),
      geometry: z
        .discriminatedUnion('type', [
          z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(Position)) }),
          z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(Position))) }),
        ])
        .transform((geometry) => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates)),
    }),
  ),
})

/** A district of the city: polygons, each with its outline first and its holes after. Degrees. */
export interface District {
  readonly code: string
  readonly name: Names | undefined
  readonly polygons: readonly (readonly (readonly Place[])[])[]
}

const Lines = z.object({
  features: z.array(
    z.object({
      properties: z.object({ code: z.string(), class: z.string() }),
      geometry: z
        .discriminatedUnion('type', [
          z.object({ type: z.literal('LineString'), coordinates: z.array(Position) }),
          z.object({ type: z.literal('MultiLineString'), coordinates: z.array(z.array(Position)) }),
        ])
        .transform((geometry) => (geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates)),
    }),
  ),
})

/** What lies below the streets. Degrees. */
export interface Pipe {
  readonly kind: 'metro' | 'drain' | 'pipeline'
  readonly path: readonly Place[]
}

const KINDS = ['metro', 'drain', 'pipeline'] as const

/** Districts of the city that is shown; none while it is not there. */
export function useDistricts(city: CityView | undefined): readonly District[] | undefined {
  const path = city === undefined ? undefined : `${city.root}/${city.manifest.places.divisions}`
  return useAsked(path, async (signal) => districtsOf(await getJson(Divisions, path ?? '', { signal }))).answer
}

const districtsOf = ({ features }: z.output<typeof Divisions>): readonly District[] =>
  features
    .filter(({ properties }) => properties.level === 'district')
    .map(({ properties: { code, name }, geometry }) => ({ code, name, polygons: geometry }))

/** Metro, drains and pipelines; asked for when somebody wants to see them. */
export function useUnderground(city: CityView | undefined, wanted: boolean): readonly Pipe[] | undefined {
  const path = city === undefined || !wanted ? undefined : `${city.root}/${city.manifest.places.lines}`
  const { answer } = useAsked(path, async (signal) => pipesOf(await getJson(Lines, path ?? '', { signal })))
  return wanted ? answer : undefined
}

const pipesOf = ({ features }: z.output<typeof Lines>): readonly Pipe[] =>
  features.flatMap(({ properties, geometry }) => {
    const kind = KINDS.find((one) => one === properties.class)
    return kind === undefined ? [] : geometry.map((path) => ({ kind, path }))
  })
