import type { Alarm } from '../alarm'
import type { Decision } from '../decision/decision'
import type { FeedHealth } from '../feedHealth'
import type { Incident } from '../incident/incident'
import type { Activation } from '../plan/activation'
import type { Report } from '../report'
import type { Task } from '../task/task'
import { RowState } from './columns'
import type { ChangedKeys, PictureStore } from './picture'
import { packMovers, packReadings, unpackMovers, unpackReadings } from './wireColumns'

/** Rises when a screen of an older build could misread the wire; such a screen reloads itself. */
export const PROTOCOL = 2

export const CHANNELS = [
  'readings',
  'movers',
  'reports',
  'alarms',
  'feeds',
  'incidents',
  'tasks',
  'activations',
  'decisions',
] as const
export type Channel = (typeof CHANNELS)[number]

/** What a channel carries: packed columns for rows, documents for the rest. */
export type Body =
  | { readonly channel: 'readings'; readonly rows: Uint8Array }
  | { readonly channel: 'movers'; readonly rows: Uint8Array }
  | DocumentBody<'reports', Report>
  | DocumentBody<'alarms', Alarm>
  | { readonly channel: 'feeds'; readonly put: readonly FeedHealth[] }
  | DocumentBody<'incidents', Incident>
  | DocumentBody<'tasks', Task>
  | DocumentBody<'activations', Activation>
  | DocumentBody<'decisions', Decision>

/** Documents that were put or changed, and the ids of those that are no part of the picture any more. */
interface DocumentBody<Name extends string, Document> {
  readonly channel: Name
  readonly put: readonly Document[]
  readonly drop: readonly string[]
}

/** A message on its way: which it is, and when the server (machine clock, epoch ms) received its bytes. */
export interface Trace {
  readonly id: string
  readonly receivedAt: number
}

/**
 * A numbered change of one channel of one World. `at` is the machine time of the server; a screen presents it at
 * `at + PRESENTATION_DELAY`. `merged` counts the deltas that a slow screen got as one.
 */
export interface Delta {
  readonly protocol: typeof PROTOCOL
  readonly world: number
  readonly epoch: number
  readonly from: number
  readonly to: number
  readonly at: number
  readonly catalogueVersion: number
  readonly traces: readonly Trace[]
  readonly merged?: number
  readonly body: Body
}

/** The whole channel at number `seq`. */
export interface Keyframe extends Omit<Delta, 'from' | 'to'> {
  readonly seq: number
}

/** Milliseconds between a delta's `at` and its presentation, so that all tiles of a wall change together. */
export const PRESENTATION_DELAY = 150
/** Milliseconds between deltas. */
export const TICK = 100

/** Where a screen stands in one channel. */
export interface ChannelPosition {
  epoch: number
  seq: number
}

/** The delta does not continue what the screen holds: the gap must be fetched, or a keyframe asked for. */
export class SequenceGap extends Error {
  readonly held: ChannelPosition
  readonly delta: Delta
  constructor(held: ChannelPosition, delta: Delta) {
    super(
      `${delta.body.channel}: holds ${held.epoch}/${held.seq}, delta runs from ${delta.epoch}/${delta.from} to ${delta.to}.`,
    )
    this.held = { ...held }
    this.delta = delta
  }
}

/** The body with everything that changed, or undefined when nothing did. Takes the changes of that channel. */
export function takeBody(now: PictureStore, channel: Channel): Body | undefined {
  const { changed } = now
  if (changed[channel].size === 0) return undefined
  switch (channel) {
    case 'readings':
      return { channel, rows: packReadings(now.readings, changed.readings.take()) }
    case 'movers':
      return { channel, rows: packMovers(now.movers, changed.movers.take()) }
    case 'reports':
      return { channel, ...takeDocuments(now.reports, changed.reports) }
    case 'alarms':
      return { channel, ...takeDocuments(now.alarms, changed.alarms) }
    case 'feeds':
      return { channel, put: takeDocuments(now.feeds, changed.feeds).put }
    case 'incidents':
      return { channel, ...takeDocuments(now.incidents, changed.incidents) }
    case 'tasks':
      return { channel, ...takeDocuments(now.tasks, changed.tasks) }
    case 'activations':
      return { channel, ...takeDocuments(now.activations, changed.activations) }
    case 'decisions':
      return { channel, ...takeDocuments(now.decisions, changed.decisions) }
  }
}

function takeDocuments<Key, Document>(held: Map<Key, Document>, changed: Set<Key>): { put: Document[]; drop: Key[] } {
  const put: Document[] = []
  const drop: Key[] = []
  for (const key of changed) {
    const document = held.get(key)
    if (document === undefined) drop.push(key)
    else put.push(document)
  }
  changed.clear()
  return { put, drop }
}

