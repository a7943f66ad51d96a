import { expect, test } from 'vitest'
import { splitStatements, withoutComments } from './statements'

test('statements end at a semicolon outside of quotes and comments', () => {
  const sql = `-- first; not here
    SELECT ';', "a;b", 'it\\';s' /* nor; here */ ; SELECT 2;
    -- nothing but a comment;
  `
  expect(splitStatements(sql).map((statement) => withoutComments(statement).replace(/\s+/g, ' '))).toEqual([
    `SELECT ';', "a;b", 'it\\';s'`,
    'SELECT 2',
  ])
})

test('dashes inside quotes are no comment', () => {
  expect(withoutComments(`SELECT '--x' -- y`)).toBe(`SELECT '--x'`)
})
