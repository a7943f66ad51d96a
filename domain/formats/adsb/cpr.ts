/** One half of a compact position report: 17-bit fractions of a zone. */
export interface CprHalf {
  readonly odd: boolean
  readonly latitude: number
  readonly longitude: number
}

const MAX = 131_072
const modulo = (a: number, b: number): number => ((a % b) + b) % b

/** Longitude zones at a latitude, 1 at the poles to 59 at the equator. */
export function longitudeZones(latitude: number): number {
  const angle = Math.abs(latitude)
  if (angle < 1e-9) return 59
  if (angle > 87) return 1
  if (Math.abs(angle - 87) < 1e-9) return 2
  const a = 1 - Math.cos(Math.PI / 30)
  const b = Math.cos((Math.PI / 180) * angle) ** 2
  return Math.floor((2 * Math.PI) / Math.acos(1 - a / b))
}

/** Degrees from an even and an odd half (ICAO Annex 10, airborne); `undefined` when they lie in different zones. */
export function globalPosition(
  even: CprHalf,
  odd: CprHalf,
  newestOdd: boolean,
): { readonly latitude: number; readonly longitude: number } | undefined {
  const [evenLat, oddLat] = [even.latitude / MAX, odd.latitude / MAX]
  const index = Math.floor(59 * evenLat - 60 * oddLat + 0.5)
  const latEven = signed((360 / 60) * (modulo(index, 60) + evenLat))
  const latOdd = signed((360 / 59) * (modulo(index, 59) + oddLat))
  if (Math.abs(latEven) > 90 || Math.abs(latOdd) > 90) return undefined
  const zones = longitudeZones(latEven)
  if (zones !== longitudeZones(latOdd)) return undefined
  const latitude = newestOdd ? latOdd : latEven
  const count = Math.max(zones - (newestOdd ? 1 : 0), 1)
  const [evenLon, oddLon] = [even.longitude / MAX, odd.longitude / MAX]
  const m = Math.floor(evenLon * (zones - 1) - oddLon * zones + 0.5)
  const longitude = (360 / count) * (modulo(m, count) + (newestOdd ? oddLon : evenLon))
  return { latitude, longitude: longitude >= 180 ? longitude - 360 : longitude }
}

const signed = (latitude: number): number => (latitude >= 270 ? latitude - 360 : latitude)
