import { deflateSync } from 'node:zlib'

/** Objects of a small extract for tests. Degrees; `members` are `way:1:outer`. */
export interface TrialMap {
  readonly nodes: readonly { id: number; at: readonly [number, number]; tags?: Readonly<Record<string, string>> }[]
  readonly ways?: readonly { id: number; nodes: readonly number[]; tags?: Readonly<Record<string, string>> }[]
  readonly relations?: readonly {
    id: number
    members: readonly string[]
    tags?: Readonly<Record<string, string>>
  }[]
  readonly features?: readonly string[]
  readonly box?: readonly [west: number, south: number, east: number, north: number]
}

/** Writes an OpenStreetMap PBF file, dense nodes, one block, zlib. */
export function trialPbf(map: TrialMap): Buffer {
  const header = Buffer.concat([
    ...(map.box === undefined ? [] : [field(1, boxOf(map.box))]),
    ...(map.features ?? ['OsmSchema-V0.6', 'DenseNodes']).map((name) => field(4, Buffer.from(name))),
    number(32, 1_700_000_000),
  ])
  return Buffer.concat([trialBlob('OSMHeader', header), trialBlob('OSMData', blockOf(map))])
}

/** One blob with its head; `said` is the length that it claims to have unpacked. */
export function trialBlob(type: string, block: Buffer, said = block.length): Buffer {
  const blob = Buffer.concat([number(2, said), field(3, deflateSync(block))])
  const head = Buffer.concat([field(1, Buffer.from(type)), number(3, blob.length)])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(head.length)
  return Buffer.concat([length, head, blob])
}

function blockOf({ nodes, ways = [], relations = [] }: TrialMap): Buffer {
  const strings = new Map<string, number>([['', 0]])
  const text = (value: string): number => {
    const known = strings.get(value)
    if (known !== undefined) return known
    strings.set(value, strings.size)
    return strings.size - 1
  }
  const pairs = (tags: Readonly<Record<string, string>> | undefined): [number, number][] =>
    Object.entries(tags ?? {}).map(([key, value]) => [text(key), text(value)])
  const dense = Buffer.concat([
    field(1, packed(deltas(nodes.map(({ id }) => id)))),
    field(8, packed(deltas(nodes.map(({ at }) => Math.round(at[1] * 1e7))))),
    field(9, packed(deltas(nodes.map(({ at }) => Math.round(at[0] * 1e7))))),
    field(10, packed(nodes.flatMap(({ tags }) => [...pairs(tags).flat(), 0]))),
  ])
  const told = (id: number, tags: Readonly<Record<string, string>> | undefined): Buffer[] => [
    number(1, id),
    field(2, packed(pairs(tags).map(([key]) => key))),
    field(3, packed(pairs(tags).map(([, value]) => value))),
  ]
  const wayFields = ways.map(({ id, nodes: refs, tags }) =>
    field(3, Buffer.concat([...told(id, tags), field(8, packed(deltas(refs)))])),
  )
  const relationFields = relations.map(({ id, members, tags }) => {
    const parts = members.map((member) => member.split(':') as [string, string, string])
    return field(
      4,
      Buffer.concat([
        ...told(id, tags),
        field(8, packed(parts.map(([, , role]) => text(role)))),
        field(9, packed(deltas(parts.map(([, ref]) => Number(ref))))),
        field(10, packed(parts.map(([type]) => ['node', 'way', 'relation'].indexOf(type)))),
      ]),
    )
  })
  const groups = [field(2, dense), ...wayFields, ...relationFields].map((part) => field(2, part))
  const table = Buffer.concat([...strings.keys()].map((value) => field(1, Buffer.from(value))))
  return Buffer.concat([field(1, table), ...groups])
}

function boxOf([west, south, east, north]: readonly [number, number, number, number]): Buffer {
  return Buffer.concat([west, east, north, south].map((side, i) => number(i + 1, zigzag(Math.round(side * 1e9)))))
}

const zigzag = (value: number): number => (value < 0 ? -value * 2 - 1 : value * 2)
const deltas = (values: readonly number[]): number[] => values.map((value, i) => zigzag(value - (values[i - 1] ?? 0)))
const packed = (values: readonly number[]): Buffer => Buffer.concat(values.map(varint))
const number = (key: number, value: number): Buffer => Buffer.concat([varint(key * 8), varint(value)])
const field = (key: number, bytes: Buffer): Buffer => Buffer.concat([varint(key * 8 + 2), varint(bytes.length), bytes])

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  return Buffer.from([...bytes, rest])
}
