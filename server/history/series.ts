import type { Series, SeriesQuery } from '@/domain/api/series'
import type { ObservedProperty } from '@/domain/catalogue'
import { hours } from '@/domain/time'
import { EVER_KNOWN } from './history'
import type { History } from './history'

const USUAL_DAYS = 28
/** Fewer days say nothing about what is usual. */
const LEAST_DAYS = 3
const HOUR = hours(1)
/** In a longer window the band of single hours cannot be seen. */
const LONGEST_BAND = hours(24 * 31)

/** A stream's window, thinned where it has more points than asked for, with its usual band where the property has one. */
export async function seriesOf(history: History, query: SeriesQuery, property: ObservedProperty): Promise<Series> {
  const { stream, from, to, maxPoints } = query
  const window = { from, to, knownTime: query.knownTime ?? EVER_KNOWN }
  const whole = await history.series(stream, window, maxPoints + 1)
  const thinned = whole.length > maxPoints
  const width = Math.max(1, Math.ceil((to - from) / Math.floor(maxPoints / 2)))
  const points = (thinned ? await history.seriesThinned(stream, window, width) : whole).filter(
    ({ value }) => !Number.isNaN(value),
  )
  const hasBand = property.baseline === 'hourOfDay' && to - from <= LONGEST_BAND
  const baseline = hasBand ? await usualBand(history, query) : undefined
  return {
    stream,
    time: points.map(({ time }) => time),
    value: points.map(({ value }) => value),
    quality: points.map(({ quality }) => quality),
    thinned,
    ...(baseline === undefined ? {} : { baseline }),
  }
}

/** The band of the 28 days before the window, laid over its hours; each point stands at the middle of its hour. */
async function usualBand(history: History, query: SeriesQuery): Promise<Series['baseline']> {
  const { stream, from, to } = query
  const before = { from: from - USUAL_DAYS * 24 * HOUR, to: from, knownTime: query.knownTime ?? EVER_KNOWN }
  const rows = (await history.usualByHour(stream, before)).filter(({ days }) => days >= LEAST_DAYS)
  if (rows.length === 0) return undefined
  const byHour = new Map(rows.map((row) => [row.hour, row]))
  const hourOf = hourIn(history.world.timeZone)
  const band = { days: Math.max(...rows.map(({ days }) => days)), time: [], p10: [], p50: [], p90: [] } as Band
  for (let middle = Math.floor(from / HOUR) * HOUR - HOUR / 2; middle <= to + HOUR; middle += HOUR) {
    const usual = byHour.get(hourOf(middle))
    if (usual === undefined) continue
    band.time.push(middle)
    band.p10.push(usual.p10)
    band.p50.push(usual.p50)
    band.p90.push(usual.p90)
  }
  return band
}

type Band = NonNullable<Series['baseline']>

function hourIn(timeZone: string): (moment: number) => number {
  const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone })
  return (moment) => Number(format.format(moment))
}
