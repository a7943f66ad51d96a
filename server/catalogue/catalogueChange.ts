import { createHash } from 'node:crypto'
import type { Track } from '@/domain/catalogue'
import type { FeedMapping } from '@/domain/feed/mapping'
import { type StreamDraft, declaredStreams, thingOf } from '@/domain/feed/streams'
import type { FeedStanding } from '@/domain/feed/standing'
import type { CityKey, FeedNo, WorldNo } from '@/domain/ids'
import type { EpochMillis } from '@/domain/time'
import { Conflict, NotFound } from '@/platform/errors'
import type { Postgres, Transaction } from '@/platform/postgres/postgres'
import { inTransaction } from '@/platform/postgres/transaction'
import { appendAudit } from '../access/audit'
import { appendEvent } from '../command/outbox'
import { keepContract, setStanding, signVersion } from './queries/contracts'
import {
  existingStreams,
  existingTracks,
  insertStreams,
  insertThings,
  insertTracks,
  lockCounters,
  setCounters,
  setFeedKey,
  updateCity,
  updateStreams,
  upsertFeed,
  upsertProperties,
  upsertThings,
} from './queries/writeCatalogue'

/** A Track before it has a number. */
export type TrackDraft = Omit<Track, 'no' | 'feed'>

/** Who changes which World's catalogue, and when in the World's clock. */
export interface ChangeContext {
  readonly world: WorldNo
  readonly actor: string
  readonly at: EpochMillis
}

interface Counters {
  nextStream: number
  nextTrack: number
}

/** The mapping as it is compared: the same document twice is no change. */
export const mappingDigest = (mapping: FeedMapping): string =>
  createHash('sha256').update(JSON.stringify(mapping)).digest('hex')

const contractDigest = (text: string): string => createHash('sha256').update(text).digest('hex')

/**
 * Runs one change of a catalogue: numbers handed out, version raised and `catalogue.changed` told in one transaction.
 * `change` returns false when nothing was to be done.
 */
async function changeCatalogue(
  postgres: Postgres,
  context: ChangeContext,
  change: (tx: Transaction, counters: Counters) => Promise<boolean>,
): Promise<void> {
  await inTransaction(postgres, async (tx) => {
    const [held] = await lockCounters(tx, { world: context.world })
    if (held === undefined) throw new NotFound('world.unknown', { world: context.world })
    const counters = { nextStream: held.nextStream, nextTrack: held.nextTrack }
    if (!(await change(tx, counters))) return
    const version = held.version + 1
    await setCounters(tx, { world: context.world, ...counters, version })
    await appendEvent(tx, { ...context, kind: 'catalogue.changed', body: { version } })
  })
}

/** Which city package a World is to show, `null` for that of its own key, and the machine's time for the audit. */
export interface CityChange {
  readonly city: CityKey | null
  readonly at: EpochMillis
}

export async function writeCity(postgres: Postgres, context: ChangeContext, change: CityChange): Promise<void> {
  const { city, at } = change
  await changeCatalogue(postgres, context, async (tx) => {
    await updateCity(tx, { world: context.world, city })
    const act = { action: 'worlds.setCity', object: `world:${context.world} ${city ?? '-'}`, result: 'ok' } as const
    await appendAudit(tx, { at, actor: context.actor, ...act })
    return true
  })
}

/** Writes a feed with its properties, Things and declared Datastreams. Returns its number. */
export async function writeFeed(postgres: Postgres, context: ChangeContext, mapping: FeedMapping): Promise<FeedNo> {
  let no: FeedNo | undefined
  await changeCatalogue(postgres, context, async (tx, counters) => {
    const { world } = context
    const [feed] = await upsertFeed(tx, {
      world,
      key: mapping.feed,
      mapping: JSON.stringify(mapping),
      digest: mappingDigest(mapping),
    })
    no = feed?.no
    if (no === undefined) throw new NotFound('feed.unknown', { feed: mapping.feed })
    const contract = JSON.stringify(mapping.contract)
    await keepContract(tx, { feed: no, contract, digest: contractDigest(contract), actor: context.actor })
    const things = mapping.things.list.map((thing) => thingOf(mapping, thing))
    await upsertProperties(tx, { world, rows: JSON.stringify(mapping.properties) })
    await upsertThings(tx, { world, rows: JSON.stringify(things) })
    await writeStreams(tx, { world, feed: no, counters }, declaredStreams(mapping, mapping.things.list))
    return true
  })
  return no as FeedNo
}

/** Numbers the Datastreams that are not there yet; those that are stay as they are. */
export async function addStreams(
  postgres: Postgres,
  context: ChangeContext,
  feed: FeedNo,
  drafts: readonly StreamDraft[],
): Promise<void> {
  await changeCatalogue(postgres, context, async (tx, counters) => {
    const { world } = context
    const held = new Set(
      (await existingStreams(tx, { world, keys: drafts.map(({ key }) => key) })).map(({ key }) => key),
    )
    const missing = drafts.filter(({ key }) => !held.has(key))
    if (missing.length === 0) return false
    const things = [...new Set(missing.map(({ thing }) => thing))].map((key) => ({
      key,
      name: { 'zh-CN': key, en: key },
    }))
    await insertThings(tx, { world, rows: JSON.stringify(things) })
    await insertNumbered(tx, { world, feed, counters }, missing)
    return true
  })
}

