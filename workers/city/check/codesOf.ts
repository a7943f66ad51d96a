import { z } from 'zod'

const Head = z.object({
  bufferViews: z.array(z.object({ byteOffset: z.number().int().min(0), byteLength: z.number().int().min(0) })),
  extensions: z.object({
    EXT_structural_metadata: z.object({
      propertyTables: z.tuple([
        z.object({
          count: z.number().int().min(0),
          properties: z.object({ code: z.object({ values: z.number().int(), stringOffsets: z.number().int() }) }),
        }),
      ]),
    }),
  }),
})

/** The codes of a mesh's property table, or nothing when it has none that can be read. */
export function codesOf(glb: Buffer): readonly string[] | undefined {
  try {
    const jsonLength = glb.readUInt32LE(12)
    const head = Head.parse(JSON.parse(glb.toString('utf8', 20, 20 + jsonLength)))
    const [table] = head.extensions.EXT_structural_metadata.propertyTables
    const view = (index: number): Buffer => {
      const { byteOffset, byteLength } = head.bufferViews[index] ?? { byteOffset: 0, byteLength: 0 }
      return glb.subarray(28 + jsonLength + byteOffset, 28 + jsonLength + byteOffset + byteLength)
    }
    const { values, stringOffsets } = table.properties.code
    const [texts, offsets] = [view(values), view(stringOffsets)]
    return Array.from({ length: table.count }, (_, i) =>
      texts.toString('latin1', offsets.readUInt32LE(i * 4), offsets.readUInt32LE(i * 4 + 4)),
    )
  } catch {
    return undefined
  }
}
