import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { Catalogue } from '@/domain/catalogue'
import { WorldList } from '@/domain/api/worlds'
import type { World } from '@/domain/world'
import { NotFound } from '@/platform/errors'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Route } from '../route'

/** The World of a path. @throws NotFound */
export function worldIn(parts: HttpParts, params: Readonly<Record<string, string>>): World {
  const key = params['world'] ?? ''
  const world = parts.catalogue.world(key)
  if (world === undefined) throw new NotFound('world.unknown', { world: key })
  return world
}

export function worldRoutes(parts: HttpParts): Route[] {
  const { catalogue, clock, defaultWorld } = parts
  return [
    defineRoute({
      method: 'GET',
      path: '/api/worlds',
      action: 'picture.read',
      summary: 'All Worlds with their clocks, and the machine time of the server.',
      answer: WorldList,
      handle: () => ({ serverTime: clock.now(), defaultWorld, worlds: [...catalogue.worlds()] }),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/worlds/:world/catalogue',
      action: 'picture.read',
      summary: 'Feeds, Things, properties, Datastreams and Tracks of a World; its ETag is the version.',
      answer: Catalogue,
      handle({ params, request, reply }) {
        const world = worldIn(parts, params)
        const view = catalogue.catalogue(world.no)
        const tag = `"${world.no}-${view.version}"`
        void reply.header('etag', tag).header('cache-control', 'no-cache')
        if (request.headers['if-none-match'] === tag) return reply.code(304).send()
        return view
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/api/worlds/:world/sketch',
      action: 'picture.read',
      summary: 'The ground of an invented World as GeoJSON; an empty collection where there is none.',
      answer: z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) }),
      async handle({ params, reply }) {
        const path = parts.sketchOf(worldIn(parts, params).key)
        void reply.header('cache-control', 'no-cache').type('application/json')
        const text = path === undefined ? '{"type":"FeatureCollection","features":[]}' : await readFile(path, 'utf8')
        return reply.send(text)
      },
    }),
  ]
}
