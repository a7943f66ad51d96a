import { expect, test } from 'vitest'
import { ComponentCodes } from './componentCode'

test('a code has 16 digits and counts per division and class', () => {
  const codes = new ComponentCodes()
  expect(codes.add('360100', 'building')).toBe('3601000501000001')
  expect(codes.add('360100', 'building')).toBe('3601000501000002')
  expect(codes.add('360100', 'road')).toBe('3601000201000001')
  expect(codes.add('360200', 'building')).toBe('3602000501000001')
})
