import { expect, test } from 'vitest'
import { insertHead } from './formats'

test.each([
  ['INSERT INTO latest_values (stream, value) FORMAT Native', 'Native'],
  ['INSERT INTO t FORMAT JSONEachRow\n{"a":1}', 'JSONEachRow'],
  ['INSERT INTO selected SETTINGS async_insert=0 FORMAT RowBinary', 'RowBinary'],
])('%s brings its data in a format', (sql, format) => expect(insertHead(sql)?.format).toBe(format))

test.each([
  'INSERT INTO t SELECT 1',
  'INSERT INTO t (a, b) SELECT 1, 2',
  'INSERT INTO t (a)VALUES (1)',
  'INSERT INTO t VALUES (1)',
])('%s brings none', (sql) => expect(insertHead(sql)).toBeUndefined())
