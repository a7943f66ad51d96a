import { IconLayer } from '@deck.gl/layers'
import type { IconName } from './iconAtlas'
import { iconAtlas } from './iconAtlas'
import type { LayerTheme, Rgba } from './layerTheme'
import type { Lift } from './lift'
import { lifted } from './lift'

/** A gauge on the map: where it stands and how it speaks. */
export interface SensorPoint {
  readonly key: string
  readonly position: readonly [number, number]
  readonly state: Extract<IconName, 'fresh' | 'stale' | 'unknown' | 'notCovered'>
}

/** CSS px of an icon cell: the dot of a fresh sensor fills a quarter of it, 8 px by the design system. */
const CELL = 16
/** Among more sensors than this one that speaks as it should is a point: what fails to speak must stand out. */
const CROWD = 300
const POINT = 6
const POINT_INK: Rgba = [255, 255, 255, 130]
const WHOLE_INK: Rgba = [255, 255, 255, 255]

/** Annotations are drawn over everything: no depth. */
const ON_TOP = { depthCompare: 'always', depthWriteEnabled: false } as const

/** All sensors in one draw call. `scale` enlarges them with the type of the wall. */
export const sensorLayer = (
  sensors: readonly SensorPoint[],
  theme: LayerTheme,
  scale: number,
  lift: Lift,
): IconLayer<SensorPoint> => {
  const { image, mapping } = iconAtlas(theme)
  return new IconLayer<SensorPoint>({
    id: 'sensors',
    data: sensors,
    pickable: true,
    iconAtlas: image as never, // deck takes any texture source; its type names only the ones it loads itself
    iconMapping: mapping,
    getIcon: (sensor) => sensor.state,
    getPosition: (sensor) => lifted(sensor.position, lift),
    getSize: ({ state }) => (sensors.length > CROWD && state === 'fresh' ? POINT : CELL) * scale,
    getColor: ({ state }) => (sensors.length > CROWD && state === 'fresh' ? POINT_INK : WHOLE_INK),
    parameters: ON_TOP,
    updateTriggers: { getSize: [scale, sensors.length > CROWD], getColor: sensors.length > CROWD, getPosition: lift },
  })
}
