import { CityKey } from '@/domain/ids'
import type { ImportOptions } from './options'
import { SourceRefused } from './refused'

/** Refuses options that no package can carry, before hours of reading. @throws SourceRefused */
export function checkIdentity({ out, division, dataDate, timeZone }: ImportOptions): void {
  if (!CityKey.safeParse(out).success)
    throw new SourceRefused('--out', `“${out}”: a city is named by small letters, digits and hyphens, 60 at most.`)
  if (division !== undefined && !/^\d{6}$/.test(division))
    throw new SourceRefused('--division', `“${division}” has not six digits.`)
  if (dataDate !== undefined && !isDay(dataDate))
    throw new SourceRefused('--date', `“${dataDate}” is no day YYYY-MM-DD.`)
  if (timeZone !== undefined && !isZone(timeZone))
    throw new SourceRefused('--time-zone', `“${timeZone}” is no zone such as Asia/Shanghai.`)
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
