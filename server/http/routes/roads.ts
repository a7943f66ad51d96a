import type { ServerResponse } from 'node:http'
import type { z } from 'zod'
import {
  ClosestAnswer,
  ClosestQuestion,
  IsochroneAnswer,
  IsochroneQuestion,
  MatrixAnswer,
  MatrixQuestion,
  NearestAnswer,
  NearestQuestion,
  RouteAnswer,
  RouteQuestion,
} from '@/domain/api/roads'
import type { RoadQuestion } from '@/domain/api/roads'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Route } from '../route'
import { worldIn } from './worlds'

/** Questions on the roads of a World's city as they are now. They are asked by POST because places fill a body. */
export function roadRoutes(parts: HttpParts): Route[] {
  return [
    roadRoute(parts, 'nearest', {
      summary: 'The road at each of some places.',
      body: NearestQuestion,
      answer: NearestAnswer,
    }),
    roadRoute(parts, 'route', {
      summary: 'The way of least time now, as a line and road by road.',
      body: RouteQuestion,
      answer: RouteAnswer,
    }),
    roadRoute(parts, 'matrix', {
      summary: 'Times from each of up to 1 000 places to each of up to 1 000 others.',
      body: MatrixQuestion,
      answer: MatrixAnswer,
    }),
    roadRoute(parts, 'closest', {
      summary: 'The places from which one place is reached first.',
      body: ClosestQuestion,
      answer: ClosestAnswer,
    }),
    roadRoute(parts, 'isochrone', {
      summary: 'What is reached from a place, or reaches it, within some times.',
      body: IsochroneQuestion,
      answer: IsochroneAnswer,
    }),
  ]
}

interface RoadSpec {
  readonly summary: string
  readonly body: z.ZodType
  readonly answer: z.ZodType
}

function roadRoute(parts: HttpParts, kind: RoadQuestion['kind'], spec: RoadSpec): Route {
  return defineRoute({
    method: 'POST',
    path: `/api/worlds/:world/roads/${kind}`,
    action: 'roads.read',
    ...spec,
    async handle({ params, body, caller: { actor }, reply }) {
      const question = { kind, ...(body as object) } as RoadQuestion
      const caller = actor === null ? 'nobody' : `${actor.kind}/${actor.id}`
      const asker = { caller, signal: goneSignal(reply.raw) }
      const text = await parts.roads.ask(worldIn(parts, params), question, asker)
      return reply.type('application/json').send(text)
    },
  })
}

/** Aborts when the connection closes before its answer: nobody computes a matrix for who is gone. */
function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController()
  if (response.destroyed) gone.abort()
  else response.once('close', () => gone.abort())
  return gone.signal
}
