import type { Road } from '../city/cityModel'

/** A plain two-way residential road for trials; positions in degrees, flat. */
export function trialRoad(line: readonly number[], changes: Partial<Road> = {}): Road {
  return {
    code: '9999990201000001' as Road['code'],
    source: 'way/1',
    line: Float64Array.from(line),
    class: 'residential',
    bridge: false,
    tunnel: false,
    underpass: false,
    layer: 0,
    oneWay: 0,
    width: 6,
    car: true,
    foot: true,
    ...changes,
  }
}

/** What a random town is grown from: node indices 0 to `nodes` − 1 on a raster of about 100 m. */
export interface TrialLink {
  readonly from: number
  readonly to: number
  readonly oneWay: -1 | 0 | 1
  readonly class: Road['class']
}

const COLUMNS = 6
const STEP = 0.001

/** Position of a trial node, shifted off the raster so that no two streets are alike. */
export function trialPosition(node: number): [number, number] {
  const [column, row] = [node % COLUMNS, Math.floor(node / COLUMNS)]
  return [118 + (column + ((node * 37) % 11) / 30) * STEP, 31 + (row + ((node * 53) % 13) / 40) * STEP]
}

/** One road per link, straight, meeting by position; road `i` has the code `i`. */
export function trialTown(links: readonly TrialLink[]): Road[] {
  return links.map(({ from, to, oneWay, class: roadClass }, i) =>
    trialRoad([...trialPosition(from), ...trialPosition(to)], {
      code: String(i).padStart(16, '0') as Road['code'],
      source: `way/${i}`,
      oneWay,
      class: roadClass,
    }),
  )
}
