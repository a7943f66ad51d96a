import { mkdir } from 'node:fs/promises'
import type { CityModel } from '@/domain/city/cityModel'
import { writePackage } from '../package/writePackage'
import type { WrittenPackage } from '../package/writePackage'
import type { CommandContext } from './command'

/** Writes the model's package and says what came of each step. */
export async function savePackage(model: CityModel, context: CommandContext): Promise<WrittenPackage> {
  const { cities, pid, say, elapsed } = context
  await mkdir(cities, { recursive: true })
  let began = elapsed()
  const written = await writePackage(model, {
    cities,
    stamp: `${model.identity.key}-${pid}`,
    progress(step, note) {
      const now = elapsed()
      say(`${step}: ${note}, ${seconds(now - began)}`)
      began = now
    },
  })
  say(`${written.folder}: ${written.files} files, ${megabytes(written.bytes)}, digest ${written.digest.slice(0, 12)}`)
  return written
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`
