import { RoadClosure, CloseRoads, ClosureMade, RoadClosures } from '@/domain/api/roads'
import { NotSignedIn } from '@/server/access/refusals'
import { closeRoads, reopenRoads } from '@/server/command/closeRoads'
import type { ClosureContext } from '@/server/command/closeRoads'
import type { Caller } from '../caller'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Route } from '../route'
import { worldIn } from './worlds'

type Params = Readonly<Record<string, string>>

/** Roads that somebody closed: kept, audited, counted with by the next question, until they are opened again. */
export function closureRoutes(parts: HttpParts): Route[] {
  const { postgres, clock, closures } = parts
  const contextOf = ({ actor }: Caller, params: Params): ClosureContext => {
    if (actor === null) throw new NotSignedIn('access.signInFirst')
    return { actor, postgres, clock, world: worldIn(parts, params), source: params['source'] ?? '' }
  }
  return [
    defineRoute({
      method: 'GET',
      path: '/api/worlds/:world/roads/closures',
      action: 'roads.read',
      summary: 'The closures that routes count with now.',
      answer: RoadClosures,
      handle: ({ params }) => ({ closures: closures.of(worldIn(parts, params)).map((row) => RoadClosure.parse(row)) }),
    }),
    defineRoute({
      method: 'PUT',
      path: '/api/worlds/:world/roads/closures/:source',
      action: 'roads.close',
      summary: 'Close roads under a name; what the same name closed before is replaced.',
      body: CloseRoads,
      answer: ClosureMade,
      async handle({ params, body, caller }) {
        const context = contextOf(caller, params)
        await closeRoads(context, body)
        const missing = await closures.refresh(context)
        return { unmatched: missing === undefined ? null : { codes: [...missing.codes], places: [...missing.places] } }
      },
    }),
    defineRoute({
      method: 'DELETE',
      path: '/api/worlds/:world/roads/closures/:source',
      action: 'roads.close',
      summary: 'Open what was closed under a name.',
      answer: RoadClosures,
      async handle({ params, caller }) {
        const context = contextOf(caller, params)
        await reopenRoads(context)
        await closures.refresh(context)
        return { closures: closures.of(context.world).map((row) => RoadClosure.parse(row)) }
      },
    }),
  ]
}
