import type { BuildingUse, HeightSource } from '@/domain/city/cityModel'
import type { FeatureRow } from './glb'

const USES: readonly BuildingUse[] = [
  'residential',
  'commercial',
  'office',
  'industrial',
  'public',
  'school',
  'hospital',
  'transport',
  'agricultural',
  'other',
]
const HEIGHT_SOURCES: readonly HeightSource[] = ['surveyed', 'tag', 'levels', 'rule']
const UNKNOWN_RESIDENTS = 0xff_ff_ff_ff

const enumeration = (names: readonly string[]): object => ({
  valueType: 'UINT8',
  values: names.map((name, value) => ({ name, value })),
})

/** What a client finds out about a building from its feature number, without another question. */
export const METADATA_SCHEMA = {
  id: 'belfry_city_1',
  enums: { use: enumeration(USES), heightSource: enumeration(HEIGHT_SOURCES) },
  classes: {
    building: {
      properties: {
        code: { type: 'STRING', required: true, description: 'Component code, 16 digits' },
        height: { type: 'SCALAR', componentType: 'FLOAT32', required: true, description: 'Ground to eaves, metres' },
        ground: { type: 'SCALAR', componentType: 'FLOAT32', required: true, description: 'Orthometric, metres' },
        use: { type: 'ENUM', enumType: 'use', required: true },
        heightSource: { type: 'ENUM', enumType: 'heightSource', required: true },
        levels: { type: 'SCALAR', componentType: 'UINT16', noData: 0 },
        residents: { type: 'SCALAR', componentType: 'UINT32', noData: UNKNOWN_RESIDENTS },
      },
    },
  },
}

/** The columns of a tile's buildings as buffers, and how the file speaks of them once it knows their first number. */
export function propertyTable(rows: readonly FeatureRow[]) {
  const codes = rows.map(({ building }) => Buffer.from(building.code))
  const offsets = new Uint32Array(rows.length + 1)
  for (const [i, { length }] of codes.entries()) offsets[i + 1] = offsets[i]! + length
  const bodies = [
    Buffer.concat(codes),
    bytesOf(offsets),
    bytesOf(Float32Array.from(rows, ({ building }) => building.height)),
    bytesOf(Float32Array.from(rows, ({ ground }) => ground)),
    bytesOf(Uint8Array.from(rows, ({ building }) => USES.indexOf(building.use))),
    bytesOf(Uint8Array.from(rows, ({ building }) => HEIGHT_SOURCES.indexOf(building.heightSource))),
    bytesOf(Uint16Array.from(rows, ({ building }) => building.levels ?? 0)),
    bytesOf(Uint32Array.from(rows, ({ building }) => building.residents ?? UNKNOWN_RESIDENTS)),
  ]
  const describe = (first: number): object => ({
    class: 'building',
    count: rows.length,
    properties: {
      code: { values: first, stringOffsets: first + 1 },
      height: { values: first + 2 },
      ground: { values: first + 3 },
      use: { values: first + 4 },
      heightSource: { values: first + 5 },
      levels: { values: first + 6 },
      residents: { values: first + 7 },
    },
  })
  return { bodies, describe }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength)
