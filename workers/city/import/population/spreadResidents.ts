import type { CityDraft, Draft } from '../cityDraft'
import type { Building } from '@/domain/city/cityModel'
import type { HeightRaster } from '../dem/heightRaster'
import { centroid, squareMetres } from '../geometry/ring'
import { LEVEL_METRES } from '../ruleHeight'

const SOURCE = 'population'

/**
 * Gives the residents of each cell to the homes that stand in it, by floor area (ground times levels); where no home stands
 * in a cell, to all its buildings. Whole persons by largest remainder; what a cell's sum lacks to whole persons goes on to
 * the next one, so that a raster of fractions keeps its total to half a person.
 */
export function spreadResidents(draft: CityDraft, raster: HeightRaster): void {
  const byCell = new Map<number, number[]>()
  draft.buildings.forEach((building, i) => {
    const cell = cellOf(raster, ...centroid(building.footprint.outer))
    if (cell === undefined) return
    const list = byCell.get(cell)
    if (list === undefined) byCell.set(cell, [i])
    else list.push(i)
  })
  const [housed, lost] = [new WholePersons(), new WholePersons()]
  for (let cell = 0; cell < raster.metres.length; cell++) {
    const counted = raster.metres[cell]!
    if (!(counted > 0 && counted < Number.POSITIVE_INFINITY)) continue
    const standing = byCell.get(cell)
    if (standing === undefined) {
      draft.tally.refused(SOURCE, 'residents', 'no building stands in their cell', lost.take(counted))
      continue
    }
    const people = housed.take(counted)
    draft.tally.taken(SOURCE, 'residents', people)
    if (people > 0) spread(draft.buildings, standing, people)
  }
}

/** Rounds a row of numbers so that the sum of the whole ones is never more than half off the sum of all. */
class WholePersons {
  #rest = 0

  take(counted: number): number {
    this.#rest += counted
    const whole = Math.max(0, Math.round(this.#rest))
    this.#rest -= whole
    return whole
  }
}

function spread(buildings: Draft<Building>[], standing: readonly number[], people: number): void {
  const homes = standing.filter((i) => buildings[i]!.use === 'residential')
  const chosen = homes.length > 0 ? homes : standing
  const areas = chosen.map((i) => floorArea(buildings[i]!))
  const total = areas.reduce((sum, area) => sum + area, 0)
  const shares = areas.map((area) => (people * area) / total)
  const whole = shares.map(Math.floor)
  let rest = people - whole.reduce((sum, share) => sum + share, 0)
  const order = shares.map((_, i) => i).sort((a, b) => shares[b]! - whole[b]! - (shares[a]! - whole[a]!) || a - b)
  for (const i of order) if (rest-- > 0) whole[i]! += 1
  chosen.forEach((i, k) => (buildings[i] = { ...buildings[i]!, residents: (buildings[i]!.residents ?? 0) + whole[k]! }))
}

const floorArea = ({ footprint, levels, height }: Draft<Building>): number =>
  Math.max(1, squareMetres(footprint)) * (levels ?? Math.max(1, Math.round(height / LEVEL_METRES)))

function cellOf(raster: HeightRaster, longitude: number, latitude: number): number | undefined {
  const [x, y] = raster.plane === undefined ? [longitude, latitude] : raster.plane.fromDegrees({ longitude, latitude })
  const column = Math.round((x - raster.west) / raster.stepEast)
  const row = Math.round((raster.north - y) / raster.stepNorth)
  const isInside = column >= 0 && row >= 0 && column < raster.columns && row < raster.rows
  return isInside ? row * raster.columns + column : undefined
}
