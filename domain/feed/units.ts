/** A unit as an exact linear relation to the base unit of its quantity: base = value · scale + shift. */
interface Unit {
  readonly quantity: string
  readonly scale: number
  readonly shift: number
}

const unit = (quantity: string, scale = 1, shift = 0): Unit => ({ quantity, scale, shift })

// Exact by definition: inch 0.0254 m, mile 1609.344 m, knot 1852 m/h, inHg 3386.389 Pa (conventional, at 0 °C).
const units: Readonly<Record<string, Unit>> = {
  m: unit('length'),
  mm: unit('length', 0.001),
  cm: unit('length', 0.01),
  km: unit('length', 1000),
  in: unit('length', 0.0254),
  ft: unit('length', 0.3048),
  mile: unit('length', 1609.344),
  'm/s': unit('speed'),
  'km/h': unit('speed', 1 / 3.6),
  mph: unit('speed', 0.44704),
  kn: unit('speed', 1852 / 3600),
  '°C': unit('temperature'),
  K: unit('temperature', 1, -273.15),
  '°F': unit('temperature', 5 / 9, -160 / 9),
  Pa: unit('pressure'),
  hPa: unit('pressure', 100),
  kPa: unit('pressure', 1000),
  inHg: unit('pressure', 3386.389),
  'm³/s': unit('flow'),
  'L/s': unit('flow', 0.001),
  'ft³/s': unit('flow', 0.028_316_846_592),
  'mm/h': unit('rate'),
  'in/h': unit('rate', 25.4),
  'µg/m³': unit('concentration'),
  'mg/m³': unit('concentration', 1000),
  '%': unit('share'),
  '1': unit('share', 100),
  '°': unit('angle'),
  rad: unit('angle', 180 / Math.PI),
  'W/m²': unit('irradiance'),
  s: unit('time'),
  min: unit('time', 60),
  h: unit('time', 3600),
}

/** How sources write a unit that has one name here. */
const spellings: Readonly<Record<string, string>> = {
  'w/m²': 'W/m²',
  'w/m2': 'W/m²',
  'W/m2': 'W/m²',
  'ug/m3': 'µg/m³',
  'μg/m³': 'µg/m³',
  'mg/m3': 'mg/m³',
  degC: '°C',
  degF: '°F',
  deg: '°',
  kph: 'km/h',
  mps: 'm/s',
  'm3/s': 'm³/s',
  knots: 'kn',
}

export const unitName = (written: string): string => spellings[written] ?? written

/** A linear conversion: to = from · scale + shift. */
export interface Conversion {
  readonly scale: number
  readonly shift: number
}

/** The conversion between two units, or `undefined` where there is none. A unit outside the table converts to itself. */
export function conversion(from: string, to: string): Conversion | undefined {
  const [source, target] = [unitName(from), unitName(to)]
  if (source === target) return { scale: 1, shift: 0 }
  const a = units[source]
  const b = units[target]
  if (a === undefined || b === undefined || a.quantity !== b.quantity) return undefined
  return { scale: a.scale / b.scale, shift: (a.shift - b.shift) / b.scale }
}

export const convert = (value: number, { scale, shift }: Conversion): number => value * scale + shift
