import { z } from 'zod'
import { ApiError } from '@/domain/api/errors'
import type { RouteEntry } from './route'

type Json = Readonly<Record<string, unknown>>

/** The interface as an OpenAPI 3.1 document, made of the same schemas that check requests. */
export function openApi(entries: readonly RouteEntry[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const entry of entries) {
    const path = entry.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [entry.method.toLowerCase()]: operation(entry) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Belfry', version, description: 'Times are epoch milliseconds unless an answer says otherwise.' },
    paths,
    components: {
      schemas: { ApiError: schema(ApiError, 'output') },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'belfry_session' },
        feedKey: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

function operation(entry: RouteEntry): Json {
  const { query, body, answer } = entry
  const answered =
    answer === undefined
      ? { default: { description: 'No body.' } }
      : { 200: { description: 'OK', content: json(schema(answer, 'output')) } }
  return {
    summary: entry.summary,
    'x-action': entry.action,
    parameters: [...pathParameters(entry.path), ...(query === undefined ? [] : queryParameters(query))],
    ...(body === undefined ? {} : { requestBody: { required: true, content: json(schema(body, 'input')) } }),
    responses: {
      ...answered,
      '4XX': { description: 'Refused', content: json({ $ref: '#/components/schemas/ApiError' }) },
    },
    ...(entry.action === 'records.push' ? { security: [{ feedKey: [] }] } : {}),
  }
}

const json = (content: Json): Json => ({ 'application/json': { schema: content } })

const pathParameters = (path: string): Json[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))

function queryParameters(query: z.ZodType): Json[] {
  const { properties, required } = schema(query, 'input') as { properties?: Record<string, Json>; required?: string[] }
  return Object.entries(properties ?? {}).map(([name, property]) => ({
    name,
    in: 'query',
    required: required?.includes(name) ?? false,
    schema: property,
  }))
}

function schema(type: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(type, { io, unrepresentable: 'any' })
  return rest
}
