import { type WallTime, wallAsUtc } from './localTime'

const digit = (text: string, at: number): number => {
  const code = text.charCodeAt(at) - 48
  return code >= 0 && code <= 9 ? code : Number.NaN
}
const two = (text: string, at: number): number => digit(text, at) * 10 + digit(text, at + 1)
const four = (text: string, at: number): number => two(text, at) * 100 + two(text, at + 2)

/**
 * Epoch ms of ISO 8601 with a zone, `YYYY-MM-DDTHH:MM[:SS[.fraction]](Z|±HH:MM)`, as zod's `iso.datetime({ offset: true })`
 * takes it, read from `text[start, end)`. NaN for anything else; digits below a millisecond are cut. Hot path: no allocation.
 */
export function parseIso(text: string, start = 0, end = text.length): number {
  if (!isDashed(text, start, end)) return Number.NaN
  const day = dayStart(four(text, start), two(text, start + 5), two(text, start + 8))
  const minutes = minuteOfDay(two(text, start + 11), two(text, start + 14))
  if (text.charCodeAt(start + 16) !== 58) return day + minutes * 60_000 - zoneOffset(text, start + 16, end)
  const second = two(text, start + 17)
  const point = start + 19
  const after = text.charCodeAt(point) === 46 ? fractionEnd(text, point + 1, end) : point
  if (after === point + 1 || !(second < 60)) return Number.NaN
  return day + minutes * 60_000 + second * 1000 + fractionMillis(text, point + 1, after) - zoneOffset(text, after, end)
}

/** `....-..-..T..:` in at least 17 characters. */
function isDashed(text: string, start: number, end: number): boolean {
  if (end - start < 17 || text.charCodeAt(start + 4) !== 45 || text.charCodeAt(start + 7) !== 45) return false
  return text.charCodeAt(start + 10) === 84 && text.charCodeAt(start + 13) === 58
}

// Records of one body are mostly of one day: its start is remembered.
let lastDate = -1
let lastStart = 0

function dayStart(year: number, month: number, day: number): number {
  const date = year * 10_000 + month * 100 + day
  if (date === lastDate) return lastStart
  // Date.UTC takes the years 0 to 99 for 1900 and later.
  if (!(year >= 100 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) return Number.NaN
  lastDate = date
  lastStart = Date.UTC(year, month - 1, day)
  return lastStart
}

const minuteOfDay = (hour: number, minute: number): number =>
  hour < 24 && minute < 60 ? hour * 60 + minute : Number.NaN

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const daysIn = (year: number, month: number): number =>
  month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : (monthDays[month - 1] ?? 0)

function fractionEnd(text: string, start: number, end: number): number {
  let at = start
  while (at < end && digit(text, at) >= 0) at++
  return at
}

function fractionMillis(text: string, start: number, end: number): number {
  let millis = 0
  for (let i = 0; i < 3; i++) millis = millis * 10 + (start + i < end ? digit(text, start + i) : 0)
  return millis
}

/** Offset in ms of `Z` or `±HH:MM` that stands from `at` to `end`; NaN otherwise. */
function zoneOffset(text: string, at: number, end: number): number {
  const sign = text.charCodeAt(at)
  if (sign === 90) return end === at + 1 ? 0 : Number.NaN
  if ((sign !== 43 && sign !== 45) || end !== at + 6 || text.charCodeAt(at + 3) !== 58) return Number.NaN
  const hours = two(text, at + 1)
  const minutes = two(text, at + 4)
  if (!(hours < 24 && minutes < 60)) return Number.NaN
  return (sign === 45 ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

const LOCAL = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?$/
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?$/

/** A date and time without a zone, year first, `-`, `/` or `.` between; the clock may be missing (midnight). */
export function parseWall(text: string): WallTime | undefined {
  const match = LOCAL.exec(text)
  if (match === null) return undefined
  const part = (i: number): number => Number(match[i] ?? 0)
  const wall = {
    year: part(1),
    month: part(2),
    day: part(3),
    hour: part(4),
    minute: part(5),
    second: part(6),
    millisecond: thousandths(match[7]),
  }
  return wallAsUtc(wall) === undefined ? undefined : wall
}

/** A time of day, `HH:MM[:SS[.fraction]]`, in milliseconds since midnight; NaN for anything else. */
export function parseTimeOfDay(text: string): number {
  const match = CLOCK.exec(text)
  if (match === null) return Number.NaN
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)]
  if (!(hour < 24 && minute < 60 && second < 60)) return Number.NaN
  return ((hour * 60 + minute) * 60 + second) * 1000 + thousandths(match[4])
}

const thousandths = (fraction: string | undefined): number =>
  fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000 + 1e-6)
