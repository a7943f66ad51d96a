import { z } from 'zod'
import { Conflict, NotFound } from '@/platform/errors'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Route } from '../route'
import { worldIn } from './worlds'

export function feedRoutes(parts: HttpParts): Route[] {
  const { catalogue } = parts
  return [
    defineRoute({
      method: 'POST',
      path: '/api/worlds/:world/feeds/:feed/key',
      action: 'feeds.rotateKey',
      summary: 'Give the producer of a feed a new key, shown this once; the old one ends at once on every server.',
      answer: z.object({ key: z.string() }),
      async handle({ params, caller }) {
        const key = params['feed'] ?? ''
        const feed = catalogue.feedByKey(worldIn(parts, params).no, key)
        if (feed === undefined) throw new NotFound('feed.unknown', { feed: key })
        if (feed.mapping.source.kind === 'files') throw new Conflict('feed.isReplayed', { feed: key })
        return { key: await catalogue.rotateFeedKey(feed.no, `person:${caller.actor?.id ?? ''}`) }
      },
    }),
  ]
}
