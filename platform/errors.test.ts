import { expect, test } from 'vitest'
import { AppError, Conflict, Unavailable } from './errors'

test('an error names itself, its code and its blanks', () => {
  const error = new Conflict('incident.cannotVerify', { status: 'closed' })
  expect(error).toBeInstanceOf(AppError)
  expect([error.name, error.code, error.message]).toEqual([
    'Conflict',
    'incident.cannotVerify',
    'incident.cannotVerify (status=closed)',
  ])
})

test('only an absent service is worth another try, and it keeps its cause', () => {
  const cause = new Error('ECONNREFUSED')
  const error = new Unavailable('store.unavailable', {}, { cause })
  expect([error.retry, new Conflict('x').retry, error.cause]).toEqual([true, false, cause])
})
