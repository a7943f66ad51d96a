import { expect, test } from 'vitest'
import { ComponentCodes } from './componentCode'

test('a code has 16 digits and counts per division and class', () => {
  const codes = new ComponentCodes()
  expect(codes.add('360100', 'building')).toBe('3601000501000001')
  expect(codes.add('360100', 'building')).toBe('3601000501000002')
  expect(codes.add('360100', 'road')).toBe('3601000201000001')
  expect(codes.add('360200', 'building')).toBe('3602000501000001')
})

test('with the ledger of an older import every object keeps its code, and no code is given twice', () => {
  const old = new ComponentCodes()
  for (const source of ['way/2', 'way/4', 'way/6']) old.add('360100', 'road', source)
  const codes = new ComponentCodes(old.ledger())
  const given = ['way/1', 'way/2', 'way/4'].map((source) => codes.add('360100', 'road', source).slice(-1))
  expect(given).toEqual(['4', '1', '2'])
  // Gone is not forgotten, and another class or division is another object.
  expect(codes.ledger().map(({ source }) => source)).toEqual(['way/2', 'way/4', 'way/6', 'way/1'])
  expect(codes.add('360100', 'bridge', 'way/2')).toBe('3601000202000001')
  expect(codes.add('360200', 'road', 'way/2')).toBe('3602000201000001')
})
