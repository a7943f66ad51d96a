import { z } from 'zod'
import { FeedContract } from '../feed/contract'
import { Finding, Grade } from '../feed/feedQuality'
import { Breach, FeedStanding } from '../feed/standing'
import { FeedNo, Key, Names } from '../ids'

/** One judged hour of a feed. `hour` in the World's clock, `madeAt` in the machine's, epoch ms. */
export const FeedHour = z.object({
  hour: z.number(),
  score: z.number(),
  grade: Grade,
  expected: z.number(),
  records: z.number(),
  aspects: z.record(z.string(), z.number()),
  findings: z.array(Finding),
  breaches: z.array(Breach),
  madeAt: z.number(),
})
export type FeedHour = z.infer<typeof FeedHour>

/**
 * A feed through the four layers of the pool, in records since its first: received, of these refused and dropped as
 * re-sends, and accepted; stored and still on the way to the store; used, in questions that were answered from it.
 * `unexplained` is what the layers do not account for: 0 when they reconcile.
 */
export const FeedLayers = z.object({
  received: z.number(),
  rejected: z.number(),
  duplicates: z.number(),
  accepted: z.number(),
  stored: z.number(),
  waiting: z.number(),
  streams: z.number(),
  uses: z.number(),
  users: z.number(),
  unexplained: z.number(),
})
export type FeedLayers = z.infer<typeof FeedLayers>

/** How the adapter of a feed does; times in machine time, epoch ms. */
export const AdapterView = z.object({
  kind: z.string(),
  status: z.enum(['carrying', 'waiting', 'failing', 'stopped']),
  lastAt: z.number().optional(),
  lastError: z.string().optional(),
  failures: z.number(),
  deliveries: z.number(),
})

export const FeedDeskEntry = z.object({
  no: FeedNo,
  key: Key,
  name: Names,
  source: z.string(),
  format: z.string(),
  contract: FeedContract,
  version: z.number(),
  signedAt: z.number().optional(),
  signedBy: z.string().optional(),
  standing: FeedStanding,
  standingReason: z.string().optional(),
  streams: z.number(),
  expectedPerMinute: z.number(),
  adapter: AdapterView.optional(),
  /** The newest judged hours of the World's last day, the newest first. */
  hours: z.array(FeedHour),
})
export type FeedDeskEntry = z.infer<typeof FeedDeskEntry>

/** `GET /api/worlds/:world/feeds`. The log's bytes and the age of its oldest record that the store lacks, ms. */
export const FeedDesk = z.object({
  feeds: z.array(FeedDeskEntry),
  log: z.object({ bytes: z.number(), ageMs: z.number(), storeUp: z.boolean(), pendingRows: z.number() }).optional(),
})
export type FeedDesk = z.infer<typeof FeedDesk>

/** `GET /api/worlds/:world/layers`, by feed number. */
export const LayersView = z.object({ feeds: z.array(FeedLayers.extend({ feed: FeedNo })) })
export type LayersView = z.infer<typeof LayersView>

/** One version of a feed's contract; unsigned while `signedAt` is null. Times in epoch ms. */
export const ContractVersion = z.object({
  version: z.number(),
  contract: FeedContract,
  digest: z.string(),
  madeAt: z.number(),
  madeBy: z.string(),
  signedAt: z.number().nullable(),
  signedBy: z.string().nullable(),
})

/** `GET /api/worlds/:world/feeds/:feed/contracts`: every version, the newest first. */
export const ContractVersions = z.object({ versions: z.array(ContractVersion) })
export type ContractVersions = z.infer<typeof ContractVersions>

/** `POST …/contracts/sign`: the digest says which text was read. */
export const SignContract = z.object({ version: z.number().int(), digest: z.string() })
export const SetStanding = z.object({ standing: FeedStanding, reason: z.string().min(1).max(200) })

/** `POST …/resubmit`: the mended text of a refused record, in the form that the feed's mapping reads; rows as JSON otherwise. */
export const Resubmit = z.object({
  seq: z.string().regex(/^\d{1,20}$/),
  text: z.string().min(1).max(100_000),
  form: z.enum(['own', 'rows']),
})
export type Resubmit = z.infer<typeof Resubmit>

/** `POST /api/worlds/:world/feeds/preview`: what a mapping makes of a sample, without registering or keeping anything. */
export const PreviewMapping = z.object({ mapping: z.unknown(), sample: z.string().max(400_000) })
export const MappingPreview = z.object({
  /** What to correct in the mapping; nothing is read while there is something. */
  problems: z.array(z.object({ path: z.string(), message: z.string() })),
  columns: z.array(z.string()),
  rows: z.number(),
  observations: z.array(z.object({ stream: z.string(), time: z.number(), value: z.number() })),
  positions: z.array(z.object({ track: z.string(), time: z.number(), longitude: z.number(), latitude: z.number() })),
  reports: z.array(z.object({ title: z.string(), time: z.number() })),
  records: z.number(),
  refused: z.array(z.object({ line: z.number(), reason: z.string(), message: z.string(), sample: z.string() })),
})
export type MappingPreview = z.infer<typeof MappingPreview>
