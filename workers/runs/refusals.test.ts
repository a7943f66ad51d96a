import { expect, test } from 'vitest'
import { SourceRefused } from '@/workers/city/import/refused'
import { KernelMissing } from '../threads/floodKernel'
import { FloodRefused } from './flood/makeForecast'
import { RainUnknown } from './flood/rainFields'
import { refusalOf } from './refusals'

const failed = (code: string): Error => Object.assign(new Error('it broke'), { code })

test('what broke a run is told by its code: terrain, rain, pump, disk, kernel', () => {
  const of = (cause: unknown): string | undefined => refusalOf(cause)?.code
  expect(of(new FloodRefused({ code: 'pumpWithoutOutfall', field: 'pump' }))).toBe('pumpWithoutOutfall')
  expect(of(new FloodRefused({ code: 'rainOutOfRange', field: 'rain[3]', value: 300 }))).toBe('rainOutOfRange')
  expect(of(new RainUnknown('no gauge'))).toBe('rainUnknown')
  expect(of(new KernelMissing('not compiled'))).toBe('kernelMissing')
  expect(of(new SourceRefused('dem.tif', 'is broken'))).toBe('noTerrain')
  expect(of(failed('ENOENT'))).toBe('noTerrain')
  expect(of(failed('ENOSPC'))).toBe('diskFull')
})

test('a defect of ours is none of these: the thread dies of it and the next rung takes over', () => {
  expect(refusalOf(new TypeError('x is not a function'))).toBeUndefined()
  expect(refusalOf(undefined)).toBeUndefined()
})
