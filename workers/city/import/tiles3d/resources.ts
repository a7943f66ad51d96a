import { z } from 'zod'

const Named = z.array(z.object({ uri: z.string().optional() })).optional()
const Naming = z.object({ buffers: Named, images: Named })

/**
 * Addresses of the other files that a tile needs: buffers and images of a glTF, alone or inside a b3dm, i3dm or cmpt, and
 * buffers of a subtree. What cannot be read names nothing.
 */
export function resourcesOf(body: Buffer): string[] {
  return headsOf(body).flatMap((head) => {
    const parsed = Naming.safeParse(json(head))
    if (!parsed.success) return []
    const named = [...(parsed.data.buffers ?? []), ...(parsed.data.images ?? [])]
    return named.flatMap(({ uri }) => (uri === undefined || uri.startsWith('data:') ? [] : [uri]))
  })
}

const SUBTREE_HEAD = 24
const GLB_HEAD = 20

function headsOf(body: Buffer): string[] {
  const magic = body.toString('latin1', 0, 4)
  if (body[0] === 0x7b) return [body.toString('utf8')]
  if (magic === 'subt' && body.length >= SUBTREE_HEAD) return [text(body, SUBTREE_HEAD, body.readUInt32LE(8))]
  const heads: string[] = []
  for (let at = body.indexOf('glTF'); at >= 0 && at + GLB_HEAD <= body.length; at = body.indexOf('glTF', at + 4))
    if (body.toString('latin1', at + 16, at + 20) === 'JSON')
      heads.push(text(body, at + GLB_HEAD, body.readUInt32LE(at + 12)))
  return heads
}

const text = (body: Buffer, start: number, length: number): string => body.toString('utf8', start, start + length)

function json(head: string): unknown {
  try {
    return JSON.parse(head) as unknown
  } catch {
    return undefined
  }
}
