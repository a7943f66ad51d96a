import { IconLayer, PathLayer } from '@deck.gl/layers'
import { iconAtlas } from './iconAtlas'
import type { LayerTheme } from './layerTheme'
import { theme as inks } from './layerTheme'
import type { Lift } from './lift'
import { lifted } from './lift'

/** A vehicle, team or vessel: where it is now and where it came from, oldest first. Degrees. */
export interface Mover {
  readonly no: number
  readonly position: readonly [number, number]
  readonly heading: number
  readonly trail: readonly (readonly [number, number])[]
}

const CELL = 20
const ON_TOP = { depthCompare: 'always', depthWriteEnabled: false } as const

/** Movers as white arrows, or diamonds where no heading was told, with a short thin trail. */
export function moverLayers(
  movers: readonly Mover[],
  theme: LayerTheme,
  scale: number,
  lift: Lift,
): [PathLayer<Mover>, IconLayer<Mover>] {
  const { image, mapping } = iconAtlas(theme)
  return [
    new PathLayer<Mover>({
      id: 'mover-trails',
      data: movers.filter((mover) => mover.trail.length > 1),
      getPath: (mover) => mover.trail.map((place) => lifted(place, lift)),
      getColor: inks[theme].faint,
      getWidth: 2 * scale,
      widthUnits: 'pixels',
      capRounded: true,
      jointRounded: true,
      parameters: ON_TOP,
    }),
    new IconLayer<Mover>({
      id: 'movers',
      data: movers,
      pickable: true,
      iconAtlas: image as never, // deck takes any texture source; its type names only the ones it loads itself
      iconMapping: mapping,
      getIcon: (mover) => (Number.isNaN(mover.heading) ? 'moverUnheaded' : 'mover'),
      getPosition: (mover) => lifted(mover.position, lift),
      getAngle: (mover) => (Number.isNaN(mover.heading) ? 0 : -mover.heading),
      getSize: CELL * scale,
      parameters: ON_TOP,
    }),
  ]
}
