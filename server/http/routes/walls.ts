import { LayWall, WallOrders, WallView } from '@/domain/api/wall'
import { WallKey } from '@/domain/wall/wallLayout'
import { WallAct } from '@/domain/wall/wallState'
import { NotSignedIn } from '@/server/access/refusals'
import { layOutWall, steerWall, undoWall } from '@/server/command/steerWall'
import type { WallContext } from '@/server/command/steerWall'
import type { Caller } from '../caller'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Route } from '../route'

const wallIn = (params: Readonly<Record<string, string>>): WallKey => WallKey.parse(params['wall'])

export function wallRoutes({ postgres, clock, walls }: HttpParts): Route[] {
  const contextOf = ({ actor }: Caller): WallContext => {
    if (actor === null) throw new NotSignedIn('access.signInFirst')
    return { actor, postgres, clock }
  }
  return [
    defineRoute({
      method: 'GET',
      path: '/api/walls/:wall',
      action: 'walls.read',
      summary:
        'How a wall is put together, what it is told to show, what its screens say, and how far apart they draw.',
      answer: WallView,
      handle: ({ params }) => walls.view(wallIn(params)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/walls/:wall/acts',
      action: 'walls.steer',
      summary: 'Steer a wall: one act, for all of its tiles at once.',
      body: WallAct,
      answer: WallOrders,
      handle: ({ params, body, caller }) => steerWall(contextOf(caller), wallIn(params), body),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/walls/:wall/undo',
      action: 'walls.steer',
      summary: 'Take the last act of steering back.',
      answer: WallOrders,
      handle: ({ params, caller }) => undoWall(contextOf(caller), wallIn(params)),
    }),
    defineRoute({
      method: 'PUT',
      path: '/api/walls/:wall/layout',
      action: 'walls.layOut',
      summary: 'Keep a new geometry of a wall: its tiles, bezels, pitch and farthest seat.',
      body: LayWall,
      answer: WallOrders,
      handle: ({ params, body, caller }) => layOutWall(contextOf(caller), wallIn(params), body),
    }),
  ]
}
