import type { Body, Channel } from './delta'
import type { PictureStore } from './picture'
import { packMovers, packReadings, packedMoverNos, packedReadingNos } from './wireColumns'

/**
 * The latest truth about everything that the bodies of one channel speak of: what a slow screen gets instead of them.
 * `now` must be at least as new as the last body.
 */
export function mergeBodies(now: PictureStore, channel: Channel, bodies: readonly Body[]): Body {
  switch (channel) {
    case 'readings':
      return { channel, rows: packReadings(now.readings, rowsOf(bodies)) }
    case 'movers':
      return { channel, rows: packMovers(now.movers, rowsOf(bodies)) }
    case 'reports':
      return { channel, ...latest(now.reports, idsOf(bodies)) }
    case 'alarms':
      return { channel, ...latest(now.alarms, idsOf(bodies)) }
    case 'incidents':
      return { channel, ...latest(now.incidents, idsOf(bodies)) }
    case 'tasks':
      return { channel, ...latest(now.tasks, idsOf(bodies)) }
    case 'activations':
      return { channel, ...latest(now.activations, idsOf(bodies)) }
    case 'decisions':
      return { channel, ...latest(now.decisions, idsOf(bodies)) }
    case 'feeds':
      return { channel, put: latest(now.feeds, feedsOf(bodies)).put }
  }
}

function rowsOf(bodies: readonly Body[]): number[] {
  const nos = new Set<number>()
  for (const body of bodies) {
    if (body.channel !== 'readings' && body.channel !== 'movers') continue
    const packed = body.channel === 'readings' ? packedReadingNos(body.rows) : packedMoverNos(body.rows)
    for (const no of packed) nos.add(no)
  }
  return [...nos]
}

function idsOf(bodies: readonly Body[]): Set<string> {
  const ids = new Set<string>()
  for (const body of bodies) {
    if (!('drop' in body)) continue
    for (const document of body.put) ids.add(document.id)
    for (const id of body.drop) ids.add(id)
  }
  return ids
}

const feedsOf = (bodies: readonly Body[]): Set<number> =>
  new Set(bodies.flatMap((body) => (body.channel === 'feeds' ? body.put.map((health) => health.feed) : [])))

function latest<Key, Document>(held: ReadonlyMap<Key, Document>, keys: ReadonlySet<Key>) {
  const put: Document[] = []
  const drop: Key[] = []
  for (const key of keys) {
    const document = held.get(key)
    if (document === undefined) drop.push(key)
    else put.push(document)
  }
  return { put, drop }
}
