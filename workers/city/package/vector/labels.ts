import type { CityModel, Component, Division, Road, RoadClass } from '@/domain/city/cityModel'
import type { Names } from '@/domain/ids'
import { mercatorX, mercatorY, metresPerDegree } from '@/domain/geodesy/webMercator'
import { boxOf, pointPath } from './feature'
import type { Feature } from './feature'

interface Label {
  readonly kind: 'district' | 'street' | 'road' | 'water'
  readonly name: Names
  readonly longitude: number
  readonly latitude: number
  /** 1 is the most important. */
  readonly rank: number
  readonly minZoom: number
  /** Degrees counter-clockwise from east, -90 to 90: along the road or river. */
  readonly angle?: number
}

/** Places for names: one per district and street, one per name of a road or water in each tile of its zoom. */
export function labels(model: CityModel): Feature[] {
  const watercourses = model.lines.filter(({ class: kind }) => kind === 'river' || kind === 'canal')
  return [
    ...model.divisions.flatMap(divisionLabel),
    ...alongLines('road', model.roads, (road) => ROAD_LABEL[road.class]),
    ...alongLines('water', watercourses, () => ({ rank: 2, minZoom: 12 })),
    ...model.areas.flatMap((area) => (area.class === 'water' ? waterLabel(area) : [])),
  ].map(labelFeature)
}

function labelFeature({ kind, name, longitude, latitude, rank, minZoom, angle }: Label): Feature {
  const paths = [pointPath(longitude, latitude)]
  const properties: Feature['properties'] = [
    ['kind', kind],
    ['nameZh', name['zh-CN']],
    ['nameEn', name.en],
    ['rank', rank],
    ...(angle === undefined ? [] : ([['angle', Math.round(angle)]] as const)),
  ]
  return { layer: 'label', shape: 'point', minZoom, properties, paths, box: boxOf(paths) }
}

function divisionLabel({ level, name, label: [longitude, latitude] }: Division): Label[] {
  if (level === 'district') return [{ kind: 'district', name, longitude, latitude, rank: 1, minZoom: 10 }]
  if (level === 'street') return [{ kind: 'street', name, longitude, latitude, rank: 4, minZoom: 13 }]
  return []
}

interface Standing {
  readonly rank: number
  readonly minZoom: number
}

const MINOR = { rank: 8, minZoom: 15 }
const ROAD_LABEL: Record<RoadClass, Standing> = {
  motorway: { rank: 2, minZoom: 12 },
  trunk: { rank: 2, minZoom: 12 },
  primary: { rank: 3, minZoom: 13 },
  secondary: { rank: 5, minZoom: 14 },
  tertiary: { rank: 6, minZoom: 14 },
  residential: { rank: 7, minZoom: 15 },
  service: MINOR,
  track: MINOR,
  cycleway: MINOR,
  footway: MINOR,
  steps: MINOR,
}

type Line = Component & Pick<Road, 'line'>

/** In each tile of the label's zoom the longest straight piece of each name carries it. */
function alongLines<Item extends Line>(
  kind: Label['kind'],
  items: readonly Item[],
  standingOf: (item: Item) => Standing,
): Label[] {
  const best = new Map<string, { label: Label; metres: number }>()
  for (const item of items) {
    if (item.name === undefined) continue
    const { rank, minZoom } = standingOf(item)
    for (let i = 0; i + 3 < item.line.length; i += 2) {
      const piece = pieceAt(item.line, i)
      const tile = [mercatorX(piece.longitude), mercatorY(piece.latitude)].map((share) =>
        Math.floor(share * 2 ** minZoom),
      )
      const key = `${tile.join('/')} ${item.name['zh-CN']}`
      if ((best.get(key)?.metres ?? 0) >= piece.metres) continue
      const { longitude, latitude, angle, metres } = piece
      best.set(key, { label: { kind, name: item.name, longitude, latitude, rank, minZoom, angle }, metres })
    }
  }
  return [...best.values()].map(({ label }) => label)
}

function pieceAt(line: Float64Array, i: number) {
  const [west, south, east, north] = [line[i]!, line[i + 1]!, line[i + 2]!, line[i + 3]!]
  const [perLongitude, perLatitude] = metresPerDegree(south)
  const [x, y] = [(east - west) * perLongitude, (north - south) * perLatitude]
  const angle = (Math.atan2(y, x) * 180) / Math.PI
  return {
    longitude: (west + east) / 2,
    latitude: (south + north) / 2,
    metres: Math.hypot(x, y),
    angle: angle > 90 ? angle - 180 : angle < -90 ? angle + 180 : angle,
  }
}

/** Water smaller than this in square metres has no name on the map below the deepest zoom. */
const SMALL_WATER = 40_000

function waterLabel({ name, shape: { outer } }: CityModel['areas'][number]): Label[] {
  if (name === undefined || outer.length < 6) return []
  const { longitude, latitude, area } = widestPlace(outer)
  const minZoom = area > 25 * SMALL_WATER ? 11 : area > SMALL_WATER ? 13 : 15
  return [{ kind: 'water', name, longitude, latitude, rank: minZoom === 11 ? 2 : 5, minZoom }]
}

/** The middle of the widest stretch of a ring on the parallel through its centre of mass: inside, whatever its shape. */
function widestPlace(ring: Float64Array) {
  const count = ring.length / 2
  let [twice, moment] = [0, 0]
  for (let i = 0; i < count; i++) {
    const next = (i + 1) % count
    const [dx, nx] = [ring[i * 2]! - ring[0]!, ring[next * 2]! - ring[0]!]
    const [dy, ny] = [ring[i * 2 + 1]! - ring[1]!, ring[next * 2 + 1]! - ring[1]!]
    const cross = dx * ny - nx * dy
    twice += cross
    moment += cross * (dy + ny)
  }
  const latitude = ring[1]! + (twice === 0 ? 0 : moment / (3 * twice))
  const hits: number[] = []
  for (let i = 0; i < count; i++) {
    const next = (i + 1) % count
    const [a, b] = [ring[i * 2 + 1]!, ring[next * 2 + 1]!]
    if (a > latitude !== b > latitude)
      hits.push(ring[i * 2]! + ((latitude - a) / (b - a)) * (ring[next * 2]! - ring[i * 2]!))
  }
  hits.sort((a, b) => a - b)
  let [from, to] = [ring[0]!, ring[0]!]
  for (let i = 0; i + 1 < hits.length; i += 2)
    if (hits[i + 1]! - hits[i]! > to - from) [from, to] = [hits[i]!, hits[i + 1]!]
  const [perLongitude, perLatitude] = metresPerDegree(latitude)
  return { longitude: (from + to) / 2, latitude, area: (Math.abs(twice) / 2) * perLongitude * perLatitude }
}
