import type { CityModel, Degrees, Polygon } from '@/domain/city/cityModel'
import { metresPerDegree } from '@/domain/geodesy/metresPerDegree'

/** Degrees. */
export interface Frame {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

const WIDTH = 1400
const MARGIN = 24
const ROW = 22

/** What a legend says: a mark in a colour, and its meaning. */
export interface LegendRow {
  readonly colour: string
  readonly text: string
}

/** A plan as SVG, north up, metres equally long in both directions. The same calls give the same text. */
export class Plan {
  readonly #frame: Frame
  readonly #perLongitude: number
  readonly #perLatitude: number
  readonly #height: number
  readonly #parts: string[] = []

  constructor(frame: Frame) {
    const scale = metresPerDegree((frame.south + frame.north) / 2)
    const metresWide = (frame.east - frame.west) * scale.longitude
    this.#frame = frame
    this.#perLongitude = WIDTH / (frame.east - frame.west)
    this.#perLatitude = (WIDTH / metresWide) * scale.latitude
    this.#height = Math.round((frame.north - frame.south) * this.#perLatitude)
  }

  area(shapes: readonly Polygon[], fill: string): void {
    const rings = shapes.flatMap(({ outer, holes }) => [outer, ...holes]).filter((ring) => this.#touches(ring))
    if (rings.length > 0)
      this.#parts.push(
        `<path d="${rings.map((ring) => `${this.#path(ring)}z`).join('')}" fill="${fill}" fill-rule="evenodd"/>`,
      )
  }

  lines(lines: readonly Degrees[], { colour, width }: { readonly colour: string; readonly width: number }): void {
    const seen = lines.filter((line) => this.#touches(line))
    if (seen.length === 0) return
    const d = seen.map((line) => this.#path(line)).join('')
    this.#parts.push(
      `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linejoin="round" stroke-linecap="round"/>`,
    )
  }

  dots(
    places: readonly (readonly [number, number])[],
    { colour, radius }: { readonly colour: string; readonly radius: number },
  ): void {
    for (const [longitude, latitude] of places) {
      const [x, y] = this.#at(longitude, latitude)
      this.#parts.push(`<circle cx="${x}" cy="${y}" r="${radius}" fill="${colour}" stroke="#fff" stroke-width="1"/>`)
    }
  }

  legend(title: string, rows: readonly LegendRow[]): void {
    const top = this.#height - MARGIN - ROW * (rows.length + 1) - 12
    const widest = Math.max(title.length * 1.05, ...rows.map(({ text }) => text.length)) * 8 + 60
    const words = rows.map(({ colour, text }, i) => {
      const y = top + ROW * (i + 1) + 14
      return `<rect x="${MARGIN + 12}" y="${y - 10}" width="22" height="12" fill="${colour}"/><text x="${MARGIN + 44}" y="${y}">${escaped(text)}</text>`
    })
    this.#parts.push(
      `<g font-family="Noto Sans SC, Noto Sans CJK SC, sans-serif" font-size="14" fill="#222">`,
      `<rect x="${MARGIN}" y="${top - 12}" width="${widest}" height="${ROW * (rows.length + 1) + 20}" fill="#fbfaf6"/>`,
      `<text x="${MARGIN + 12}" y="${top + 8}" font-weight="600">${escaped(title)}</text>`,
      ...words,
      '</g>',
    )
  }

  svg(): string {
    const size = `width="${WIDTH}" height="${this.#height}" viewBox="0 0 ${WIDTH} ${this.#height}"`
    const ground = `<rect width="${WIDTH}" height="${this.#height}" fill="#f4f1ea"/>`
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>\n${[ground, ...this.#parts].join('\n')}\n</svg>\n`
  }

  #at(longitude: number, latitude: number): [number, number] {
    const x = (longitude - this.#frame.west) * this.#perLongitude
    const y = (this.#frame.north - latitude) * this.#perLatitude
    return [Math.round(x * 10) / 10, Math.round(y * 10) / 10]
  }

  #path(line: Degrees): string {
    let d = ''
    for (let i = 0; i < line.length; i += 2) d += `${i === 0 ? 'M' : 'L'}${this.#at(line[i]!, line[i + 1]!).join(' ')}`
    return d
  }

  #touches(line: Degrees): boolean {
    const { west, south, east, north } = this.#frame
    for (let i = 0; i < line.length; i += 2)
      if (line[i]! >= west && line[i]! <= east && line[i + 1]! >= south && line[i + 1]! <= north) return true
    return false
  }
}

const escaped = (text: string): string => text.replace(/[<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** The frame of a whole city, or a square of some kilometres around a place. */
export function frameOf(
  { terrain }: Pick<CityModel, 'terrain'>,
  around?: { readonly longitude: number; readonly latitude: number; readonly kilometres: number },
): Frame {
  if (around !== undefined) {
    const scale = metresPerDegree(around.latitude)
    const [x, y] = [(around.kilometres * 500) / scale.longitude, (around.kilometres * 500) / scale.latitude]
    const { longitude, latitude } = around
    return { west: longitude - x, south: latitude - y, east: longitude + x, north: latitude + y }
  }
  const { west, north, stepLongitude, stepLatitude, columns, rows } = terrain
  return { west, north, east: west + stepLongitude * (columns - 1), south: north - stepLatitude * (rows - 1) }
}
