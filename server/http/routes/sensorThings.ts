import { z } from 'zod'
import { Entities } from '@/server/sensorThings/entities'
import { answerPath } from '@/server/sensorThings/answer'
import { readOptions } from '@/server/sensorThings/options'
import { Uses } from '@/server/sensorThings/uses'
import { parseIso } from '@/domain/feed/timeText'
import { InvalidInput } from '@/platform/errors'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Asked, Route } from '../route'
import { worldIn } from './worlds'

const ROOT = '/api/worlds/:world/sta/v1.1'
const Query = z.record(z.string(), z.string())

/** OGC SensorThings 1.1, read only: entities from the catalogue, Observations from the store, as of a known time. */
export function sensorThingsRoutes(parts: HttpParts): Route[] {
  const uses = new Uses(parts)
  const handle = ({ params, query, caller }: Asked<z.infer<typeof Query>, unknown>): Promise<unknown> => {
    const world = worldIn(parts, params)
    const { catalogue, clickhouse } = parts
    const actor = caller.actor?.kind === 'person' ? `person:${caller.actor.id}` : (caller.actor?.id ?? '-')
    const service = {
      entities: new Entities(catalogue.catalogue(world.no)),
      ...{ clickhouse, world: world.no },
      root: ROOT.replace(':world', encodeURIComponent(world.key)),
      knownTime: knownTimeOf(query['knownTime'], catalogue.worldTime(world.no)),
      onUse: (streams: readonly { readonly feed: Parameters<typeof catalogue.feed>[0] }[]) =>
        uses.used(
          streams.map(({ feed }) => feed),
          actor,
          'sensorThings',
        ),
    }
    return answerPath(service, params['*'] ?? '', readOptions(query))
  }
  const summary = 'SensorThings 1.1: entity sets, entities, navigation and properties, with the query options.'
  const shared = { method: 'GET', action: 'history.read', query: Query, answer: z.unknown(), handle } as const
  return [
    defineRoute({ ...shared, path: ROOT, summary: 'SensorThings 1.1: the entity sets of a World.' }),
    defineRoute({ ...shared, path: `${ROOT}/*`, summary }),
  ]
}

/** `knownTime` looks back: only what was known by then. */
function knownTimeOf(text: string | undefined, now: number): number {
  if (text === undefined) return now
  const at = parseIso(text)
  if (Number.isNaN(at))
    throw new InvalidInput('sensorThings.badQuery', { detail: 'knownTime is a moment with its zone' })
  return at
}
