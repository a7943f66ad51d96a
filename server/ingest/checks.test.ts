import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Datastream, ObservedProperty } from '@/domain/catalogue'
import { Quality } from '@/domain/quality'
import { judge, knownOf, questionOf } from './judge'
import { QualityCheck } from './qualityCheck'
import { RING, StreamMemory, Verdict } from './streamMemory'

describe('memory of re-sends', () => {
  test('agrees with a full history wherever it is sure', () => {
    const step = fc.record({ stream: fc.nat(2), time: fc.nat(200), value: fc.nat(2), future: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const memory = new StreamMemory()
        const history = new Map<string, number>()
        for (const stream of [0, 1, 2]) memory.warm(stream, Number.NEGATIVE_INFINITY)
        for (const [i, { stream, time, value, future }] of steps.entries()) {
          memory.advance(i, i - 9)
          const verdict = memory.judge(stream, time, value)
          const held = history.get(`${stream}/${time}`)
          const truth = held === undefined ? Verdict.fresh : held === value ? Verdict.duplicate : Verdict.correction
          if (verdict !== Verdict.unsure) expect(verdict).toBe(truth)
          if (truth === Verdict.duplicate) continue
          memory.note(stream, time, value, future)
          history.set(`${stream}/${time}`, value)
        }
      }),
    )
  })

  test('is unsure of a stream that it knows nothing of, and of what fell out of the ring', () => {
    const memory = new StreamMemory()
    memory.advance(0, 1)
    expect(memory.judge(7, 10, 1)).toBe(Verdict.unsure)
    memory.warm(7, 5)
    expect(memory.judge(7, 10, 1)).toBe(Verdict.fresh)
    expect(memory.judge(7, 5, 1)).toBe(Verdict.unsure)
    for (let i = 0; i <= RING; i++) memory.note(7, 10 + i, 1)
    expect(memory.judge(7, 10, 1)).toBe(Verdict.unsure)
    expect(memory.judge(7, 11, 1)).toBe(Verdict.duplicate)
    expect(memory.judge(7, 11, 2)).toBe(Verdict.correction)
  })

  test('keeps apart what left the ring before the store had it, until the store has it', () => {
    const memory = new StreamMemory()
    memory.warm(1, Number.NEGATIVE_INFINITY)
    memory.advance(100, 90)
    for (let i = 0; i <= 2 * RING; i++) memory.note(1, i, 5)
    expect(memory.judge(1, 0, 5)).toBe(Verdict.duplicate)
    expect(memory.judge(1, 0, 6)).toBe(Verdict.correction)
    memory.advance(110, 101)
    expect(memory.judge(1, 0, 5)).toBe(Verdict.unsure)
  })

  test('what a cold stream forgot is not fresh once the store has answered', () => {
    const memory = new StreamMemory()
    memory.advance(10, 11)
    for (let i = 0; i <= RING; i++) memory.note(1, 100 + i, 5)
    expect(memory.isCold(1)).toBe(true)
    memory.warm(1, 50)
    expect(memory.judge(1, 100, 5)).toBe(Verdict.unsure)
    expect(memory.judge(1, 1_000, 5)).toBe(Verdict.fresh)
  })

  test('a record ahead of the clock does not make the memory unsure of what comes after it', () => {
    const memory = new StreamMemory()
    memory.warm(1, Number.NEGATIVE_INFINITY)
    memory.advance(10, 11)
    memory.note(1, 9_000, 5, true)
    for (let i = 0; i < 2 * RING; i++) memory.note(1, i, 5)
    expect(memory.judge(1, 500, 5)).toBe(Verdict.fresh)
    expect(memory.judge(1, 0, 5)).toBe(Verdict.unsure)
    expect(memory.judge(1, 9_000, 5)).toBe(Verdict.duplicate)
    expect(memory.judge(1, 9_000, 6)).toBe(Verdict.correction)
    memory.forget(1, 9_000, 5)
    expect(memory.judge(1, 9_000, 5)).toBe(Verdict.fresh)
  })

  test('knows that a late record is new without the store, as far back as this process was there', () => {
    const memory = new StreamMemory()
    memory.advance(10, 11)
    memory.warm(1, 1_000)
    for (let i = 0; i < 5 * RING; i++) memory.note(1, 100_000 + 10 * i, 5)
    expect(memory.judge(1, 100_005, 5)).toBe(Verdict.fresh)
    expect(memory.judge(1, 50_000, 5)).toBe(Verdict.fresh)
    expect(memory.judge(1, 100_010, 5)).toBe(Verdict.unsure)
    expect(memory.judge(1, 1_000, 5)).toBe(Verdict.unsure)
    expect(memory.judge(2, 50_000, 5)).toBe(Verdict.unsure)
  })

  test('a row that left memory after the question is left over, never taken for new', () => {
    const memory = new StreamMemory()
    memory.warm(1, Number.NEGATIVE_INFINITY)
    memory.advance(5, 5)
    for (let i = 0; i <= RING; i++) memory.note(1, i, 5)
    const rows = {
      no: Uint32Array.of(1, 1),
      time: Float64Array.of(0, 500),
      value: Float64Array.of(5, 5),
      quality: undefined,
    }
    expect(questionOf(memory, rows)).toBeUndefined()
    memory.advance(6, 6) // the store has it now: what was kept apart for it goes
    const judging = { memory, check: undefined, at: { knownTime: 0, rate: 1, latenessMs: 0 } }
    const judged = judge(rows, { ...judging, known: undefined })
    expect([[...judged.left], [...judged.take], judged.duplicates]).toEqual([[0], [1], 0])
    const again = { ...rows, no: rows.no.subarray(0, 1), time: rows.time.subarray(0, 1) }
    const question = questionOf(memory, again)
    if (question === undefined) throw new Error('It is asked for now.')
    const held = new Map([['1/0', 5]])
    const known = knownOf(question, { held, newest: new Map() })
    expect(judge(again, { ...judging, known })).toMatchObject({ duplicates: 1, left: new Uint32Array(0) })
  })

  test('asks the store while other servers take in too, and begins anew when they are gone', () => {
    const memory = new StreamMemory()
    memory.warm(1, 0)
    for (let i = 0; i < 5 * RING; i++) memory.note(1, 100 + 10 * i, 5)
    memory.share(true)
    expect(memory.judge(1, 105, 5)).toBe(Verdict.unsure)
    memory.share(false)
    expect(memory.isCold(1)).toBe(true)
    memory.warm(1, 104)
    expect([104, 105].map((time) => memory.judge(1, time, 5))).toEqual([Verdict.unsure, Verdict.fresh])
  })

  test('takes back what did not become durable', () => {
    const memory = new StreamMemory()
    memory.warm(1, Number.NEGATIVE_INFINITY)
    memory.note(1, 10, 3)
    memory.forget(1, 10, 3)
    expect(memory.judge(1, 10, 3)).toBe(Verdict.fresh)
  })
})

