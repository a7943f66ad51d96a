import { expect, test } from 'vitest'
import { z } from 'zod'
import { ClickHouseError } from '@/platform/clickhouse/clickhouse'
import { Conflict, Forbidden, InvalidInput, NotFound, Unavailable } from '@/platform/errors'
import { NotSignedIn, TooManyTries } from '../access/refusals'
import { failureOf } from './apiErrors'

test.each([
  [new InvalidInput('x'), 400],
  [new NotSignedIn('x'), 401],
  [new Forbidden('x'), 403],
  [new NotFound('x'), 404],
  [new Conflict('x'), 409],
  [new TooManyTries('x'), 429],
  [new Unavailable('x'), 503],
  [new ClickHouseError('store.unavailable', {}, undefined), 503],
  [new ClickHouseError('store.refused', { code: '62' }, undefined), 500],
  [new Error('secret path /etc/x'), 500],
])('%s is answered %i', (cause, status) => expect(failureOf(cause, 't').status).toBe(status))

test('a defect tells its trace and nothing else', () => {
  const { body } = failureOf(new Error('password is 1234'), 'trace')
  expect(JSON.stringify(body)).not.toContain('1234')
  expect(body).toMatchObject({ code: 'http.defect', traceId: 'trace' })
})

test('a store that is away says when to come again, and not what it said itself', () => {
  const failure = failureOf(
    new ClickHouseError('store.unavailable', { detail: 'at 10.0.0.9', statement: 's' }, undefined),
    't',
  )
  expect(failure.retryAfter).toBeGreaterThan(0)
  expect(JSON.stringify(failure)).not.toContain('10.0.0.9')
})

test('a bad question names the place of the mistake', () => {
  const { error } = z.object({ from: z.number() }).safeParse({ from: 'now' })
  expect(failureOf(error, 't')).toMatchObject({
    status: 400,
    body: { code: 'http.badRequest', args: { where: 'from' } },
  })
})
