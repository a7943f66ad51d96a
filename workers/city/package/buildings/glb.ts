import type { Building } from '@/domain/city/cityModel'
import type { Mesh } from './mesh'
import { METADATA_SCHEMA, propertyTable } from './metadata'

/** Bytes of a vertex: place (3 × int16 + 2), normal (3 × int8 + 1), feature (uint16 + 2), run and height (2 × int16). */
const STRIDE = 20
const [BYTE, SHORT, UNSIGNED_SHORT, UNSIGNED_INT] = [5120, 5122, 5123, 5125] as const
const [VERTICES, INDICES] = [34_962, 34_963] as const
const LONGEST_RUN = 32_767

/** What a row of the property table says. */
export interface FeatureRow {
  readonly building: Building
  /** Orthometric metres of the ground it stands on. */
  readonly ground: number
}

/**
 * A binary glTF of one mesh. Places are whole steps of one size (KHR_mesh_quantization), at most a 65 534th of the tile;
 * each vertex names its row of the property table (EXT_mesh_features, EXT_structural_metadata).
 */
export function encodeGlb(mesh: Mesh, rows: readonly FeatureRow[]): Buffer {
  const packed = packVertices(mesh)
  const wide = mesh.features.length > 65_535
  const indices = wide ? Uint32Array.from(mesh.indices) : Uint16Array.from(mesh.indices)
  const table = propertyTable(rows)
  const bodies = [packed.bytes, bytesOf(indices), ...table.bodies]
  const { bin, views } = joined(bodies)
  const bufferViews = views.map((view, i) => ({ buffer: 0, ...view, ...TARGETS[i] }))
  const count = mesh.features.length
  const attribute = (byteOffset: number, componentType: number, type: string, rest: object = {}) => ({
    ...{ bufferView: 0, byteOffset, componentType, count, type },
    ...rest,
  })
  const json = {
    asset: { version: '2.0', generator: 'belfry-city/1' },
    extensionsUsed: ['EXT_mesh_features', 'EXT_structural_metadata', 'KHR_mesh_quantization'],
    extensionsRequired: ['KHR_mesh_quantization'],
    extensions: { EXT_structural_metadata: { schema: METADATA_SCHEMA, propertyTables: [table.describe(2)] } },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0, translation: packed.centre, scale: [packed.step, packed.step, packed.step] }],
    materials: [
      { pbrMetallicRoughness: { baseColorFactor: [0.6, 0.62, 0.64, 1], metallicFactor: 0, roughnessFactor: 1 } },
    ],
    meshes: [{ primitives: [primitive(rows.length)] }],
    buffers: [{ byteLength: bin.length }],
    bufferViews,
    accessors: [
      attribute(0, SHORT, 'VEC3', { min: packed.least, max: packed.most }),
      attribute(8, BYTE, 'VEC3', { normalized: true }),
      attribute(12, UNSIGNED_SHORT, 'SCALAR'),
      attribute(16, SHORT, 'VEC2'),
      { bufferView: 1, componentType: wide ? UNSIGNED_INT : UNSIGNED_SHORT, count: indices.length, type: 'SCALAR' },
    ],
  }
  return container(Buffer.from(JSON.stringify(json)), bin)
}

const TARGETS: readonly object[] = [{ byteStride: STRIDE, target: VERTICES }, { target: INDICES }]

const primitive = (featureCount: number): object => ({
  attributes: { POSITION: 0, NORMAL: 1, _FEATURE_ID_0: 2, TEXCOORD_0: 3 },
  indices: 4,
  material: 0,
  extensions: { EXT_mesh_features: { featureIds: [{ featureCount, attribute: 0, propertyTable: 0 }] } },
})

interface Packed {
  readonly bytes: Buffer
  readonly centre: readonly number[]
  /** Metres. */
  readonly step: number
  readonly least: readonly number[]
  readonly most: readonly number[]
}

function packVertices({ positions, normals, features, runs }: Mesh): Packed {
  const { centre, step } = steps(positions)
  const bytes = Buffer.alloc(features.length * STRIDE)
  const least = [Infinity, Infinity, Infinity]
  const most = [-Infinity, -Infinity, -Infinity]
  for (let i = 0; i < features.length; i++) {
    const at = i * STRIDE
    for (let axis = 0; axis < 3; axis++) {
      const value = Math.round((positions[i * 3 + axis]! - centre[axis]!) / step)
      least[axis] = Math.min(least[axis]!, value)
      most[axis] = Math.max(most[axis]!, value)
      bytes.writeInt16LE(value, at + axis * 2)
      bytes.writeInt8(Math.round(normals[i * 3 + axis]! * 127), at + 8 + axis)
    }
    bytes.writeUInt16LE(features[i]!, at + 12)
    bytes.writeInt16LE(decimetres(runs[i * 2]!), at + 16)
    bytes.writeInt16LE(decimetres(runs[i * 2 + 1]!), at + 18)
  }
  return { bytes, centre, step, least, most }
}

const decimetres = (metres: number): number => Math.max(-LONGEST_RUN, Math.min(LONGEST_RUN, Math.round(metres * 10)))

/** One step size for all axes, so that normals stay right; whole sixteenths of a metre for the middle. */
function steps(positions: readonly number[]) {
  const centre: number[] = []
  let half = 0
  for (let axis = 0; axis < 3; axis++) {
    let [low, high] = [Infinity, -Infinity]
    for (let i = axis; i < positions.length; i += 3) {
      low = Math.min(low, positions[i]!)
      high = Math.max(high, positions[i]!)
    }
    centre.push(Math.round((low + high) * 8) / 16)
    half = Math.max(half, high - centre[axis]!, centre[axis]! - low)
  }
  return { centre, step: Math.fround(Math.max(half, 1) / 32_766) }
}

const bytesOf = (array: Uint16Array | Uint32Array): Buffer =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength)

/** Each body begins at a multiple of eight, as property tables demand. */
function joined(bodies: readonly Buffer[]) {
  const views: { byteOffset: number; byteLength: number }[] = []
  let at = 0
  for (const { length } of bodies) {
    views.push({ byteOffset: at, byteLength: length })
    at = Math.ceil((at + length) / 8) * 8
  }
  const bin = Buffer.alloc(at)
  for (const [i, body] of bodies.entries()) bin.set(body, views[i]!.byteOffset)
  return { bin, views }
}

function container(json: Buffer, bin: Buffer): Buffer {
  // 12 bytes of header, 8 of each chunk: with text of 4 more than a multiple of 8 the data begins at one of 8.
  const text = Buffer.alloc(Math.ceil((json.length - 4) / 8) * 8 + 4, ' ')
  text.set(json)
  const head = Buffer.alloc(20)
  head.write('glTF', 0, 'latin1')
  head.writeUInt32LE(2, 4)
  head.writeUInt32LE(28 + text.length + bin.length, 8)
  head.writeUInt32LE(text.length, 12)
  head.write('JSON', 16, 'latin1')
  const binHead = Buffer.alloc(8)
  binHead.writeUInt32LE(bin.length, 0)
  binHead.write('BIN\0', 4, 'latin1')
  return Buffer.concat([head, text, binHead, bin])
}
