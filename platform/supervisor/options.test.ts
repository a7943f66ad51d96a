import { expect, test } from 'vitest'
import { readEnv } from '../env'
import { localAddress } from './health'
import { readOptions } from './options'

const env = readEnv({ PORT: '4000' })

test('the command line wins over the environment', () => {
  expect(readOptions([], env)).toEqual({ host: '127.0.0.1', port: 4000, exercise: true })
  expect(readOptions(['--port', '4001', '--no-exercise'], env)).toMatchObject({ port: 4001, exercise: false })
  expect(readOptions([], readEnv({ BELFRY_EXERCISE: 'off' })).exercise).toBe(false)
})

test.each([
  [['--port', 'x'], '--port takes a number'],
  [['--port', '0'], '--port takes a number'],
  [['--prot', '1'], "Unknown option '--prot'"],
])('%j is refused with a sentence', (argv, sentence) => {
  expect(() => readOptions(argv, env)).toThrow(sentence)
})

test('a wide bind is reached by loopback, an IPv6 address is bracketed', () => {
  expect(localAddress('0.0.0.0', 1)).toBe('http://127.0.0.1:1')
  expect(localAddress('::1', 1)).toBe('http://[::1]:1')
})
