import { expect, test } from 'vitest'
import { canStream, insertHead, namedFormat, withoutFormat } from './formats'

test('an insert of data names its parts, also with settings and data in the same text', () => {
  expect(insertHead('INSERT INTO t (a, b) FORMAT Native')).toEqual({
    into: 'INSERT INTO t (a, b)',
    settings: '',
    format: 'Native',
    inline: '',
  })
  expect(insertHead('INSERT INTO t SETTINGS async_insert=1 FORMAT CSV\n1,2\n')).toMatchObject({
    settings: ' SETTINGS async_insert=1',
    format: 'CSV',
    inline: '1,2\n',
  })
})

test.each([
  'INSERT INTO t SELECT 1 FORMAT Null',
  "INSERT INTO t (s) VALUES ('a FORMAT b')",
  'INSERT INTO t WITH 1 AS x SELECT x',
])('%s brings no data of its own', (sql) => {
  expect(insertHead(sql)).toBeUndefined()
})

test('a select names its format at the end, and streams where chunks may follow each other', () => {
  expect(namedFormat('SELECT 1 FORMAT JSONCompact')).toBe('JSONCompact')
  expect(withoutFormat('SELECT 1 FORMAT Native')).toBe('SELECT 1 ')
  expect(canStream('SELECT 1', 'Native')).toBe(true)
  expect(canStream('SELECT 1', 'Parquet')).toBe(false)
  expect(canStream('EXPLAIN AST SELECT 1', 'JSONEachRow')).toBe(false)
})
