import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { CityChoice, CityView } from '@/domain/api/city'
import { cityOf } from '@/domain/world'
import { NotFound } from '@/platform/errors'
import { PackedFiles } from '@/server/cities/packedFiles'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Route } from '../route'
import { worldIn } from './worlds'

/** What a screen's first look at a city of 60 000 buildings needs, twice over. */
const PACKED_BYTES = 96 * 1024 * 1024

export function cityRoutes(parts: HttpParts): Route[] {
  return [...choiceRoutes(parts), tileRoute(parts)]
}

function choiceRoutes(parts: HttpParts): Route[] {
  const { catalogue, cities, clock } = parts
  return [
    defineRoute({
      method: 'GET',
      path: '/api/worlds/:world/city',
      action: 'picture.read',
      summary: 'The city package that a World shows: its manifest, and where its files lie.',
      answer: CityView,
      async handle({ params }) {
        const city = cityOf(worldIn(parts, params))
        const shelved = await cities.find(city)
        if (shelved !== undefined) {
          const { digest, manifest } = shelved
          return { root: `/tiles/${city}/${digest}`, digest, manifest }
        }
        const progress = await cities.progress(city, clock.now())
        throw progress === undefined ? new NotFound('city.none', { city }) : new NotFound('city.building', progress)
      },
    }),
    defineRoute({
      method: 'PUT',
      path: '/api/worlds/:world/city',
      action: 'worlds.setCity',
      summary: 'Give a World another city package; null gives it back to the package of its own key.',
      body: CityChoice,
      answer: z.object({ city: z.string() }),
      async handle({ params, body: { city }, caller }) {
        const world = worldIn(parts, params)
        if (city !== null && (await cities.find(city)) === undefined) throw new NotFound('city.none', { city })
        return { city: cityOf(await catalogue.setCity(world.no, city, `person:${caller.actor?.id ?? ''}`)) }
      },
    }),
  ]
}

/** The digest is in the path, so a file never changes under its address. */
function tileRoute({ cities }: HttpParts): Route {
  const packed = new PackedFiles(PACKED_BYTES)
  return defineRoute({
    method: 'GET',
    path: '/tiles/:city/:digest/*',
    action: 'picture.read',
    summary: 'A file of a city package, by the digest of the package.',
    async handle({ params, request, reply }) {
      const { city = '', digest = '', '*': path = '' } = params
      const shelved = await cities.find(city)
      if (shelved?.digest !== digest) throw new NotFound('city.changed', { city })
      const tag = `"${shelved.files.get(path) ?? ''}"`
      void reply.header('cache-control', 'private, max-age=31536000, immutable').header('vary', 'accept-encoding')
      if (request.headers['if-none-match'] === tag) return reply.header('etag', tag).code(304).send()
      const file = await packed.open(shelved, path, request.headers['accept-encoding'] ?? '')
      if (file === undefined) {
        void reply.removeHeader('cache-control')
        throw new NotFound('city.noSuchFile', { path })
      }
      void reply.header('etag', tag).type(file.type)
      if (file.packing !== 'none') return reply.header('content-encoding', file.packing).send(file.body)
      return sendPart(reply, file.body, request.headers.range)
    },
  })
}

/** The whole body, or the one stretch of it that was asked for: a raster is read in pieces. */
function sendPart(reply: FastifyReply, body: Buffer, range: string | undefined): FastifyReply {
  void reply.header('accept-ranges', 'bytes')
  const asked = /^bytes=(\d+)-(\d*)$/.exec(range ?? '')
  if (asked === null) return reply.send(body)
  const from = Number(asked[1])
  const to = asked[2] === '' ? body.length - 1 : Math.min(Number(asked[2]), body.length - 1)
  if (from > to) return reply.header('content-range', `bytes */${body.length}`).code(416).send()
  return reply
    .header('content-range', `bytes ${from}-${to}/${body.length}`)
    .code(206)
    .send(body.subarray(from, to + 1))
}
