import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { readFile } from 'node:fs/promises'
import { metresBetween } from './geometry/ring'
import { SourceRefused } from './refused'
import type { SourceSystem } from './sourceSystem'

/** A source whose places are further off than this is in another system than declared. */
export const LARGEST_RESIDUAL = 1

const Row = z.object({
  key: z.string().min(1),
  x: z.coerce.number(),
  y: z.coerce.number(),
  longitude: z.coerce.number().min(-180).max(180),
  latitude: z.coerce.number().min(-85).max(85),
})

/** How far a known point lies from where the declared system puts it, metres. */
export interface Residual {
  readonly key: string
  readonly residual: number
}

/**
 * Residuals of points known in the source's system (x, y) and in CGCS2000 (longitude, latitude).
 * @throws SourceRefused when the file is broken or a residual is over 1 m; the sentence names all of them.
 */
export async function checkControlPoints(file: string, system: SourceSystem): Promise<Residual[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new SourceRefused(file, 'cannot be opened.', { cause })
  })
  const residuals = readRows(file, text).map(({ key, x, y, longitude, latitude }): Residual => {
    const place = system.toDegrees(x, y)
    const metres = metresBetween(place.longitude, place.latitude, [longitude, latitude])
    return { key, residual: Math.round(metres * 1000) / 1000 }
  })
  const far = residuals.filter(({ residual }) => !(residual <= LARGEST_RESIDUAL))
  if (far.length > 0) {
    const told = far.map(({ key, residual }) => `${key} ${residual} m`).join(', ')
    throw new SourceRefused(
      file,
      `puts ${far.length} of ${residuals.length} control points more than 1 m off: ${told}.`,
    )
  }
  return residuals
}

function readRows(file: string, text: string): z.infer<typeof Row>[] {
  let rows: unknown
  try {
    rows = parse(text, { columns: true, bom: true, trim: true, skip_empty_lines: true })
  } catch (cause) {
    throw new SourceRefused(file, 'is no CSV.', { cause })
  }
  const parsed = z.array(Row).min(1).safeParse(rows)
  if (!parsed.success) throw new SourceRefused(file, 'has no rows key,x,y,longitude,latitude.')
  return parsed.data
}