describe('quality flags', () => {
  const property = ObservedProperty.parse({
    key: 'level',
    name: { 'zh-CN': '水位', en: 'Level' },
    unit: 'm',
    range: [0, 10],
    maxChangePerMinute: 1,
    stuckAfterSeconds: 300,
  })
  const stream = Datastream.parse({
    no: 600,
    feed: 1,
    key: 'a.level',
    name: property.name,
    thing: 'a',
    property: 'level',
    periodSeconds: 60,
    staleAfterSeconds: 120,
  })
  const at = (knownTime: number) => ({ knownTime, rate: 1, latenessMs: 120_000 })
  const checkOf = (): QualityCheck => {
    const check = new QualityCheck()
    check.learn([stream], () => property)
    return check
  }

  test('a flood of 12 m is flagged, never dropped, and a quiet value carries nothing', () => {
    expect(checkOf().flags(600, 1_000, 12, at(1_000))).toBe(Quality.outOfRange)
    expect(checkOf().flags(600, 1_000, 9, at(1_000))).toBe(0)
  })

  test('a jump is judged by the time between, and only forward', () => {
    const check = checkOf()
    expect(check.flags(600, 0, 1, at(0))).toBe(0)
    expect(check.flags(600, 60_000, 3, at(60_000))).toBe(Quality.rateOfChange)
    expect(check.flags(600, 30_000, 9, at(60_000))).toBe(0)
    expect(check.flags(600, 180_000, 4.5, at(180_000))).toBe(0)
  })

  test('a value that stays the same is stuck after five minutes, and free when it moves', () => {
    const check = checkOf()
    const flags = [0, 1, 2, 3, 4, 5, 6].map((minute) => check.flags(600, minute * 60_000, 2, at(minute * 60_000)))
    expect(flags).toEqual([0, 0, 0, 0, 0, Quality.stuck, Quality.stuck])
    expect(check.flags(600, 420_000, 2.1, at(420_000))).toBe(0)
  })

  test('late and future are measured in the clock of the World', () => {
    expect(checkOf().flags(600, 0, 1, at(6 * 3_600_000))).toBe(Quality.late)
    expect(checkOf().flags(600, 200_000, 1, at(0))).toBe(Quality.future)
    // At 600 times speed a tenth of a second is a minute.
    expect(checkOf().flags(600, 100_000, 1, { knownTime: 0, rate: 600, latenessMs: 0 })).toBe(0)
  })

  test('the count of doubted records holds neither late ones nor corrections', () => {
    const memory = new StreamMemory()
    memory.warm(600, Number.NEGATIVE_INFINITY)
    const rows = {
      no: Uint32Array.of(600, 600, 600, 600),
      time: Float64Array.of(0, 1_000_000, 1_000_000, 1_060_000),
      value: Float64Array.of(1, 2, 2.5, 12),
      quality: undefined,
    }
    const judged = judge(rows, { memory, check: checkOf(), known: undefined, at: at(1_060_000) })
    expect([...judged.quality].slice(0, 3)).toEqual([Quality.late, 0, Quality.correction])
    expect([judged.late, judged.corrections, judged.flagged]).toEqual([1, 1, 1])
  })
})
