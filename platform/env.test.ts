import { expect, test } from 'vitest'
import { BadEnvironment, childEnv, parseRoles, readEnv } from './env'

test('an empty environment gives the defaults of a single machine', () => {
  expect(readEnv({})).toEqual({
    HOST: '127.0.0.1',
    PORT: 3000,
    BELFRY_DATA: '../shared/data',
    BELFRY_VAR: 'var',
    DURABILITY: 'logFsync',
    LOG_LEVEL: 'info',
    BELFRY_THREADS: 1,
    BELFRY_SERVER_ID: 'server1',
    BELFRY_LOG_MAX_BYTES: 2 * 1024 ** 3,
    BELFRY_EXERCISE: 'on',
    MQTT_PORT: 1883,
  })
})

test('an empty variable counts as not set', () => {
  expect(readEnv({ CLICKHOUSE_URL: '', REDIS_URL: '' }).CLICKHOUSE_URL).toBeUndefined()
})

test.each([
  [{ PORT: 'eighty' }, 'PORT must be a number.'],
  [{ PORT: '70000' }, 'PORT must be 65535 or less.'],
  [{ CLICKHOUSE_URL: 'localhost:8123' }, 'CLICKHOUSE_URL is "localhost:8123"; write it like http://'],
  [{ DURABILITY: 'maybe' }, 'DURABILITY must be logFsync, log or store.'],
  [{ HOST: '0.0.0.0' }, 'HOST is 0.0.0.0, which opens Belfry to the network: sign in as admin and change the one-time'],
])('%o is refused with a sentence', (source, sentence) => {
  expect(() => readEnv(source)).toThrow(BadEnvironment)
  expect(() => readEnv(source)).toThrow(sentence)
})

test('every problem gets its own sentence', () => {
  expect(() => readEnv({ PORT: '-1', LOG_LEVEL: 'loud' })).toThrow(/PORT .*\.\nLOG_LEVEL .*\./)
})

test('a wide host is taken when everyone must sign in', () => {
  expect(readEnv({ HOST: '0.0.0.0', BELFRY_ALLOW_REMOTE: 'accounts' }).HOST).toBe('0.0.0.0')
})

test('roles default to all, keep their order, and refuse what they do not know', () => {
  const all = ['intake', 'live', 'web', 'detect'] as const
  expect([...parseRoles([], all)]).toEqual(all)
  expect([...parseRoles(['--roles=web,intake'], all)]).toEqual(['intake', 'web'])
  expect(() => parseRoles(['--roles=wbe'], all)).toThrow('--roles takes intake, live, web, detect; got "wbe".')
  expect(() => parseRoles(['--roles='], all)).toThrow(BadEnvironment)
})

test('a child inherits our environment, with additions and removals', () => {
  const env = childEnv({ BELFRY_TRIAL: '1', PATH: undefined })
  expect([env['BELFRY_TRIAL'], 'PATH' in env]).toEqual(['1', false])
})
