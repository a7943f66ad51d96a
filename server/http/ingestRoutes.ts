import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { IngestReceipt } from '@/domain/api/ingest'
import type { EpochMillis } from '@/domain/time'
import type { Clock } from '@/platform/clock'
import { Conflict, Forbidden, NotFound } from '@/platform/errors'
import { NotSignedIn } from '../access/refusals'
import type { CatalogueStore } from '../catalogue/catalogueStore'
import type { FeedRecord } from '../catalogue/feedRecord'
import { BodyRefused } from '../ingest/bodyRefused'
import type { Ingest } from '../ingest/createIngest'
import type { RouteEntry } from './route'
import { traceIdOf } from './traceId'

const PATH = '/api/worlds/:world/feeds/:feed/records'
/** Of the body as it comes; inflated it may have four times as much. */
const BODY_LIMIT = 16 * 1024 ** 2

interface Parts {
  readonly ingest: Pick<Ingest, 'push'>
  readonly catalogue: CatalogueStore
  readonly clock: Clock
}

/** The path on which producers push records, with `Authorization: Bearer <feed key>`. */
export function ingestRoutes({ ingest, catalogue, clock }: Parts): {
  entries: readonly RouteEntry[]
  plugin: FastifyPluginAsync
} {
  const entry: RouteEntry = {
    method: 'POST',
    path: PATH,
    action: 'records.push',
    summary: 'Push records as NDJSON or JSON, gzip or plain. What the receipt counts as accepted is durable.',
    answer: IngestReceipt,
  }
  const plugin: FastifyPluginAsync = (app) => {
    const arrivals = new WeakMap<FastifyRequest, EpochMillis>()
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
      done(null, body),
    )
    app.addHook('onRequest', (request, _reply, done) => {
      arrivals.set(request, clock.now())
      done()
    })
    app.post(PATH, { bodyLimit: BODY_LIMIT, exposeHeadRoute: false }, async (request, reply) => {
      const feed = feedOf(catalogue, request)
      const traceId = traceIdOf(request.raw)
      const { 'content-type': contentType = '', 'content-encoding': contentEncoding = '' } = request.headers
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const receivedAt = arrivals.get(request) ?? clock.now()
      try {
        return await ingest.push({ feed, body, contentType, contentEncoding, traceId, receivedAt })
      } catch (cause) {
        if (!(cause instanceof BodyRefused)) throw cause
        return reply
          .code(cause.status)
          .send({ code: cause.code, message: String(cause.args['detail']), args: {}, traceId })
      }
    })
    return Promise.resolve()
  }
  return { entries: [entry], plugin }
}

/** The feed that the key opens, if it is the one that the path names. */
function feedOf(catalogue: CatalogueStore, request: FastifyRequest): FeedRecord {
  const { world, feed } = request.params as { world: string; feed: string }
  const key = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const own = key === undefined ? undefined : catalogue.feedOfKey(key)
  if (own === undefined) throw new NotSignedIn('ingest.keyUnknown')
  const asked = catalogue.world(world)
  if (asked === undefined) throw new NotFound('world.unknown', { world })
  if (own.world !== asked.no)
    throw new Conflict('ingest.wrongWorld', { world, own: catalogue.worldByNo(own.world)?.key })
  if (catalogue.feedByKey(asked.no, feed) === undefined) throw new NotFound('feed.unknown', { feed })
  if (own.standing === 'blocked') throw new Forbidden('feed.blocked', { feed, reason: own.standingReason })
  if (own.key !== feed) throw new Forbidden('ingest.wrongFeed', { feed, own: own.key })
  return own
}
