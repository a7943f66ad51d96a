import Fastify from 'fastify'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { RequestListener, Server } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { Forbidden, NotFound } from '@/platform/errors'
import { traced } from '@/platform/log'
import { authorise } from '../access/authorise'
import { NotSignedIn } from '../access/refusals'
import { failureOf } from './apiErrors'
import { callerOf } from './caller'
import type { Caller } from './caller'
import { isOwnMachine } from './guard'
import type { HttpParts } from './parts'
import type { Route, RouteEntry } from './route'
import { DATA_POLICY } from './securityHeaders'
import { traceIdOf } from './traceId'

const JSON_LIMIT = 1024 * 1024
const GZIP_FROM = 8 * 1024
const DURATION_BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
/** What a person with a one-time password may do before changing it. */
const BEFORE_CHANGE = new Set(['session.read', 'session.open', 'session.close', 'password.change'])
const gzipped = promisify(gzip)

export interface ApiOptions {
  readonly parts: HttpParts
  readonly routes: readonly Route[]
  /** Plugins that answer their own paths, with an entry for each of these. */
  readonly plugins: readonly { readonly entries: readonly RouteEntry[]; readonly plugin: FastifyPluginAsync }[]
  /** The node server that this interface answers on; it is listening by others. */
  readonly server: Server
}

export interface Api {
  readonly listener: RequestListener
  readonly entries: readonly RouteEntry[]
  close(): Promise<void>
}

/**
 * The interface under /api, /health and /metrics. Every request passes one gate: who asks, may they, is the session
 * still to be given a password. A path without an entry in the table is refused when it is registered.
 */
export async function createApi({ parts, routes, plugins, server }: ApiOptions): Promise<Api> {
  let listener: RequestListener = () => undefined
  const app = Fastify({
    bodyLimit: JSON_LIMIT,
    genReqId: (request) => traceIdOf(request),
    routerOptions: { maxParamLength: 200 },
    serverFactory: (handler) => {
      listener = handler
      return server
    },
  })
  const entries: readonly RouteEntry[] = [...routes, ...plugins.flatMap(({ entries: own }) => own)]
  const entryOf = new Map(entries.map((entry) => [`${entry.method} ${entry.path}`, entry]))
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) {
      if (one !== 'HEAD' && !entryOf.has(`${one} ${url}`)) throw new RangeError(`Route without an entry: ${one} ${url}`)
    }
  })
  measure(app, parts)
  gate(app, parts, entryOf)
  refusals(app, parts)
  app.addHook('onSend', compress)
  for (const route of routes) app.route(handlerOf(route))
  for (const { plugin } of plugins) await app.register(plugin)
  await app.ready()
  return { listener, entries, close: () => app.close() }
}

const callers = new WeakMap<FastifyRequest, Caller>()

function handlerOf(route: Route) {
  return {
    method: route.method,
    url: route.path,
    exposeHeadRoute: false,
    handler: async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      const caller = callers.get(request)!
      const params = request.params as Record<string, string>
      const answer = await route.handle({ params, query: request.query, body: request.body, caller, request, reply })
      if (answer === undefined && !reply.sent) return reply.code(204).send()
      return answer
    },
  }
}

function gate(app: FastifyInstance, parts: HttpParts, entryOf: ReadonlyMap<string, RouteEntry>): void {
  const needs = {
    sessions: parts.access.sessions,
    feedOfKey: (key: string) => parts.catalogue.feedOfKey(key),
  }
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('content-security-policy', DATA_POLICY).header('cache-control', 'no-store')
    if (request.is404) return
    const { method, url } = request.routeOptions
    const entry = entryOf.get(`${String(method)} ${url ?? ''}`)
    if (entry === undefined) throw new NotFound('http.noSuchPath')
    const caller = await callerOf(request.raw, needs)
    callers.set(request, caller)
    const { world } = request.params as { world?: string }
    const scope = world === undefined ? {} : { world }
    const ownMachine = entry.action === 'metrics.read' && isOwnMachine(request.raw, parts.guard)
    if (caller.mustChangePassword && !BEFORE_CHANGE.has(entry.action)) throw new Forbidden('access.changePassword')
    if (ownMachine || authorise(caller.actor, entry.action, scope)) return
    throw caller.actor === null ? new NotSignedIn('access.signInFirst') : new Forbidden('access.mayNot')
  })
}

function measure(app: FastifyInstance, { metrics }: HttpParts): void {
  const seconds = metrics.histogram({
    name: 'belfry_http_seconds',
    help: 'Time to answer, by path and status.',
    labels: ['method', 'path', 'status'],
    buckets: DURATION_BUCKETS,
  })
  app.addHook('onResponse', (request, reply, done) => {
    const path = request.routeOptions.url ?? 'unknown'
    seconds.observe({ method: request.method, path, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
    done()
  })
}

function refusals(app: FastifyInstance, { log }: HttpParts): void {
  app.setErrorHandler(async (cause, request, reply) => {
    const { status, body, retryAfter } = failureOf(cause, request.id)
    const own = traced(log, request.id)
    if (status >= 500) own.error({ err: cause, path: request.routeOptions.url, status }, 'request failed')
    else own.debug({ code: body.code, path: request.routeOptions.url, status }, 'request refused')
    if (retryAfter !== undefined) void reply.header('retry-after', retryAfter)
    return reply.code(status).send(body)
  })
  app.setNotFoundHandler(async (request, reply) => {
    const { status, body } = failureOf(new NotFound('http.noSuchPath'), request.id)
    return reply.code(status).send(body)
  })
}

async function compress(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (typeof payload !== 'string' || payload.length < GZIP_FROM) return payload
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return payload
  void reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding').removeHeader('content-length')
  return gzipped(payload, { level: 4 })
}
