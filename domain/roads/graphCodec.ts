import { z } from 'zod'
import { ROAD_CLASSES } from '../city/cityModel'
import { Names } from '../ids'
import { incoming } from './csrBuilder'
import { checkGraph } from './graphChecks'
import type { RoadGraph } from './roadGraph'

export const GRAPH_FORMAT = 'belfry-roads/1'

/**
 * `roads/graph.bin`, little-endian: u32 length of the head, the head as JSON (format, counts, section table, classes,
 * names, codes), zeros up to a multiple of 8, then each section as it lies in memory, padded to 8 bytes.
 */
const SECTIONS = {
  firstOut: Int32Array,
  head: Int32Array,
  edgeStretch: Int32Array,
  edgeAgainst: Uint8Array,
  edgeAccess: Uint8Array,
  metres: Float32Array,
  roadClass: Uint8Array,
  flags: Uint8Array,
  layer: Int8Array,
  width: Float32Array,
  speedLimit: Uint8Array,
  road: Int32Array,
  nameOf: Int32Array,
  firstVertex: Int32Array,
  vertexLongitude: Int32Array,
  vertexLatitude: Int32Array,
  turnFrom: Int32Array,
  turnTo: Int32Array,
} as const
/** Sections that graphs written before them lack: nothing is forbidden there. */
const LATER: ReadonlySet<string> = new Set(['turnFrom', 'turnTo'])
type SectionName = keyof typeof SECTIONS
const SECTION_NAMES = Object.keys(SECTIONS) as SectionName[]
type Stored = Pick<RoadGraph, SectionName | 'codes' | 'names'>

const Head = z.object({
  format: z.literal(GRAPH_FORMAT),
  classes: z.array(z.string()),
  sections: z.array(z.object({ name: z.string(), offset: z.number().int().min(0), length: z.number().int().min(0) })),
  codes: z.array(z.string().max(40)),
  names: z.array(z.object({ name: Names.optional(), ref: z.string().optional() })),
})

/** Bytes that no road graph can be; the message says what is wrong with them. */
export class BadGraph extends RangeError {}

const pad8 = (length: number): number => (length + 7) & ~7
const text = new TextEncoder()
const untext = new TextDecoder('utf-8', { fatal: true })

/** The bytes of `roads/graph.bin`; the same graph gives the same bytes. What follows from the rest is left out. */
export function encodeGraph(graph: RoadGraph): Uint8Array {
  let at = 0
  const sections = SECTION_NAMES.map((name) => {
    const section = { name, offset: at, length: graph[name].length }
    at += pad8(graph[name].byteLength)
    return section
  })
  const { codes, names } = graph
  const head = text.encode(JSON.stringify({ format: GRAPH_FORMAT, classes: ROAD_CLASSES, sections, codes, names }))
  const start = pad8(4 + head.length)
  const bytes = new Uint8Array(start + at)
  new DataView(bytes.buffer).setUint32(0, head.length, true)
  bytes.set(head, 4)
  for (const { name, offset } of sections) {
    const { buffer, byteOffset, byteLength } = graph[name]
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), start + offset)
  }
  return bytes
}

/** Reads what `encodeGraph` wrote and checks that every index points at something. @throws BadGraph */
export function decodeGraph(bytes: Uint8Array): RoadGraph {
  const { head, start } = readHead(bytes)
  const stored: Partial<Record<SectionName, unknown>> = {}
  for (const name of SECTION_NAMES) stored[name] = sectionOf(bytes, name, { head, start })
  const { codes } = head
  const names = head.names.map(({ name, ref }) => ({
    ...(name === undefined ? {} : { name }),
    ...(ref === undefined ? {} : { ref }),
  }))
  const sections = { ...stored, codes, names } as Stored
  const fault = checkGraph(sections)
  if (fault !== undefined) throw new BadGraph(`The road graph is damaged: ${fault}.`)
  return completed(sections)
}

function readHead(bytes: Uint8Array): { head: z.output<typeof Head>; start: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = bytes.byteLength < 4 ? -1 : view.getUint32(0, true)
  if (length < 2 || 4 + length > bytes.byteLength) throw new BadGraph('The road graph is cut or is no road graph.')
  let json: unknown
  try {
    json = JSON.parse(untext.decode(bytes.subarray(4, 4 + length)))
  } catch (cause) {
    throw new BadGraph('The head of the road graph is no JSON.', { cause })
  }
  const head = Head.safeParse(json)
  if (!head.success) throw new BadGraph(`The head of the road graph breaks ${GRAPH_FORMAT}.`, { cause: head.error })
  if (head.data.classes.join() !== ROAD_CLASSES.join()) throw new BadGraph('The road graph has other road classes.')
  return { head: head.data, start: pad8(4 + length) }
}

function sectionOf(
  bytes: Uint8Array,
  name: SectionName,
  { head, start }: { head: z.output<typeof Head>; start: number },
): Stored[SectionName] {
  const section = head.sections.find((entry) => entry.name === name)
  const kind = SECTIONS[name]
  if (section === undefined) {
    if (LATER.has(name)) return new kind(0)
    throw new BadGraph(`The road graph has no ${name}.`)
  }
  const from = start + section.offset
  const to = from + section.length * kind.BYTES_PER_ELEMENT
  if (to > bytes.byteLength) throw new BadGraph(`The road graph is cut in ${name}.`)
  return new kind(Uint8Array.prototype.slice.call(bytes, from, to).buffer)
}

/** Adds what follows from the stored arrays. */
function completed(stored: Stored): RoadGraph {
  const { firstOut, head, edgeStretch, edgeAgainst, firstVertex, vertexLongitude, vertexLatitude } = stored
  const nodes = firstOut.length - 1
  const tail = new Int32Array(head.length)
  for (let node = 0; node < nodes; node++) tail.fill(node, firstOut[node], firstOut[node + 1])
  const along = new Int32Array(stored.metres.length).fill(-1)
  const against = new Int32Array(stored.metres.length).fill(-1)
  const nodeLongitude = new Int32Array(nodes)
  const nodeLatitude = new Int32Array(nodes)
  for (let edge = 0; edge < head.length; edge++) {
    const [stretch, backwards] = [edgeStretch[edge]!, edgeAgainst[edge] === 1]
    ;(backwards ? against : along)[stretch] = edge
    const [first, last] = [firstVertex[stretch]!, firstVertex[stretch + 1]! - 1]
    const [begin, end] = backwards ? [last, first] : [first, last]
    nodeLongitude[tail[edge]!] = vertexLongitude[begin]!
    nodeLatitude[tail[edge]!] = vertexLatitude[begin]!
    nodeLongitude[head[edge]!] = vertexLongitude[end]!
    nodeLatitude[head[edge]!] = vertexLatitude[end]!
  }
  return { ...stored, ...incoming(head, nodes), tail, along, against, nodeLongitude, nodeLatitude }
}
