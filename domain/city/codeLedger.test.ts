import { expect, test } from 'vitest'
import { decodeLedger, encodeLedger } from './codeLedger'
import { ComponentCodes } from './componentCode'

test('a ledger comes back as it was written, whatever the keys are', () => {
  const codes = new ComponentCodes()
  for (const source of ['way/1', '学校\t一\n二', '100 %25', 'a\u0085b']) codes.add('360100', 'building', source)
  const text = encodeLedger(codes.ledger())
  expect(text.split('\n')).toHaveLength(5)
  expect(text.startsWith('3601000501000001\tway/1\n')).toBe(true)
  expect(decodeLedger(text)).toEqual(codes.ledger())
})

test.each([
  '',
  'way/1\n',
  '360100050100001\tway/1\n',
  '3601000501000001\t\n',
  '3601000501000001\t%zz\n',
  '3601000501000001\ta',
])('no ledger: %j', (text) => {
  expect(decodeLedger(text)).toBeUndefined()
})

test('one code for two keys is no ledger', () => {
  expect(decodeLedger('3601000501000001\ta\n3601000501000001\tb\n')).toBeUndefined()
})