/** Numbers the Tracks that are not there yet. */
export async function addTracks(
  postgres: Postgres,
  context: ChangeContext,
  feed: FeedNo,
  drafts: readonly TrackDraft[],
): Promise<void> {
  await changeCatalogue(postgres, context, async (tx, counters) => {
    const { world } = context
    const keys = drafts.map(({ key }) => key)
    const held = new Set((await existingTracks(tx, { world, feed, keys })).map(({ key }) => key))
    const rows = drafts
      .filter(({ key }) => !held.has(key))
      .map(({ key, ...definition }) => ({ no: counters.nextTrack++, key, definition }))
    if (rows.length === 0) return false
    await insertTracks(tx, { world, feed, rows: JSON.stringify(rows) })
    return true
  })
}

/** A feed's next key, as its SHA-256, and the machine's time for the audit. */
export interface KeyChange {
  readonly feed: FeedNo
  readonly keyHash: string
  readonly at: EpochMillis
}

/** Writes a feed's key and who changed it. The version rises, so that every server lets the old key go at once. */
export async function writeFeedKey(postgres: Postgres, context: ChangeContext, change: KeyChange): Promise<void> {
  const { feed, keyHash, at } = change
  await changeCatalogue(postgres, context, async (tx) => {
    const [row] = await setFeedKey(tx, { no: feed, keyHash })
    if (row === undefined) throw new NotFound('feed.unknown', { feed })
    const act = { action: 'feeds.rotateKey', object: `feed:${feed}`, result: 'ok' } as const
    await appendAudit(tx, { at, actor: context.actor, ...act })
    return true
  })
}

/** How a feed shall stand, why, and the machine's time for the audit. */
export interface StandingChange {
  readonly feed: FeedNo
  readonly standing: FeedStanding
  readonly reason: string | null
  readonly at: EpochMillis
}

/** Writes how a feed stands. The version rises, so that every server acts by it at once. */
export async function writeStanding(postgres: Postgres, context: ChangeContext, change: StandingChange): Promise<void> {
  const { feed, standing, reason, at } = change
  await changeCatalogue(postgres, context, async (tx) => {
    const [moved] = await setStanding(tx, { feed, standing, reason })
    if (moved === undefined) return false
    const act = { action: 'feeds.setStanding', object: `feed:${feed} ${standing}`, result: 'ok' } as const
    await appendAudit(tx, { at, actor: context.actor, ...act, ...(reason === null ? {} : { detail: reason }) })
    return true
  })
}

/** Which version of a contract is signed: by its text's digest, so that nobody signs what was not read. */
export interface Signature {
  readonly feed: FeedNo
  readonly version: number
  readonly digest: string
  /** The name that stands under it; the audit has the account. */
  readonly by: string
  readonly at: EpochMillis
}

/** Signs one version of a contract, once. @throws Conflict when it was signed, or is another text */
export async function writeSignature(postgres: Postgres, actor: string, signature: Signature): Promise<void> {
  const { feed, version, digest, by, at } = signature
  await inTransaction(postgres, async (tx) => {
    const [signed] = await signVersion(tx, { feed, version, digest, by })
    if (signed === undefined) throw new Conflict('contract.notToBeSigned', { feed, version })
    const act = { action: 'contracts.sign', object: `feed:${feed} v${version} ${digest}`, result: 'ok' } as const
    await appendAudit(tx, { at, actor, ...act })
  })
}

interface Numbering {
  readonly world: WorldNo
  readonly feed: FeedNo
  readonly counters: Counters
}

async function writeStreams(tx: Transaction, numbering: Numbering, drafts: readonly StreamDraft[]): Promise<void> {
  const { world, feed } = numbering
  const held = new Map(
    (await existingStreams(tx, { world, keys: drafts.map(({ key }) => key) })).map((row) => [row.key, row.feed]),
  )
  const foreign = drafts.find(({ key }) => (held.get(key) ?? feed) !== feed)
  if (foreign !== undefined) throw new Conflict('feed.streamTaken', { stream: foreign.key })
  const kept = drafts.filter(({ key }) => held.has(key)).map(({ key, ...definition }) => ({ key, definition }))
  if (kept.length > 0) await updateStreams(tx, { world, feed, rows: JSON.stringify(kept) })
  await insertNumbered(
    tx,
    numbering,
    drafts.filter(({ key }) => !held.has(key)),
  )
}

async function insertNumbered(
  tx: Transaction,
  { world, feed, counters }: Numbering,
  drafts: readonly StreamDraft[],
): Promise<void> {
  const rows = drafts.map(({ key, ...definition }) => ({ no: counters.nextStream++, key, definition }))
  if (rows.length > 0) await insertStreams(tx, { world, feed, rows: JSON.stringify(rows) })
}
