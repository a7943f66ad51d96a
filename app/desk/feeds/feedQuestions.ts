import { ContractVersions, FeedDesk, LayersView } from '@/domain/api/feedDesk'
import { QuarantineList } from '@/domain/api/quarantine'
import { getJson } from '@/app/fetch/getJson'
import type { Asked } from '@/app/fetch/useAsked'
import { useAsked } from '@/app/fetch/useAsked'

export const feedPath = (world: string, rest = ''): string => `/api/worlds/${encodeURIComponent(world)}${rest}`

/** Every feed of a World, asked again every ten seconds, and at once in another round. */
export const useFeedDesk = (world: string, round: number): Asked<FeedDesk> =>
  useAsked(`${world} feeds ${round}`, (signal) => getJson(FeedDesk, feedPath(world, '/feeds'), { signal }), 10_000)

export const useContracts = (world: string, feed: string, round: number): Asked<ContractVersions> =>
  useAsked(`${world} ${feed} contracts ${round}`, (signal) =>
    getJson(ContractVersions, feedPath(world, `/feeds/${encodeURIComponent(feed)}/contracts`), { signal }),
  )

export const useLayers = (world: string): Asked<LayersView> =>
  useAsked(`${world} layers`, (signal) => getJson(LayersView, feedPath(world, '/layers'), { signal }), 15_000)

export const useQuarantine = (world: string, round: number): Asked<QuarantineList> =>
  useAsked(
    `${world} quarantine ${round}`,
    (signal) => getJson(QuarantineList, feedPath(world, '/quarantine?limit=200'), { signal }),
    15_000,
  )
