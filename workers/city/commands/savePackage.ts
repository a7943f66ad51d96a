import { mkdir } from 'node:fs/promises'
import type { CityModel } from '@/domain/city/cityModel'
import { writePackage } from '../package/writePackage'
import type { PackageStep, WrittenPackage } from '../package/writePackage'
import { BuildingNotice } from './buildingNotice'
import type { CommandContext } from './command'

/** How much of the whole is done when a step ends, by the times it takes; what comes before is the model. */
const SHARE_AFTER: Record<PackageStep, number> = {
  terrain: 0.6,
  vector: 0.8,
  buildings: 0.96,
  roads: 0.98,
  places: 0.99,
  tilesets: 0.99,
}
export const MODEL_SHARE = 0.5

/** Writes the model's package and says what came of each step. */
export async function savePackage(model: CityModel, context: CommandContext): Promise<WrittenPackage> {
  const { cities, pid, say, elapsed } = context
  await mkdir(cities, { recursive: true })
  const notice = new BuildingNotice(cities, model.identity.key)
  let began = elapsed()
  const written = await writePackage(model, {
    cities,
    stamp: `${model.identity.key}-${pid}`,
    progress(step, note) {
      const now = elapsed()
      say(`${step}: ${note}, ${seconds(now - began)}`)
      began = now
      notice.tell(step, SHARE_AFTER[step])
    },
  })
  say(`${written.folder}: ${written.files} files, ${megabytes(written.bytes)}, digest ${written.digest.slice(0, 12)}`)
  return written
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`
