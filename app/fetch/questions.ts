'use client'

import { CityView } from '@/domain/api/city'
import { Evidence } from '@/domain/api/evidence'
import { Series } from '@/domain/api/series'
import { KeyframeView, PictureView } from '@/domain/api/picture'
import { Sketch } from '@/domain/api/sketch'
import { WorldList } from '@/domain/api/worlds'
import { Catalogue } from '@/domain/catalogue'
import { getJson } from './getJson'
import type { Asked } from './useAsked'
import { useAsked } from './useAsked'

const base = (world: string): string => `/api/worlds/${encodeURIComponent(world)}`

/** All Worlds this screen may see; asked again each half minute. */
export const useWorlds = (): Asked<WorldList> =>
  useAsked('worlds', (signal) => getJson(WorldList, '/api/worlds', { signal }), 30_000)

/** The catalogue, asked anew when the picture speaks of a newer version. */
export const useCatalogue = (world: string | undefined, version: number): Asked<Catalogue> =>
  useAsked(world === undefined ? undefined : `${world} ${version}`, (signal) =>
    getJson(Catalogue, `${base(world ?? '')}/catalogue`, { signal }),
  )

/** The plan under the sensors; empty for a World without one. */
export const useSketch = (world: string | undefined): Asked<Sketch> =>
  useAsked(world, (signal) => getJson(Sketch, `${base(world ?? '')}/sketch`, { signal }))

/** The city package of a World; asked again until it is built. */
export const useCityPackage = (world: string): Asked<CityView> =>
  useAsked(world, (signal) => getJson(CityView, `${base(world)}/city`, { signal }))

/** The picture as Belfry knew it at a moment of the World. Throws Refused. */
export const askPicture = (world: string, knownTime: number, signal: AbortSignal): Promise<PictureView> =>
  getJson(PictureView, `${base(world)}/picture?knownTime=${Math.floor(knownTime)}`, { signal })

/** A window of one Datastream in World time; `knownTime` leaves out what became known later. */
export interface SeriesWindow {
  readonly stream: number
  readonly from: number
  readonly to: number
  readonly knownTime?: number | undefined
}

/** One Datastream between two World times, thinned to what a chart can show; asked again each `everyMs`. */
export function useSeries(world: string, window: SeriesWindow, everyMs: number): Asked<Series> {
  const { stream, from, to, knownTime } = window
  const known = knownTime === undefined ? '' : `&knownTime=${Math.floor(knownTime)}`
  const query = `stream=${stream}&from=${Math.floor(from)}&to=${Math.ceil(to)}&maxPoints=600${known}`
  return useAsked(
    `${world} ${query}`,
    (signal) => getJson(Series, `${base(world)}/series?${query}`, { signal }),
    everyMs,
  )
}

/** The Feeds of a World and how they do, without following its picture. */
export const useFeedHealth = (world: string): Asked<KeyframeView> =>
  useAsked(world, (signal) => getJson(KeyframeView, `${base(world)}/keyframe?channel=feeds`, { signal }), 10_000)

/** The alarms of a World that are not cleared, asked again every two seconds. */
export const useAlarms = (world: string): Asked<KeyframeView> =>
  useAsked(
    `${world} alarms`,
    (signal) => getJson(KeyframeView, `${base(world)}/keyframe?channel=alarms`, { signal }),
    2_000,
  )

/** What a number rests on, recomputed now. */
export const useEvidence = (world: string, source: string): Asked<Evidence> =>
  useAsked(`${world} ${source}`, (signal) =>
    getJson(Evidence, `${base(world)}/evidence?source=${encodeURIComponent(source)}`, { signal }),
  )
