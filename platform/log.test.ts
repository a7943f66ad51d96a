import { expect, test } from 'vitest'
import { createLog, traced } from './log'

function capture(level?: string) {
  const lines: Record<string, unknown>[] = []
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) }
  return { lines, log: createLog('intake', level === undefined ? { destination } : { level, destination }) }
}

test('a line names component, level in words, time and trace', () => {
  const { lines, log } = capture()
  traced(log, 't1').warn({ feed: 7 }, 'late')
  expect(lines[0]).toMatchObject({ component: 'intake', level: 'warn', traceId: 't1', feed: 7, msg: 'late' })
  expect(lines[0]?.['time']).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
})

test('secrets and persons are never written, at any of three levels', () => {
  const { lines, log } = capture()
  log.info({
    password: 'p1',
    request: { headers: { authorization: 'p2', 'set-cookie': 'p3' } },
    caller: { phone: 'p4' },
  })
  expect(JSON.stringify(lines)).not.toMatch(/p[1-4]"/)
  expect(JSON.stringify(lines).match(/\[private\]/g)).toHaveLength(4)
})

test('the level holds back what is below it', () => {
  const { lines, log } = capture('warn')
  log.info('no')
  log.error('yes')
  expect(lines.map((line) => line['msg'])).toEqual(['yes'])
})
