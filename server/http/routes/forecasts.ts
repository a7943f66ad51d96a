import { AddModifier, AskForecast, CancelForecast, ForecastList, ForecastView } from '@/domain/api/forecasts'
import { Uuid } from '@/domain/ids'
import { ModelRun, Modifier } from '@/domain/runs/modelRun'
import { hasProduct } from '@/domain/runs/runState'
import { NotSignedIn } from '@/server/access/refusals'
import { addModifier, cancelRun, approveRun, endModifierNow, modifiersOf, promoteRun } from '@/server/forecasts/acts'
import type { Caller } from '../caller'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Route } from '../route'
import { worldIn } from './worlds'

const ALL = '/api/worlds/:world/forecasts'
const ONE = `${ALL}/:run`

export function forecastRoutes(parts: HttpParts): Route[] {
  return [...readRoutes(parts), ...actRoutes(parts), ...modifierRoutes(parts)]
}

type Params = Readonly<Record<string, string>>

function readRoutes(parts: HttpParts): Route[] {
  const { forecasts } = parts
  const held = (params: Params) => forecasts.run(worldIn(parts, params), Uuid.parse(params['run']))
  return [
    defineRoute({
      method: 'GET',
      path: ALL,
      action: 'forecasts.read',
      summary: 'Runs of the flood model, newest first, with modifiers in force and how former forecasts did.',
      answer: ForecastList,
      async handle({ params, caller }) {
        const world = worldIn(parts, params)
        const runs = (await forecasts.runs(world)).map(({ run }) => run).filter((run) => maySee(run, caller))
        return { runs, modifiers: await forecasts.modifiers(world), ...(await forecasts.verified(world)) }
      },
    }),
    defineRoute({
      method: 'GET',
      path: ONE,
      action: 'forecasts.read',
      summary: 'A run with its product: frames, underpasses, rain, quality.',
      answer: ForecastView,
      async handle({ params }) {
        const { run } = await held(params)
        return hasProduct(run.state) ? { run, result: await forecasts.result(run) } : { run }
      },
    }),
    defineRoute({
      method: 'GET',
      path: `${ONE}/frames/:frame`,
      action: 'forecasts.read',
      summary: 'Depths of one moment, packed as the difference from the frame before it (domain/flood/framePack).',
      async handle({ params, reply }) {
        const { run } = await held(params)
        const bytes = await forecasts.frame(run, Number(params['frame']))
        void reply.header('cache-control', 'private, max-age=86400')
        return reply.type('application/octet-stream').send(bytes)
      },
    }),
  ]
}

/** A what-if is its author's own: nobody takes it for the official one. */
const maySee = (run: ModelRun, { actor }: Caller): boolean => run.kind === 'official' || run.author === actor?.id

function actRoutes(parts: HttpParts): Route[] {
  const { forecasts } = parts
  const held = (params: Params) => forecasts.run(worldIn(parts, params), Uuid.parse(params['run']))
  const act = (name: string, summary: string, handle: (params: Params, caller: Caller) => Promise<ModelRun>): Route =>
    defineRoute({
      method: 'POST',
      path: `${ONE}/${name}`,
      action: 'forecasts.act',
      summary,
      answer: ModelRun,
      handle: ({ params, caller }) => handle(params, caller),
    })
  return [
    defineRoute({
      method: 'POST',
      path: ALL,
      action: 'forecasts.act',
      summary: 'Ask for a run on what is known now: official, or a what-if of one’s own beside it.',
      body: AskForecast,
      answer: ModelRun,
      handle({ params, body, caller }) {
        const world = worldIn(parts, params)
        const author = actorOf(caller)
        const modifiers = body.modifiers && modifiersOf(parts, world, { drafts: body.modifiers, author })
        return forecasts.ask(world, {
          ...{ kind: body.kind, author, assumption: body.assumption },
          ...(modifiers === undefined ? {} : { modifiers }),
        })
      },
    }),
    act(
      'approve',
      'Make a product the official one; only an approved one may drive warnings.',
      async (params, caller) => approveRun(parts, await held(params), actorOf(caller)),
    ),
    act('promote', 'Make a what-if part of the official series, not yet approved.', async (params, caller) =>
      promoteRun(parts, await held(params), actorOf(caller)),
    ),
    act('repeat', 'Carry out the same request once more: the same bytes must come.', async (params, caller) =>
      forecasts.repeat(worldIn(parts, params), await held(params), actorOf(caller)),
    ),
    defineRoute({
      method: 'POST',
      path: `${ONE}/cancel`,
      action: 'forecasts.act',
      summary: 'Take a run or its product back, with a reason.',
      body: CancelForecast,
      answer: ModelRun,
      handle: async ({ params, body, caller }) =>
        cancelRun(parts, await held(params), { author: actorOf(caller), reason: body.reason }),
    }),
  ]
}

function modifierRoutes(parts: HttpParts): Route[] {
  return [
    defineRoute({
      method: 'POST',
      path: `${ALL}/modifiers`,
      action: 'forecasts.act',
      summary:
        'Tell the model what data and plans do not: a biased gauge, blocked drains, a pump that stands, a shut gate.',
      body: AddModifier,
      answer: Modifier,
      handle: ({ params, body, caller }) =>
        addModifier(parts, worldIn(parts, params), { draft: body, author: actorOf(caller) }),
    }),
    defineRoute({
      method: 'DELETE',
      path: `${ALL}/modifiers/:modifier`,
      action: 'forecasts.act',
      summary: 'End a modifier now; it stays in the runs that it was part of.',
      async handle({ params, caller }) {
        await endModifierNow(parts, worldIn(parts, params), {
          id: Uuid.parse(params['modifier']),
          author: actorOf(caller),
        })
        return undefined
      },
    }),
  ]
}

function actorOf({ actor }: Caller): string {
  if (actor === null) throw new NotSignedIn('access.signInFirst')
  return actor.id
}
