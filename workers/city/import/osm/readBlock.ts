import { BrokenMessage, bytesKey, eachField, varintKey } from './message'
import type { Message } from './message'
import type { OsmData, OsmMember, Tags } from './osmData'
import { noTags } from './osmData'

/** What places and tags of one block are written in. */
interface BlockTerms {
  readonly strings: readonly string[]
  readonly keep: readonly boolean[]
  /** Nanodegrees per unit, and of the origin. */
  readonly granularity: number
  readonly latitude: number
  readonly longitude: number
  /** Milliseconds per unit of time. */
  readonly dateGranularity: number
}

// Nothing here reads addresses, sources and notes; without them an extract is half as large.
const UNUSED =
  /^(addr:|source|note|fixme|created_by|attribution|contact:|wikidata|wikipedia|website|phone|opening_hours|tiger:|check_date|image|mapillary|description|alt_name|old_name)/

/** Reads one block of nodes, ways and relations into `data`. @throws BrokenMessage */
export function readBlock(message: Message, data: OsmData): void {
  const groups: Message[] = []
  let strings: string[] = []
  const terms = { granularity: 100, latitude: 0, longitude: 0, dateGranularity: 1000 }
  eachField(message, (key) => {
    if (key === bytesKey(1)) strings = readStrings(message.message())
    else if (key === bytesKey(2)) groups.push(message.message())
    else if (key === varintKey(17)) terms.granularity = message.unsigned()
    else if (key === varintKey(18)) terms.dateGranularity = message.unsigned()
    else if (key === varintKey(19)) terms.latitude = message.integer()
    else if (key === varintKey(20)) terms.longitude = message.integer()
    else return false
    return true
  })
  const block = { ...terms, strings, keep: strings.map((text) => !UNUSED.test(text)) }
  for (const group of groups) readGroup(group, block, data)
}

function readStrings(message: Message): string[] {
  const strings: string[] = []
  eachField(message, (key) => {
    if (key !== bytesKey(1)) return false
    strings.push(Buffer.from(message.bytes()).toString('utf8'))
    return true
  })
  return strings
}

function readGroup(group: Message, block: BlockTerms, data: OsmData): void {
  eachField(group, (key) => {
    if (key === bytesKey(1)) readNode(group.message(), block, data)
    else if (key === bytesKey(2)) readDense(group.message(), block, data)
    else if (key === bytesKey(3)) readWay(group.message(), block, data)
    else if (key === bytesKey(4)) readRelation(group.message(), block, data)
    else return false
    return true
  })
}

/** Nanodegrees to whole 1e-7 degrees. */
const toUnits = (origin: number, granularity: number, value: number): number =>
  Math.round((origin + granularity * value) / 100)

function readNode(message: Message, block: BlockTerms, data: OsmData): void {
  let [id, latitude, longitude] = [Number.NaN, Number.NaN, Number.NaN]
  const keys: number[] = []
  const values: number[] = []
  eachField(message, (key) => {
    if (key === varintKey(1)) id = message.signed()
    else if (key === bytesKey(2)) readPacked(message, keys)
    else if (key === bytesKey(3)) readPacked(message, values)
    else if (key === bytesKey(4)) readInfo(message.message(), block, data)
    else if (key === varintKey(8)) latitude = message.signed()
    else if (key === varintKey(9)) longitude = message.signed()
    else return false
    return true
  })
  const east = toUnits(block.longitude, block.granularity, longitude)
  const north = toUnits(block.latitude, block.granularity, latitude)
  data.addNode(id, east, north)
  const tags = tagsOf(keys, values, block)
  if (tags.size > 0) data.addTaggedNode(id, [east, north], tags)
}

function readDense(message: Message, block: BlockTerms, data: OsmData): void {
  const ids: number[] = []
  const latitudes: number[] = []
  const longitudes: number[] = []
  const tags: number[] = []
  eachField(message, (key) => {
    if (key === bytesKey(1)) readDeltas(message, ids)
    else if (key === bytesKey(5)) readDenseInfo(message.message(), block, data)
    else if (key === bytesKey(8)) readDeltas(message, latitudes)
    else if (key === bytesKey(9)) readDeltas(message, longitudes)
    else if (key === bytesKey(10)) readPacked(message, tags)
    else return false
    return true
  })
  if (latitudes.length !== ids.length || longitudes.length !== ids.length)
    throw new BrokenMessage('Nodes have not as many places as ids.')
  let at = 0
  for (let i = 0; i < ids.length; i++) {
    const east = toUnits(block.longitude, block.granularity, longitudes[i]!)
    const north = toUnits(block.latitude, block.granularity, latitudes[i]!)
    data.addNode(ids[i]!, east, north)
    const start = at
    while (at < tags.length && tags[at] !== 0) at += 2
    if (at > start) addTagged(data, ids[i]!, [east, north], denseTags(tags, [start, at], block))
    at++
  }
}

