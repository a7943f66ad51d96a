import { z } from 'zod'
import { HealthView } from '@/domain/api/health'
import { openApi } from '../openapi'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Route, RouteEntry } from '../route'

const VERSION = '0.1.0'
const Word = z.object({ state: z.string() })

/** `entries` is asked late: the document names every route, also those registered after this one. */
export function operationRoutes({ health, metrics }: HttpParts, entries: () => readonly RouteEntry[]): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/health/live',
      action: 'health.read',
      summary: 'The process runs and answers.',
      answer: Word,
      handle: () => ({ state: 'live' }),
    }),
    defineRoute({
      method: 'GET',
      path: '/health/ready',
      action: 'health.read',
      summary: 'The server can take records and serve screens: 200, else 503.',
      answer: Word,
      handle({ reply }) {
        const { state } = health.view()
        return reply.code(state === 'ready' ? 200 : 503).send({ state })
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/health',
      action: 'health.read',
      summary: 'Each part with its state and since when.',
      answer: HealthView,
      handle: () => health.view(),
    }),
    defineRoute({
      method: 'GET',
      path: '/metrics',
      action: 'metrics.read',
      summary: 'Metrics of this server in the text form of Prometheus; from the machine itself, or an administrator.',
      handle: async ({ reply }) => reply.type(metrics.contentType).send(await metrics.text()),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/openapi.json',
      action: 'interface.read',
      summary: 'This interface as OpenAPI 3.1.',
      answer: z.record(z.string(), z.unknown()),
      handle: () => openApi(entries(), VERSION),
    }),
  ]
}
