import { AskProposal, UnitProposal } from '@/domain/api/proposals'
import { Unavailable } from '@/platform/errors'
import { readCommitments } from '@/server/command/tasks/taskRows'
import { proposeUnits } from '@/server/dispatch/proposeUnits'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Route } from '../route'
import { worldIn } from './worlds'

/** Proposals of who goes where: nothing is ordered by them. */
export function proposalRoutes(parts: HttpParts): Route[] {
  const { catalogue, live, postgres, roads } = parts
  return [
    defineRoute({
      method: 'POST',
      path: '/api/worlds/:world/proposals',
      action: 'tasks.order',
      summary: 'Which free units reach which incidents first over the roads as they are now, and why not the others.',
      body: AskProposal,
      answer: UnitProposal,
      async handle({ params, body, caller: { actor } }) {
        const world = worldIn(parts, params)
        const picture = live.picture(world.no)
        if (picture === undefined) throw new Unavailable('picture.none')
        const rows = await readCommitments(postgres, world.no)
        const committed = new Map(rows.map(({ unit, task }) => [unit, task]))
        const { tracks } = catalogue.catalogue(world.no)
        const asker = { caller: actor === null ? 'nobody' : `${actor.kind}/${actor.id}` }
        const ground = { world, picture, tracks, committed, now: catalogue.worldTime(world.no), roads, asker }
        return proposeUnits(ground, body)
      },
    }),
  ]
}
