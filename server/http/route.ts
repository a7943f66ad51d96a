import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Action } from '../access/authorise'
import type { Caller } from './caller'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** One entry of the interface: its right, its schemas, its answer. A path without an entry does not exist. */
export interface RouteEntry {
  readonly method: Method
  /** With `:world` and other parameters, as fastify writes them. */
  readonly path: string
  readonly action: Action
  readonly summary: string
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  /** Schema of the answer; none where the answer has no body or is no JSON. */
  readonly answer?: z.ZodType
}

export interface Asked<Query, Body> {
  readonly params: Readonly<Record<string, string>>
  readonly query: Query
  readonly body: Body
  readonly caller: Caller
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** An entry with its handler. What the handler returns is sent; `undefined` is 204. */
export interface Route extends RouteEntry {
  readonly handle: (asked: Asked<unknown, unknown>) => Promise<unknown>
}

/** The answer, a reply that was sent by hand, or nothing. */
type Handled<Answer> = Answer | FastifyReply | undefined

interface RouteSpec<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType> extends RouteEntry {
  readonly query?: Query
  readonly body?: Body
  readonly answer?: Answer
  readonly handle: (
    asked: Asked<z.output<Query>, z.output<Body>>,
  ) => Handled<z.input<Answer>> | Promise<Handled<z.input<Answer>>>
}

/** Ties a handler to its schemas: query and body are parsed before it runs, its answer has the declared type. */
export function defineRoute<
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodUndefined,
>(spec: RouteSpec<Query, Body, Answer>): Route {
  const { handle, ...entry } = spec
  return {
    ...entry,
    async handle(asked) {
      const query = spec.query?.parse(asked.query) as z.output<Query>
      const body = spec.body?.parse(asked.body) as z.output<Body>
      return handle({ ...asked, query, body })
    },
  }
}
