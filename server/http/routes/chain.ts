import { ChainView } from '@/domain/api/chain'
import { Uuid } from '@/domain/ids'
import { expandChain } from '@/server/chain/expandChain'
import { readIncident, readIncidents } from '@/server/command/incidents/readIncidents'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Route } from '../route'
import { worldIn } from './worlds'

/** The disaster chain around an Incident. */
export function chainRoutes(parts: HttpParts): Route[] {
  const { postgres, catalogue } = parts
  return [
    defineRoute({
      method: 'GET',
      path: '/api/worlds/:world/incidents/:incident/chain',
      action: 'incidents.read',
      summary: 'What may come next of an incident, how likely, by when, what would confirm it, and who should look.',
      answer: ChainView,
      async handle({ params }) {
        const { no: world } = worldIn(parts, params)
        const id = Uuid.parse(params['incident'])
        const { incident } = await readIncident(postgres, { world, id }, false)
        const { incidents } = await readIncidents(postgres, world, false)
        const others = incidents.filter((one) => one.id !== id)
        return expandChain(incident, others, catalogue.worldTime(world))
      },
    }),
  ]
}