/** The body of a keyframe: every row that was ever heard, every document. Takes nothing. */
export function wholeBody(now: PictureStore, channel: Channel): Body {
  switch (channel) {
    case 'readings':
      return { channel, rows: packReadings(now.readings, heardRows(now.readings)) }
    case 'movers':
      return { channel, rows: packMovers(now.movers, heardRows(now.movers)) }
    case 'reports':
      return { channel, put: [...now.reports.values()], drop: [] }
    case 'alarms':
      return { channel, put: [...now.alarms.values()], drop: [] }
    case 'feeds':
      return { channel, put: [...now.feeds.values()] }
    case 'incidents':
      return { channel, put: [...now.incidents.values()], drop: [] }
    case 'tasks':
      return { channel, put: [...now.tasks.values()], drop: [] }
    case 'activations':
      return { channel, put: [...now.activations.values()], drop: [] }
    case 'decisions':
      return { channel, put: [...now.decisions.values()], drop: [] }
  }
}

function heardRows(rows: { readonly length: number; readonly state: Uint8Array }): number[] {
  const heard: number[] = []
  for (let no = 0; no < rows.length; no++) if (rows.state[no] !== RowState.never) heard.push(no)
  return heard
}

/**
 * Mutates the picture and the position of its channel. Throws SequenceGap when the delta does not follow; one that
 * lies wholly in the past, or in the term of an earlier leader, is passed over, so a delta may come twice. One that
 * begins in the past is taken: it holds the latest of every key that changed since then.
 */
export function applyDelta(picture: PictureStore, held: ChannelPosition, delta: Delta): ChangedKeys {
  if (isPast(held, delta.epoch, delta.to)) return picture.changed
  if (delta.epoch !== held.epoch || delta.from > held.seq) throw new SequenceGap(held, delta)
  putBody(picture, delta.body)
  picture.catalogueVersion = Math.max(picture.catalogueVersion, delta.catalogueVersion)
  held.seq = delta.to
  return picture.changed
}

const isPast = (held: ChannelPosition, epoch: number, seq: number): boolean =>
  epoch < held.epoch || (epoch === held.epoch && seq <= held.seq)

/** Replaces one channel by its keyframe; one that is older than what the screen holds is passed over. */
export function applyKeyframe(picture: PictureStore, held: ChannelPosition, keyframe: Keyframe): ChangedKeys {
  if (isPast(held, keyframe.epoch, keyframe.seq + 1)) return picture.changed
  emptyChannel(picture, keyframe.body.channel)
  putBody(picture, keyframe.body)
  picture.catalogueVersion = Math.max(picture.catalogueVersion, keyframe.catalogueVersion)
  held.epoch = keyframe.epoch
  held.seq = keyframe.seq
  return picture.changed
}

function emptyChannel(picture: PictureStore, channel: Channel): void {
  const { changed } = picture
  switch (channel) {
    case 'readings':
      return forgetRows(picture.readings, changed.readings)
    case 'movers':
      return forgetRows(picture.movers, changed.movers)
    default:
      return forgetDocuments(picture[channel], changed[channel])
  }
}

function forgetRows(
  rows: { readonly length: number; readonly state: Uint8Array },
  changed: { add(no: number): void },
): void {
  for (let no = 0; no < rows.length; no++) {
    if (rows.state[no] === RowState.never) continue
    rows.state[no] = RowState.never
    changed.add(no)
  }
}

function forgetDocuments(held: Map<unknown, unknown>, changed: Set<unknown>): void {
  for (const key of held.keys()) changed.add(key)
  held.clear()
}

function putBody(picture: PictureStore, body: Body): void {
  switch (body.channel) {
    case 'readings':
      return unpackReadings(picture, body.rows)
    case 'movers':
      return unpackMovers(picture, body.rows)
    case 'reports':
      return putDocuments(picture.reports, picture.changed.reports, body)
    case 'alarms':
      return putDocuments(picture.alarms, picture.changed.alarms, body)
    case 'incidents':
      return putDocuments(picture.incidents, picture.changed.incidents, body)
    case 'tasks':
      return putDocuments(picture.tasks, picture.changed.tasks, body)
    case 'activations':
      return putDocuments(picture.activations, picture.changed.activations, body)
    case 'decisions':
      return putDocuments(picture.decisions, picture.changed.decisions, body)
    case 'feeds':
      for (const health of body.put) {
        picture.feeds.set(health.feed, health)
        picture.changed.feeds.add(health.feed)
      }
  }
}

function putDocuments<Document extends { readonly id: string }>(
  held: Map<string, Document>,
  changed: Set<string>,
  body: { readonly put: readonly Document[]; readonly drop: readonly string[] },
): void {
  for (const document of body.put) {
    held.set(document.id, document)
    changed.add(document.id)
  }
  for (const id of body.drop) {
    held.delete(id)
    changed.add(id)
  }
}
