import { capCircle, capPolygon, crossesItself } from './capGeometry'
import { type CapNode, capBlocks, capText, capTexts } from './capNode'
import { type CapDefect, defectOf } from './capDefect'

const PATH = 'alert/info/area'

/** Rules of the areas: 10 to 14 and 21. */
export function areaDefects(alert: CapNode): readonly CapDefect[] {
  const areas = capBlocks(alert, 'info').flatMap((info) => capBlocks(info, 'area'))
  const cancelled = capText(alert, 'msgType') === 'Cancel' && areas.length === 0
  return [
    ...(cancelled ? [defectOf(21, PATH, 'A cancellation repeats the area.')] : []),
    ...areas.flatMap((area) => [...polygonDefects(area), ...circleDefects(area), ...nameDefects(area)]),
  ]
}

function polygonDefects(area: CapNode): readonly CapDefect[] {
  return capTexts(area, 'polygon').flatMap((text) => {
    const points = capPolygon(text)
    const [first, last] = [points?.[0], points?.at(-1)]
    if (points === undefined || first === undefined || last === undefined) {
      return [defectOf(10, `${PATH}/polygon`, 'A polygon is lat,lon pairs in degrees, latitude first.')]
    }
    if (points.length < 4) return [defectOf(10, `${PATH}/polygon`, 'A polygon has four pairs at least.')]
    if (first.latitude !== last.latitude || first.longitude !== last.longitude) {
      return [defectOf(10, `${PATH}/polygon`, 'The ring is not closed: the last pair is not the first.')]
    }
    return crossesItself(points) ? [defectOf(11, `${PATH}/polygon`, 'The ring crosses itself.')] : []
  })
}

function circleDefects(area: CapNode): readonly CapDefect[] {
  return capTexts(area, 'circle')
    .filter((text) => capCircle(text) === undefined)
    .map(() => defectOf(12, `${PATH}/circle`, 'A circle is lat,lon and a radius in km.'))
}

function nameDefects(area: CapNode): readonly CapDefect[] {
  const ceiling = capText(area, 'ceiling') !== undefined && capText(area, 'altitude') === undefined
  const placed = ['polygon', 'circle'].some((name) => capTexts(area, name).length > 0)
  return [
    ...(ceiling ? [defectOf(13, `${PATH}/ceiling`, 'A ceiling comes with an altitude.')] : []),
    ...(capText(area, 'areaDesc') === undefined ? [defectOf(14, `${PATH}/areaDesc`, 'An area is described.')] : []),
    ...(placed || capBlocks(area, 'geocode').length > 0
      ? []
      : [defectOf(14, PATH, 'An area has a polygon, a circle or a geocode.')]),
  ]
}
