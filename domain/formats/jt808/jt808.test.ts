import { expect, test } from 'vitest'
import { fromHex } from '../reading'
import { jt808Format } from './format'
import { FrameCutter, type Jt808Message, readFrame, writeFrame } from './frame'
import { MessageJoiner } from './splitMessages'

const SAMPLE = '7E0200002201380013800000420000000000000003021271CA06C623880068014500572107201603050104000012D6A77E'
const bytes = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array()
const part = (no: number, total: number, body: Uint8Array): Uint8Array =>
  writeFrame({ id: 0x0704, phone: '13800138000', serial: 9 + no, part: { no, total }, body })

test('a location of 2013 is read to the last field', () => {
  const { rows, refused } = jt808Format(bytes(SAMPLE))
  expect(refused).toEqual([])
  expect(rows[0]?.fields).toEqual({
    message: '0x0200',
    phone: '13800138000',
    serial: 0x42,
    kind: 'location',
    time: '2021-07-20T16:03:05+08:00',
    alarm: 0,
    status: 3,
    acc: 1,
    latitude: 34.76321,
    longitude: 113.64852,
    altitude: 104,
    speed: 32.5,
    heading: 87,
    crs: 'WGS84',
    mileageKm: 482.2,
  })
})

test('frames of both headers come back as they were, escapes and all', () => {
  const messages: Jt808Message[] = [
    { id: 0x0900, phone: '013800138000', serial: 0x7e7d, body: Uint8Array.of(0x7e, 0x7d, 1, 2, 0x7d) },
    { id: 0x0100, phone: '00000000013800138000', serial: 1, version: 1, body: Uint8Array.of(9) },
    { id: 0x0200, phone: '013800138000', serial: 3, encryption: 1, body: Uint8Array.of(7) },
    { id: 0x0801, phone: '013800138000', serial: 2, part: { total: 3, no: 2 }, body: new Uint8Array(1023).fill(0x7e) },
  ]
  for (const message of messages) {
    const [inner] = new FrameCutter().push(writeFrame(message), 10_000)
    expect(readFrame(inner ?? new Uint8Array())).toEqual({ ok: true, value: message })
  }
})

test('a stream cut anywhere gives the same frames', () => {
  const stream = bytes(SAMPLE + SAMPLE.slice(2) + SAMPLE)
  const whole = new FrameCutter().push(stream)
  expect(whole).toHaveLength(3)
  const cutter = new FrameCutter()
  expect([...stream].flatMap((byte) => cutter.push(Uint8Array.of(byte)))).toEqual(whole)
})

test('what is wrong with a frame is said', () => {
  const reasonOf = (hex: string): string | undefined => jt808Format(bytes(hex)).refused[0]?.reason
  expect(reasonOf(SAMPLE.replace('A77E', 'A67E'))).toBe('checksumWrong')
  expect(reasonOf('7E020000227D03A77E')).toBe('escapeBroken')
  expect(reasonOf(SAMPLE.slice(0, -2))).toBe('frameOpen')
  expect(reasonOf('00')).toBe('noFrame')
})

test('sub-packages in any order make one message; one that is missing is told', () => {
  const location = bytes(SAMPLE.slice(26, -4))
  const batch = Uint8Array.from([0, 2, 1, 0, location.length, ...location, 0, location.length, ...location])
  const [a, b] = [batch.subarray(0, 40), batch.subarray(40)]
  const whole = jt808Format(Uint8Array.from([...part(2, 2, b), ...part(1, 2, a), ...part(1, 2, a)]))
  expect(whole.rows.map(({ fields }) => [fields['history'], fields['mileageKm']])).toEqual([
    [1, 482.2],
    [1, 482.2],
  ])
  expect(jt808Format(part(1, 2, a)).refused[0]?.reason).toBe('partMissing')
})

test('what an encrypted message says is not guessed, also when it came in packages', () => {
  const half = (no: number): Uint8Array =>
    writeFrame({
      id: 0x0704,
      phone: '13800138000',
      serial: no,
      encryption: 1,
      part: { no, total: 2 },
      body: bytes(SAMPLE),
    })
  const { rows, refused } = jt808Format(Uint8Array.from([...half(1), ...half(2)]))
  expect(rows).toEqual([])
  expect(refused.map(({ reason }) => reason)).toEqual(['encrypted'])
})

test('packages that are given up are handed back: the oldest past the bound, and those that wait too long', () => {
  const joiner = new MessageJoiner()
  const first = (serial: number, at: number) =>
    joiner.take({ id: 0x0801, phone: '13800138000', serial, part: { total: 2, no: 1 }, body: new Uint8Array() }, at)
  for (let i = 0; i < 256; i++) expect(first(i, i).kind).toBe('waiting')
  const over = first(300, 300)
  expect(over.kind === 'waiting' ? over.givenUp.map(({ serial }) => serial) : []).toEqual([0])
  expect(joiner.giveUp(3).map(({ serial }) => serial)).toEqual([1, 2])
  expect(joiner.unfinished()).toHaveLength(254)
})
