import type { Datastream, Thing } from '../catalogue'
import { toCgcs2000 } from '../geodesy/coordinateSystem'
import type { FeedMapping, ThingSpec } from './mapping'

/** A Datastream before it has a number. */
export type StreamDraft = Omit<Datastream, 'no' | 'feed'>

/** The key of the Datastream of a Thing and a property: what records, URLs and screens name it by. */
export const streamKey = (thing: string, property: string): string => `${thing}.${property}`

/** Thing and property of a stream's key: the property is what follows the last dot. */
export function splitStreamKey(key: string): { thing: string; property: string } | undefined {
  const dot = key.lastIndexOf('.')
  return dot <= 0 || dot === key.length - 1 ? undefined : { thing: key.slice(0, dot), property: key.slice(dot + 1) }
}

/** A declared Thing in CGCS2000. */
export function thingOf(mapping: FeedMapping, spec: ThingSpec): Thing {
  const name = spec.name ?? { 'zh-CN': spec.key, en: spec.key }
  const owner = spec.owner ?? mapping.contract.owner
  if (spec.longitude === undefined || spec.latitude === undefined) return { key: spec.key, name, owner }
  const place = toCgcs2000(mapping.things.crs, { longitude: spec.longitude, latitude: spec.latitude })
  return { key: spec.key, name, owner, ...place }
}

/** The Datastreams that a mapping declares for its Things: those listed, or every Thing with each of its properties. */
export function declaredStreams(mapping: FeedMapping, things: readonly ThingSpec[]): StreamDraft[] {
  if (mapping.streams.length > 0)
    return mapping.streams.map((stream) =>
      streamDraft(
        mapping,
        stream,
        things.find((thing) => thing.key === stream.thing),
      ),
    )
  const used = usedProperties(mapping)
  return things.flatMap((thing) =>
    (thing.properties ?? used).map((property) => streamDraft(mapping, { thing: thing.key, property }, thing)),
  )
}

/** The draft of a stream by its key alone, as a first record of an undeclared one makes it; `undefined` for an unknown property. */
export function draftOfKey(mapping: FeedMapping, key: string): StreamDraft | undefined {
  const parts = splitStreamKey(key)
  if (parts === undefined || !mapping.properties.some((property) => property.key === parts.property)) return undefined
  return streamDraft(mapping, parts, undefined)
}

function streamDraft(
  mapping: FeedMapping,
  spec: FeedMapping['streams'][number],
  thing: ThingSpec | undefined,
): StreamDraft {
  const property = mapping.properties.find((candidate) => candidate.key === spec.property)
  const thingName = thing?.name ?? { 'zh-CN': spec.thing, en: spec.thing }
  const of = property?.name ?? { 'zh-CN': spec.property, en: spec.property }
  const periodSeconds = spec.periodSeconds ?? mapping.contract.periodSeconds
  const stale =
    spec.staleAfterSeconds ?? mapping.staleAfterSeconds ?? 2 * periodSeconds + mapping.contract.latenessSeconds
  return {
    key: streamKey(spec.thing, spec.property),
    name: spec.name ?? { 'zh-CN': `${thingName['zh-CN']} ${of['zh-CN']}`, en: `${thingName.en} ${of.en}` },
    thing: spec.thing,
    property: spec.property,
    periodSeconds,
    staleAfterSeconds: stale,
    covered: spec.covered ?? true,
    masked: spec.masked ?? false,
    thresholds: spec.thresholds ?? limitsOf(mapping, spec.property),
  }
}

/** The limits of a property wherever it is measured. */
const limitsOf = (mapping: FeedMapping, property: string): StreamDraft['thresholds'] =>
  mapping.limits.find((limit) => limit.property === property)?.thresholds ?? []

/** Properties that the feed's inputs fill; all declared ones for a push of canonical records. */
function usedProperties(mapping: FeedMapping): string[] {
  const inputs = mapping.source.kind === 'files' ? mapping.source.inputs : [mapping.source.input]
  const keys = new Set<string>()
  for (const input of inputs) {
    if (input?.records.kind !== 'observations') continue
    for (const column of input.records.columns ?? []) keys.add(column.property)
    if (input.records.wide !== undefined) keys.add(input.records.wide.property)
  }
  const canonical = mapping.source.kind !== 'files' && mapping.source.input === undefined
  return canonical ? mapping.properties.map((property) => property.key) : [...keys]
}
