import { KeyframeQuery, KeyframeView } from '@/domain/api/picture'
import { Unavailable } from '@/platform/errors'
import { keyframeBody } from '../channelView'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Route } from '../route'
import { worldIn } from './worlds'

/** A program that asks once gets no deltas after it; asked often, a picture is made once a second. */
const OLDEST_MS = 1000

export function pictureRoutes(parts: HttpParts): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/worlds/:world/keyframe',
      action: 'picture.read',
      summary: 'One channel of the live picture, whole, with its number.',
      query: KeyframeQuery,
      answer: KeyframeView,
      handle({ params, query }) {
        const world = worldIn(parts, params)
        const keyframe = parts.live.keyframe(world.no, query.channel, OLDEST_MS)
        if (keyframe === undefined) throw new Unavailable('live.noPicture', { world: world.key })
        const { epoch, seq, at, catalogueVersion } = keyframe
        return { world: world.key, epoch, seq, at, catalogueVersion, body: keyframeBody(keyframe) }
      },
    }),
  ]
}
