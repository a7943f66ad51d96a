import { z } from 'zod'
import {
  ContractVersions,
  FeedDesk,
  LayersView,
  MappingPreview,
  PreviewMapping,
  Resubmit,
  SetStanding,
  SignContract,
} from '@/domain/api/feedDesk'
import { IngestReceipt } from '@/domain/api/ingest'
import { parseMapping } from '@/domain/feed/parseMapping'
import { Conflict, InvalidInput, NotFound } from '@/platform/errors'
import { writeSignature } from '@/server/catalogue/catalogueChange'
import { feedDesk, feedLayers } from '@/server/catalogue/feedDesk'
import type { FeedRecord } from '@/server/catalogue/feedRecord'
import { previewMapping } from '@/server/catalogue/previewMapping'
import { contractsOf } from '@/server/catalogue/queries/contracts'
import { insertMend, usersOfFeed } from '@/server/catalogue/queries/layers'
import type { Caller } from '../caller'
import type { HttpParts } from '../parts'
import { pushByHand } from '../pushByHand'
import { defineRoute } from '../route'
import type { Route } from '../route'
import { worldIn } from './worlds'

type Params = Readonly<Record<string, string>>

const FEEDS = '/api/worlds/:world/feeds'
const personOf = ({ actor }: Caller): string => `person:${actor?.id ?? ''}`

/** The feed of a path. @throws NotFound */
export function feedIn(parts: HttpParts, params: Params): FeedRecord {
  const key = params['feed'] ?? ''
  const feed = parts.catalogue.feedByKey(worldIn(parts, params).no, key)
  if (feed === undefined) throw new NotFound('feed.unknown', { feed: key })
  return feed
}

export function feedRoutes(parts: HttpParts): Route[] {
  return [
    keyRoute(parts),
    ...deskRoutes(parts),
    ...contractRoutes(parts),
    ...mappingRoutes(parts),
    resubmitRoute(parts),
  ]
}

const keyRoute = (parts: HttpParts): Route =>
  defineRoute({
    method: 'POST',
    path: `${FEEDS}/:feed/key`,
    action: 'feeds.rotateKey',
    summary: 'Give the producer of a feed a new key, shown this once; the old one ends at once on every server.',
    answer: z.object({ key: z.string() }),
    async handle({ params, caller }) {
      const feed = feedIn(parts, params)
      if (feed.mapping.source.kind === 'files') throw new Conflict('feed.isReplayed', { feed: feed.key })
      return { key: await parts.catalogue.rotateFeedKey(feed.no, personOf(caller)) }
    },
  })

const deskRoutes = (parts: HttpParts): Route[] => [
  defineRoute({
    method: 'GET',
    path: FEEDS,
    action: 'feeds.read',
    summary: 'Every feed with contract, standing, adapter and the judged hours of the last day; the log and its age.',
    answer: FeedDesk,
    async handle({ params }) {
      const feeds = await feedDesk(parts, worldIn(parts, params).no)
      if (parts.intake === undefined) return { feeds }
      const { logBytes, logAgeMs, storeUp, pendingRows } = parts.intake.state()
      return { feeds, log: { bytes: logBytes, ageMs: logAgeMs, storeUp, pendingRows } }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/worlds/:world/layers',
    action: 'feeds.read',
    summary: 'The four layers of the pool by feed: received, processed, kept, used; and what does not reconcile.',
    answer: LayersView,
    handle: async ({ params }) => ({ feeds: await feedLayers(parts, worldIn(parts, params).no) }),
  }),
  defineRoute({
    method: 'GET',
    path: `${FEEDS}/:feed/uses`,
    action: 'feeds.read',
    summary: 'Who used the data of a feed, and in which way.',
    answer: z.object({
      uses: z.array(z.object({ actor: z.string(), way: z.string(), times: z.number(), lastDay: z.string() })),
    }),
    handle: async ({ params }) => ({ uses: await usersOfFeed(parts.postgres, { feed: feedIn(parts, params).no }) }),
  }),
]

const contractRoutes = (parts: HttpParts): Route[] => [
  defineRoute({
    method: 'GET',
    path: `${FEEDS}/:feed/contracts`,
    action: 'feeds.read',
    summary: 'Every version of the contract of a feed, with who signed it.',
    answer: ContractVersions,
    handle: async ({ params }) => ({ versions: await contractsOf(parts.postgres, { feed: feedIn(parts, params).no }) }),
  }),
  defineRoute({
    method: 'POST',
    path: `${FEEDS}/:feed/contracts/sign`,
    action: 'contracts.sign',
    summary: 'Sign one version of the contract, by the digest of its text.',
    body: SignContract,
    async handle({ params, body, caller }) {
      const { no } = feedIn(parts, params)
      const signature = { feed: no, ...body, by: caller.actor?.name ?? '', at: parts.clock.now() }
      await writeSignature(parts.postgres, personOf(caller), signature)
      return undefined
    },
  }),
  defineRoute({
    method: 'PUT',
    path: `${FEEDS}/:feed/standing`,
    action: 'feeds.setStanding',
    summary: 'Take a feed as good, mark all it says as suspect, or take nothing of it, with the reason.',
    body: SetStanding,
    async handle({ params, body: { standing, reason }, caller }) {
      const { no } = feedIn(parts, params)
      await parts.catalogue.setStanding(no, standing, {
        actor: personOf(caller),
        reason: standing === 'good' ? null : reason,
      })
      return undefined
    },
  }),
]

const mappingRoutes = (parts: HttpParts): Route[] => [
  defineRoute({
    method: 'POST',
    path: `${FEEDS}/preview`,
    action: 'feeds.read',
    summary: 'What a mapping makes of a sample; nothing is registered or kept.',
    body: PreviewMapping,
    answer: MappingPreview,
    handle: ({ params, body }) =>
      previewMapping(body.mapping, body.sample, parts.catalogue.worldTime(worldIn(parts, params).no)),
  }),
  defineRoute({
    method: 'POST',
    path: FEEDS,
    action: 'feeds.register',
    summary: 'Register a feed of this World by its mapping, or give it a new one; a changed contract is a new version.',
    body: z.object({ mapping: z.unknown() }),
    answer: z.object({ feed: z.string() }),
    async handle({ params, body, caller }) {
      const world = worldIn(parts, params)
      const parsed = parseMapping(body.mapping)
      if (!parsed.ok) {
        const problems = parsed.error.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')
        throw new InvalidInput('mapping.refused', { file: '', problems })
      }
      if (parsed.value.source.kind === 'files') throw new InvalidInput('feed.isReplayed', { feed: parsed.value.feed })
      if (parsed.value.world.key !== world.key) throw new Conflict('feed.otherWorld', { world: parsed.value.world.key })
      return { feed: (await parts.catalogue.registerFeed(world.no, parsed.value, personOf(caller))).key }
    },
  }),
]

const resubmitRoute = (parts: HttpParts): Route =>
  defineRoute({
    method: 'POST',
    path: `${FEEDS}/:feed/resubmit`,
    action: 'quarantine.mend',
    summary: 'Send a refused record again, mended; it goes the same way as what the feed itself sends.',
    body: Resubmit,
    answer: IngestReceipt,
    async handle({ params, body: { seq, text, form }, caller, request }) {
      const feed = feedIn(parts, params)
      const receipt = await pushByHand(parts, request, { feed, text, form })
      const { accepted, rejected } = receipt
      const told = { world: feed.world, feed: feed.no, seq, actor: personOf(caller), accepted, rejected }
      await insertMend(parts.postgres, told)
      return receipt
    },
  })
