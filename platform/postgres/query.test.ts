import { expect, test } from 'vitest'
import { z } from 'zod'
import { byPosition, defineSql, UnexpectedDatabaseRow } from './query'
import type { PreparedSql, Queryable } from './postgres'

test('names become positions, one each; quoted text and casts stay', () => {
  expect(byPosition(`SELECT $b::jsonb, $a, $b WHERE x = '$a costs ''$b'''`)).toEqual({
    text: `SELECT $1::jsonb, $2, $1 WHERE x = '$a costs ''$b'''`,
    names: ['b', 'a'],
  })
})

test('parameters are checked going in, rows coming out', async () => {
  const asked: PreparedSql[] = []
  const db: Queryable = {
    query: (statement) => {
      asked.push(statement)
      return Promise.resolve([{ n: 'not a number' }])
    },
    run: () => Promise.resolve(),
  }
  const count = defineSql({
    name: 'count',
    params: z.object({ world: z.number() }),
    row: z.object({ n: z.number() }),
    sql: 'SELECT count(*) AS n FROM events WHERE world = $world',
  })
  await expect(count(db, { world: 1 })).rejects.toThrow(UnexpectedDatabaseRow)
  expect(asked).toEqual([{ name: 'count', text: 'SELECT count(*) AS n FROM events WHERE world = $1', values: [1] }])
  await expect(count(db, { world: 'x' as unknown as number })).rejects.toThrow(z.ZodError)
  expect(asked).toHaveLength(1)
})