function addTagged(data: OsmData, id: number, place: readonly [number, number], tags: Tags): void {
  if (tags.size > 0) data.addTaggedNode(id, place, tags)
}

function denseTags(pairs: readonly number[], [start, end]: readonly [number, number], block: BlockTerms): Tags {
  const tags = new Map<string, string>()
  for (let i = start; i + 1 < end; i += 2) addTag(tags, [pairs[i]!, pairs[i + 1]!], block)
  return tags
}

function readWay(message: Message, block: BlockTerms, data: OsmData): void {
  let id = Number.NaN
  const keys: number[] = []
  const values: number[] = []
  const nodes: number[] = []
  eachField(message, (key) => {
    if (key === varintKey(1)) id = message.integer()
    else if (key === bytesKey(2)) readPacked(message, keys)
    else if (key === bytesKey(3)) readPacked(message, values)
    else if (key === bytesKey(4)) readInfo(message.message(), block, data)
    else if (key === bytesKey(8)) readDeltas(message, nodes)
    else return false
    return true
  })
  data.ways.set(id, { id, tags: tagsOf(keys, values, block), nodes: Float64Array.from(nodes) })
}

const MEMBER_TYPES = ['node', 'way', 'relation'] as const

function readRelation(message: Message, block: BlockTerms, data: OsmData): void {
  let id = Number.NaN
  const keys: number[] = []
  const values: number[] = []
  const roles: number[] = []
  const ids: number[] = []
  const types: number[] = []
  eachField(message, (key) => {
    if (key === varintKey(1)) id = message.integer()
    else if (key === bytesKey(2)) readPacked(message, keys)
    else if (key === bytesKey(3)) readPacked(message, values)
    else if (key === bytesKey(4)) readInfo(message.message(), block, data)
    else if (key === bytesKey(8)) readPacked(message, roles)
    else if (key === bytesKey(9)) readDeltas(message, ids)
    else if (key === bytesKey(10)) readPacked(message, types)
    else return false
    return true
  })
  if (roles.length !== ids.length || types.length !== ids.length)
    throw new BrokenMessage('A relation has not as many roles as members.')
  const members = ids.map((member, i): OsmMember => {
    const type = MEMBER_TYPES[types[i]!]
    if (type === undefined) throw new BrokenMessage('A relation has a member of no known type.')
    return { type, id: member, role: stringAt(block, roles[i]!) }
  })
  data.relations.set(id, { id, tags: tagsOf(keys, values, block), members })
}

function tagsOf(keys: readonly number[], values: readonly number[], block: BlockTerms): Tags {
  if (keys.length === 0) return noTags()
  if (keys.length !== values.length) throw new BrokenMessage('An object has not as many values as keys.')
  const tags = new Map<string, string>()
  keys.forEach((key, i) => addTag(tags, [key, values[i]!], block))
  return tags.size === 0 ? noTags() : tags
}

function addTag(tags: Map<string, string>, [key, value]: readonly [number, number], block: BlockTerms): void {
  const name = stringAt(block, key)
  if (block.keep[key] === true) tags.set(name, stringAt(block, value))
}

function stringAt(block: BlockTerms, index: number): string {
  const text = block.strings[index]
  if (text === undefined) throw new BrokenMessage('A tag points outside its block.')
  return text
}

function readInfo(message: Message, block: BlockTerms, data: OsmData): void {
  eachField(message, (key) => {
    if (key !== varintKey(2)) return false
    noteMoment(data, message.integer() * block.dateGranularity)
    return true
  })
}

function readDenseInfo(message: Message, block: BlockTerms, data: OsmData): void {
  const moments: number[] = []
  eachField(message, (key) => {
    if (key !== bytesKey(2)) return false
    readDeltas(message, moments)
    return true
  })
  for (const moment of moments) noteMoment(data, moment * block.dateGranularity)
}

function noteMoment(data: OsmData, milliseconds: number): void {
  const seconds = milliseconds / 1000
  // 2100: a later moment is a broken field, not a date.
  if (seconds > data.newest && seconds < 4_102_444_800) data.newest = seconds
}

function readPacked(message: Message, into: number[]): void {
  const packed = message.message()
  while (packed.hasMore) into.push(packed.unsigned())
}

function readDeltas(message: Message, into: number[]): void {
  const packed = message.message()
  let value = 0
  while (packed.hasMore) {
    value += packed.signed()
    into.push(value)
  }
}
